"""`textkit evaluate`: how near outputs come to what people wrote."""

from __future__ import annotations

from typing import Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import Session


@click.group("evaluate")
def command() -> None:
    """Score outputs against what people wrote."""


@command.command("summary", short_help="ROUGE of summaries, any script.")
@filter_options("text", "jsonl")
@click.option("--reference", type=click.Path(exists=True), required=True, metavar="PATH",
              help="A file, or a folder with ID.txt, ID.A.txt or ID/A.txt.")  # fmt: skip
@click.option("--words", type=click.IntRange(1), metavar="N", help="Score the first N words only.")
@click.option("--stem", metavar="LANG", help="Compare stems of this language, not words.")
def summary(reference: str, words: int | None, stem: str | None, **options: Any) -> None:
    """ROUGE-1, ROUGE-2 and ROUGE-L of summaries: recall, precision, F1; words; repetition.

    PATHs are summaries as text or records with `summary`, where an empty one scores 0. Several
    references for one summary are averaged. The last rows are the mean and its 95 %
    bootstrap interval.
    """
    from textkit.cli.writers import View
    from textkit.evaluate.summary import as_fields, table

    session = Session(**options)
    plan = session.plan()
    rows = list(_rows(session, plan, reference, words, stem))
    format = session.format_for(plan)
    if session.format == "auto" and format == "jsonl" and session.output == "-":
        format = "text"
    if format == "text":
        with session.writer() as write:
            write([(table(rows) if rows else "", "")])
    else:
        fields = tuple(as_fields(rows[0])) if rows else ()
        view = View(lambda _: b"", lambda row: [as_fields(row)], fields, _json_line)
        session.write(rows, view, format)
    session.finish()


def _json_line(row: Any) -> bytes:
    import msgspec

    from textkit.evaluate.summary import as_fields

    return msgspec.json.encode(as_fields(row)) + b"\n"


def _rows(session: Session, plan: Any, folder: str, words: int | None, stem: str | None) -> Any:
    """Yield the scores; a summary without a reference is reported, the others go on."""
    from textkit.errors import Failure, TextkitError
    from textkit.evaluate.summary import score_document
    from textkit.text.terms import stemmer

    stems = stemmer(stem) if stem else None
    summaries = list(_summaries(session, plan))
    ids = {document.id for document, _ in summaries}
    empty = sum(not plain and not document.summary for document, plain in summaries)
    if empty:
        session.say(
            f"records without a summary, which score 0: {empty}", "textkit summarize makes it"
        )
    for document, plain in summaries:
        try:
            yield score_document(document, folder, words, stems, plain, ids)
        except TextkitError as error:
            session.ok -= 1
            session.fail(Failure(document.id, error))


def _summaries(session: Session, plan: Any) -> Any:
    """Yield each record with whether it was a text or page, whose text is the summary."""
    from dataclasses import replace

    formats = []

    def sources() -> Any:
        for source in plan.sources:
            formats.append(source.format)
            yield source

    for document in session.documents(replace(plan, sources=sources()), ahead=False):
        yield document, formats[-1] != "jsonl"
