"""`textkit report`: one page that shows everything, or Markdown for a pull request."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.options import (
    input_options,
    message_options,
    paths_argument,
    selection_options,
)
from textkit.cli.session import Session

if TYPE_CHECKING:
    from textkit.document import Document
    from textkit.report import ReportOptions
    from textkit.report.store import Store


@click.command("report")
@paths_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    default="-",
    metavar="FILE",
    help="Write to FILE; what one page can't hold goes to pages in a folder of FILE's name."
    "  [default: standard output]",
)
@click.option(
    "-f",
    "--format",
    type=click.Choice(("auto", "html", "md")),
    default="auto",
    show_default=True,
    help="What to write; auto goes by FILE's ending, else HTML.",
)
@click.option("--title", metavar="TEXT", help="The heading.  [default: what the page is about]")
@click.option(
    "--corpus-sentences",
    type=click.IntRange(1),
    default=8,
    show_default=True,
    help="Sentences in the summary of all articles.",
)
@selection_options
@input_options
@message_options
def command(title: str | None, corpus_sentences: int, **options: Any) -> None:
    """Show records, as the other commands write them, on one page that needs no server.

    It has the summary with its sources, the stories and where they differ, every article with
    what was removed and, beside its translation, the original.
    """
    from textkit.report import ReportOptions
    from textkit.report.store import Store

    session = Session(**options)
    plan = session.plan()
    name = os.path.basename(session.output) if session.output != "-" else "report.html"
    settings = ReportOptions(title=title, name=name)
    with Store() as documents:
        for document in session.documents(plan):
            documents.add(document)
        _write(session, documents, _corpus(documents, corpus_sentences), settings)
    session.finish()


def _corpus(documents: Store, sentences: int) -> Document:
    from textkit.summarize import SummarizeOptions, summarize_corpus

    return summarize_corpus(documents, SummarizeOptions(sentences=sentences))


def _write(session: Session, documents: Store, corpus: Document, settings: ReportOptions) -> None:
    from textkit.report import report_markdown, report_page

    as_markdown = session.format == "md" or (
        session.format == "auto" and session.output.lower().endswith((".md", ".markdown"))
    )
    if not as_markdown and session.output != "-":
        _write_pages(session, documents, corpus, settings)
        return
    draw = report_markdown if as_markdown else report_page
    page = draw(documents, corpus, settings).encode("utf-8", "replace")
    with session.writer() as write:
        write(page)


def _write_pages(
    session: Session, documents: Store, corpus: Document, settings: ReportOptions
) -> None:
    """Write every page whole; the one that links to the others comes last."""
    from textkit.files import atomic_write
    from textkit.report import report_pages

    folder = os.path.dirname(session.output)
    pages = report_pages(documents, corpus, settings)
    _, first = next(pages)
    number = 1
    for name, page in pages:
        path = os.path.join(folder, name)
        if not os.path.isdir(os.path.dirname(path)):
            os.mkdir(os.path.dirname(path))
        with atomic_write(path) as stream:
            stream.write(page)
        number += 1
    with atomic_write(session.output) as stream:
        stream.write(first)
    if number > 1:
        stem = os.path.splitext(session.output)[0]
        session.say(f"{session.output}: an index of {number - 1} pages in {stem}{os.sep}")
