"""The report: a page, complete in itself, that shows what was found, removed and translated.

No server, no network: style and script are inside, and a policy in the page keeps all else out.
Records are read once; beyond a size they are kept in a temporary file, so memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textkit.document import Document
from textkit.report.memo import Memo, forgetful

__all__ = ["ReportOptions", "report_markdown", "report_page", "report_pages"]


@dataclass(frozen=True)
class ReportOptions:
    """What can be chosen about a report."""

    title: str | None = None  # the heading; null: what the page is about
    name: str = "report.html"  # of the page, or of the index of several
    page_bytes: int = 2_000_000  # no page is larger


def report_page(
    documents: Iterable[Document], corpus: Document, options: ReportOptions | None = None
) -> str:
    """Return one HTML page of all documents, however large it gets.

    `documents` is read once. `corpus` is the record of the corpus summary.
    """
    from textkit.report.pages import single_page
    from textkit.report.store import Store
    from textkit.report.survey import survey

    options = options or ReportOptions()
    with Store() as store:
        found = survey(documents, corpus, store)
        return single_page(found, options.title, options.page_bytes // 2)


def report_pages(
    documents: Iterable[Document],
    corpus: Document,
    options: ReportOptions | None = None,
    memo: Memo = forgetful,
) -> Iterator[tuple[str, bytes]]:
    """Yield `(name, bytes)` of each page: one, or an index first and then its pages.

    `memo` remembers what was found out about articles, for the next report of almost the same.

    The pages of an index lie in a folder of its name: `report.html`, `report/stories-1.html`.
    """
    from textkit.report.pages import several_pages
    from textkit.report.store import Store
    from textkit.report.survey import survey

    options = options or ReportOptions()
    with Store() as store:
        found = survey(documents, corpus, store, memo)
        yield from several_pages(found, options.title, options.name, options.page_bytes, memo)


def report_markdown(
    documents: Iterable[Document], corpus: Document, options: ReportOptions | None = None
) -> str:
    """Return the report as Markdown, for pull requests and chats: short, without the texts."""
    from textkit.report.markdown import markdown_page
    from textkit.report.store import Store
    from textkit.report.survey import survey

    options = options or ReportOptions()
    with Store() as store:
        return markdown_page(survey(documents, corpus, store), options.title)
