"""`textkit dedup`: copies, near copies and the same story, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import Session, session

if TYPE_CHECKING:
    from textkit.dedup import DedupOptions
    from textkit.document import Document
    from textkit.read import Plan

UNIT = click.FloatRange(0.0, 1.0)


@click.command("dedup")
@click.option("--drop", is_flag=True, help="Leave copies out.  [default: mark them]")
@click.option("--prefer", metavar="PATTERN", help="Keep a document whose id or path matches.")
@click.option("--pairs", "view", flag_value="pairs", help="List the verified pairs with scores.")
@click.option(
    "--near-misses", "view", flag_value="near-misses", help="List pairs within .05 of a threshold."
)
@click.option("--explain", "view", flag_value="explain", help="Say of each document why.")
@click.option("--diff", nargs=2, metavar="A B", help="Compare two documents, word by word.")
@click.option("--index", metavar="FILE", help="Compare with the documents in FILE, and add these.")
@click.option("--rethreshold", is_flag=True, help="Group --index anew; nothing is hashed again.")
@click.option("--cosine", type=UNIT, help="Near copies from this cosine on.  [default: 0.70]")
@click.option("--containment", type=UNIT, help="Parts from this share on.  [default: 0.50]")
@click.option("--jaccard", type=UNIT, help="Near copies from this Jaccard on.  [default: 0.70]")
@click.option("--story-similarity", type=UNIT, help="Stories from here on.  [default: 0.145]")
@click.option(
    "--story-days", type=click.IntRange(min=0), help="Most days between two dates of a story."
)
@click.option("--near/--no-near", default=None, help="Look for near copies.")
@click.option("--story/--no-story", default=None, help="Group stories.")
@click.option(
    "--passages/--no-passages", default=None,
    help="Mark repeated passages.  [default: in up to 5,000 documents]",
)  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes.  [default: 1]")
@filter_options("table", "jsonl")
def command(
    view: str | None,
    diff: tuple[str, str] | None,
    index: str | None,
    rethreshold: bool,
    **options: Any,
) -> None:
    """Compare all documents, mark copies and near copies, and group what tells one story.

    Texts give a table; records give records again, in their order, each with what was found.
    Nothing is left out unless --drop is given. A copy is what another text holds: edited, cut, or
    in another order. Two texts that each have some eighty words in a row of their own are no
    copies, however much else they share.

    \b
      textkit dedup articles/                    what is a copy of what, and why
      textkit clean articles/ | textkit dedup --drop | textkit summarize
      textkit dedup articles/ --diff 001 004     where two of them differ
      textkit dedup new/ --index seen.db         against all that was seen before
    """
    chosen = _chosen(options)
    here = session(**options)
    if rethreshold and not index:
        raise click.UsageError("--rethreshold needs --index FILE, which holds the scores")
    if index and (view or diff):
        raise click.UsageError("--index gives records or a table, no other view")
    if rethreshold:
        _write_regrouped(here, str(index), chosen)
    elif diff:
        _write_difference(here, diff)
    elif view:
        _write_view(here, view, chosen)
    else:
        _write_found(here, index, chosen)
    here.finish()


def _chosen(options: dict[str, Any]) -> DedupOptions:
    """Take the stage's options out of a command's; those not given keep their defaults."""
    from dataclasses import fields

    from textkit.dedup import DedupOptions

    names = [field.name for field in fields(DedupOptions) if field.name in options]
    given = {name: options.pop(name) for name in names}
    return DedupOptions(**{name: value for name, value in given.items() if value is not None})


def _wants_table(here: Session, found: Plan | None) -> bool:
    """Text in, a table out; records in, records out; -f has the last word."""
    if here.format != "auto":
        return here.format == "table"
    return found is None or all(source.format != "jsonl" for source in found.sources)


def _write_found(here: Session, index: str | None, chosen: DedupOptions) -> None:
    """Write the records with what was found, or a row for each."""
    from textkit.dedup import dedup

    found = here.plan()
    if index is None:
        documents = dedup(here.documents(found), chosen)
    else:
        from textkit.dedup.index.incremental import dedup_with_index

        documents = dedup_with_index(here.documents(found), chosen, index)
    _write_documents(here, documents, _wants_table(here, found))


def _write_documents(here: Session, documents: Iterable[Document], as_table: bool) -> None:
    from textkit.dedup.views.table import HEADER, row
    from textkit.document import encode

    if as_table:
        rows = [row(document) for document in documents]
        if rows:
            _write_table(here, HEADER, rows)
        return
    with here.writer() as write:
        for document in documents:
            write(encode(document))


def _write_table(here: Session, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write rows in columns: plain text, but a rich table where a terminal takes colour."""
    from textkit.cli.terminal import plain
    from textkit.dedup.views.table import plain_table

    lines = [[plain(cell) for cell in line] for line in rows]
    if here.colored():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(*header, box=None, header_style="bold")
        for line in lines:
            table.add_row(*map(Text, line))
        Console(no_color=False).print(table)
        return
    with here.writer() as write:
        write(plain_table(header, lines).encode("utf-8", "replace"))


