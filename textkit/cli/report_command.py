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
from textkit.cli.session import Session, session

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

    here = session(**options)
    found = here.plan()
    name = os.path.basename(here.output) if here.output != "-" else "report.html"
    settings = ReportOptions(title=title, name=name)
    with Store() as documents:
        for document in here.documents(found):
            documents.add(document)
        _write(here, documents, _corpus(documents, corpus_sentences), settings)
    here.finish()


def _corpus(documents: Store, sentences: int) -> Document:
    from textkit.summarize import SummarizeOptions, summarize_corpus

    return summarize_corpus(documents, SummarizeOptions(sentences=sentences))


def _write(here: Session, documents: Store, corpus: Document, settings: ReportOptions) -> None:
    from textkit.report import report_markdown, report_page

    as_markdown = here.format == "md" or (
        here.format == "auto" and here.output.lower().endswith((".md", ".markdown"))
    )
    if not as_markdown and here.output != "-":
        _write_pages(here, documents, corpus, settings)
        return
    draw = report_markdown if as_markdown else report_page
    page = draw(documents, corpus, settings).encode("utf-8", "replace")
    with here.writer() as write:
        write(page)


def _write_pages(
    here: Session, documents: Store, corpus: Document, settings: ReportOptions
) -> None:
    """Write every page whole; the one that links to the others comes last."""
    from textkit.files import atomic_write
    from textkit.report import report_pages

    folder = os.path.dirname(here.output)
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
    with atomic_write(here.output) as stream:
        stream.write(first)
    if number > 1:
        stem = os.path.splitext(here.output)[0]
        here.say(f"{here.output}: an index of {number - 1} pages in {stem}{os.sep}")
