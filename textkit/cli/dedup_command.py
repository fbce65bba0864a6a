"""`textkit dedup`: copies, near copies and the same story, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import Session
from textkit.pieces import Output, one_line

if TYPE_CHECKING:
    from textkit.cli.writers import Row
    from textkit.dedup import DedupOptions
    from textkit.dedup.pipeline import Analysis
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
@click.option(
    "--stories", type=click.Choice(["event", "running"]),
    help="One event, or all reports that go on about it.  [default: event]",
)  # fmt: skip
@click.option("--story-similarity", type=UNIT, help="Stories from here on.  [event: 0.145]")
@click.option(
    "--story-days",
    type=click.IntRange(min=0),
    help="Most days between two dates of a story.  [any]",
)
@click.option("--near/--no-near", default=None, help="Look for near copies.")
@click.option("--story/--no-story", default=None, help="Group stories.")
@click.option(
    "--passages/--no-passages", default=None,
    help="Mark repeated passages.  [default: in up to 5,000 documents]",
)  # fmt: skip
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
    session = Session(**{**options, "jobs": chosen.jobs})
    if rethreshold and not index:
        raise click.UsageError("--rethreshold needs --index FILE, which holds the scores")
    if index and (view or diff):
        raise click.UsageError("--index gives records or a table, no other view")
    if rethreshold:
        _write_regrouped(session, str(index), chosen)
    elif diff:
        _write_difference(session, diff)
    elif view:
        _write_view(session, view, chosen)
    else:
        _write_found(session, index, chosen)
    session.finish()


def _chosen(options: dict[str, Any]) -> DedupOptions:
    """Take the stage's options out of a command's; those not given keep their defaults."""
    from dataclasses import fields

    from textkit.cores import cores
    from textkit.dedup import DedupOptions

    options["jobs"] = options["jobs"] or cores()
    names = [field.name for field in fields(DedupOptions) if field.name in options]
    chosen = {name: options.pop(name) for name in names}
    return DedupOptions(**{name: value for name, value in chosen.items() if value is not None})


def _format(session: Session, plan: Plan | None) -> str:
    """Text in, a table out; records in, records out; -f and the ending of -o have the last word."""
    format = session.format_for(plan)
    if (
        session.format != "auto"
        or format not in ("text", "jsonl")
        or session.output.endswith(".jsonl")
    ):
        return format
    of_texts = plan is None or all(source.format != "jsonl" for source in plan.sources)
    return "table" if of_texts else "jsonl"


def _write_found(session: Session, index: str | None, chosen: DedupOptions) -> None:
    """Write the records with what was found, or a row for each."""

    plan = session.plan()
    if index is None:
        documents = _compared(session, list(session.documents(plan)), chosen)
    else:
        from textkit.dedup.index.incremental import dedup_with_index

        documents = dedup_with_index(session.documents(plan), chosen, index)
    _write_documents(session, documents, _format(session, plan))


def _compared(
    session: Session, documents: list[Document], chosen: DedupOptions
) -> Iterable[Document]:
    """Compare the documents; those that can't be compared are reported, and go on as they came."""
    from textkit.dedup import dedup
    from textkit.guards import all_together, merged

    results, left_out = all_together(
        "dedup",
        lambda some: list(dedup(some, replace(chosen, drop=False))),
        lambda one: list(dedup([one], chosen)),
        documents,
        session.reject,
    )
    for document in merged(results, left_out):
        if not (chosen.drop and document.dedup and document.dedup.action == "drop"):
            yield document


def _write_documents(session: Session, documents: Iterable[Document], format: str) -> None:
    from textkit.cli.writers import View
    from textkit.dedup.views.table import HEADER, row

    if format == "table":
        lines = [row(document) for document in documents]
        if lines:
            _write_table(session, HEADER, lines)
        return
    view = View(
        lambda document: [(document.text, "")],
        lambda document: [dict(zip(HEADER, row(document), strict=True))],
        HEADER,
    )
    session.write(documents, view, format)


def _write_table(session: Session, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write rows in columns, one line each."""
    from textkit.dedup.views.table import plain_table

    lines = [[one_line(cell) for cell in line] for line in rows]
    head, _, rest = plain_table(header, lines).partition("\n")
    with session.writer() as write:
        write([(head, "bold"), ("\n" + rest, "")])


def _write_view(session: Session, view: str, chosen: DedupOptions) -> None:
    """Write the pairs, the near misses, or the explanation of each document."""
    from textkit.dedup.pipeline import analyse
    from textkit.dedup.views.pairs import HEADER, cells, near_misses, near_pairs

    plan = session.plan()
    format = _format(session, plan)
    analysis = analyse(session.documents(plan), chosen)
    if view == "explain":
        _write_explanations(session, analysis, chosen, format)
        return
    pairs = list((near_pairs if view == "pairs" else near_misses)(analysis, chosen))
    if format == "table":
        _write_table(session, HEADER, [cells(pair) for pair in pairs])
    else:
        rows = [dict(zip(HEADER, cells(pair), strict=True)) for pair in pairs]
        _write_rows(session, pairs, rows, HEADER, format)


def _write_explanations(
    session: Session, analysis: Analysis, chosen: DedupOptions, format: str
) -> None:
    from textkit.dedup.views.explain import explanations, rules

    lines = [(id, text) for id, text in explanations(analysis, chosen)]
    if format == "table":
        _write_text(session, rules(chosen) + "".join(f"{id}\n{text}" for id, text in lines))
        return
    rows = [{"id": id, "explanation": text.split("\n")[:-1]} for id, text in lines]
    _write_rows(session, rows, rows, ("id", "explanation"), format)


def _write_rows(
    session: Session,
    records: Sequence[Any],
    rows: Sequence[Row],
    fields: Sequence[str],
    format: str,
) -> None:
    """Write what is no document: as records, or as rows of a table."""
    from textkit.cli.writers import View

    pairs = list(zip(records, rows, strict=True))
    view = View(_no_text, lambda pair: [pair[1]], tuple(fields), _json_line)
    session.write(pairs, view, format)


def _no_text(_: object) -> Output:
    raise click.UsageError("this view has a table and records, no text")


def _json_line(pair: tuple[Any, Row]) -> bytes:
    import msgspec

    return msgspec.json.encode(pair[0]) + b"\n"


def _write_text(session: Session, text: str) -> None:
    with session.writer() as write:
        write([(text, "")])


def _write_difference(session: Session, names: tuple[str, str]) -> None:
    """Write what two documents share and where they differ."""
    from textkit.dedup.views.difference import difference

    found = session.plan()
    first, second = _named(list(session.documents(found)), names)
    pieces = difference(first.text, second.text)
    if session.format not in ("auto", "table"):
        rows = [{"sign": piece.sign, "text": piece.text} for piece in pieces]
        _write_rows(session, rows, rows, ("sign", "text"), session.format)
        return
    lines = [
        f"{piece.sign} {line}\n" for piece in pieces for line in piece.text.split("\n") if line
    ]
    head = f"--- {first.id}\n+++ {second.id}\n(= in both, ~ in both but elsewhere)\n"
    _write_text(session, head + "".join(lines))


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


def _write_regrouped(session: Session, index: str, chosen: DedupOptions) -> None:
    from textkit.dedup.index.incremental import regroup

    if session.paths:
        raise click.UsageError("--rethreshold reads no documents, only --index")
    _write_documents(session, regroup(index, chosen), _format(session, None))