def _write_view(here: Session, view: str, chosen: DedupOptions) -> None:
    """Write the pairs, the near misses, or the explanation of each document."""
    from textkit.dedup.pipeline import analyse
    from textkit.dedup.views.explain import explanations, rules
    from textkit.dedup.views.pairs import HEADER, cells, near_misses, near_pairs

    found = here.plan()
    as_table = _wants_table(here, found)
    analysis = analyse(here.documents(found), chosen)
    if view == "explain":
        lines = [(id, text) for id, text in explanations(analysis, chosen)]
        if as_table:
            _write_text(here, rules(chosen) + "".join(f"{id}\n{text}" for id, text in lines))
        else:
            _write_json(
                here, [{"id": id, "explanation": text.split("\n")[:-1]} for id, text in lines]
            )
        return
    pairs = list((near_pairs if view == "pairs" else near_misses)(analysis, chosen))
    if as_table:
        _write_table(here, HEADER, [cells(pair) for pair in pairs])
    else:
        _write_json(here, pairs)


def _write_json(here: Session, rows: Iterable[object]) -> None:
    import msgspec

    with here.writer() as write:
        for line in rows:
            write(msgspec.json.encode(line) + b"\n")


def _write_text(here: Session, text: str) -> None:
    from textkit.cli.terminal import visible

    with here.writer() as write:
        write(visible(text).encode("utf-8", "replace"))


def _write_difference(here: Session, names: tuple[str, str]) -> None:
    """Write what two documents share and where they differ."""
    from textkit.dedup.views.difference import difference

    found = here.plan()
    first, second = _named(list(here.documents(found)), names)
    pieces = difference(first.text, second.text)
    if here.format == "jsonl":
        _write_json(here, [{"sign": piece.sign, "text": piece.text} for piece in pieces])
        return
    lines = [
        f"{piece.sign} {line}\n" for piece in pieces for line in piece.text.split("\n") if line
    ]
    head = f"--- {first.id}\n+++ {second.id}\n(= in both, ~ in both but elsewhere)\n"
    _write_text(here, head + "".join(lines))


def _named(documents: Sequence[Document], names: Sequence[str]) -> list[Document]:
    """Return the documents of these ids, or of the only ids that start so. Raises InputError."""
    from textkit.errors import InputError

    result = []
    for name in names:
        exact = [d for d in documents if name in (d.id, d.source)]
        found = exact or [d for d in documents if d.id.startswith(name)]
        if len(found) != 1:
            what = "no document is called" if not found else f"{len(found)} documents are called"
            raise InputError(f"{what} {name}", "name it by its id, as the table shows it")
        result.append(found[0])
    return result


def _write_regrouped(here: Session, index: str, chosen: DedupOptions) -> None:
    from textkit.dedup.index.incremental import regroup

    if here.paths:
        raise click.UsageError("--rethreshold reads no documents, only --index")
    _write_documents(here, regroup(index, chosen), here.format != "jsonl")
