"""`textkit dedup`: copies, near copies and the same story, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import Session, session

if TYPE_CHECKING:
    from textkit.dedup import DedupOptions
    from textkit.read import Plan


@click.command("dedup")
@click.option("--prefer", metavar="PATTERN", help="Keep a document whose id or path matches.")
@click.option("--drop", is_flag=True, help="Leave copies out.  [default: mark them]")
@filter_options("table", "jsonl")
def command(prefer: str | None, drop: bool, **options: Any) -> None:
    """Compare all documents, mark copies and near copies, and group what tells one story.

    Texts give a table; records give records again, in their order, each with what was found.
    Nothing is left out unless --drop is given.
    """
    from textkit.dedup import DedupOptions

    here = session(**options)
    found = here.plan()
    chosen = DedupOptions(prefer=prefer, drop=drop)
    if wants_table(here, found):
        write_table(here, found, chosen)
    else:
        write_records(here, found, chosen)
    here.finish()


def wants_table(here: Session, found: Plan) -> bool:
    """Text in, a table out; records in, records out; -f has the last word."""
    if here.format != "auto":
        return here.format == "table"
    return all(source.format != "jsonl" for source in found.sources)


def write_records(here: Session, found: Plan, chosen: DedupOptions) -> None:
    """Write the records with what was found, in the order of the input."""
    from textkit.dedup import dedup
    from textkit.document import encode

    with here.writer() as write:
        for document in dedup(here.documents(found), chosen):
            write(encode(document))


def write_table(here: Session, found: Plan, chosen: DedupOptions) -> None:
    """Write a row a document."""
    from textkit.cli.terminal import plain
    from textkit.dedup import dedup
    from textkit.dedup.table import HEADER, plain_table, rows

    lines = [[plain(cell) for cell in row] for row in rows(dedup(here.documents(found), chosen))]
    with here.writer() as write:
        write(plain_table(HEADER, lines).encode("utf-8", "replace"))
