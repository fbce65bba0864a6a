"""Every sentence of the input and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textkit.document import Document
from textkit.summarize.build import choose
from textkit.summarize.options import SummarizeOptions
from textkit.summarize.tiers import admit
from textkit.summarize.units import Unit, is_copy, pool
from textkit.text.lines import LineIndex


class Fate(NamedTuple):
    """What became of a sentence."""

    id: str
    line: int
    column: int
    outcome: str  # `taken, rank 2`, `not taken`, or why it is no candidate
    score: float | None
    text: str


def explain(
    documents: Iterable[Document], options: SummarizeOptions, corpus: bool
) -> Iterator[Fate]:
    """Yield the fate of each sentence, in the order of the text; of a corpus's copies, one line."""
    documents = list(documents)
    found = pool(documents, options, copies=not corpus)
    if not corpus and len(found.documents) == 1:
        found.tier = admit(found.units, found.langs[0])
    choice = choose(found, options, corpus)
    ranks = {index: place + 1 for place, index in enumerate(choice.order)}
    lines = [LineIndex(document.text) for document in found.documents]
    number = 0
    for unit in found.units:
        score = None
        if unit.verdict.eligible:
            score = float(choice.scores[number])
        outcome = _outcome(unit, ranks.get(number) if unit.verdict.eligible else None)
        number += unit.verdict.eligible
        line, column = lines[unit.doc].position(unit.start)
        yield Fate(found.documents[unit.doc].id, line, column, outcome, score, unit.text)
    if corpus:
        yield from (_left_out(document) for document in documents if is_copy(document))


def _left_out(document: Document) -> Fate:
    kept = document.dedup.canonical if document.dedup else None
    outcome = f"a duplicate of {kept}" if kept else "a duplicate"
    return Fate(document.id, 1, 1, outcome, None, document.text[:200])


def _outcome(unit: Unit, rank_of: int | None) -> str:
    if not unit.verdict.eligible:
        return unit.verdict.reason
    if rank_of:
        return f"taken, rank {rank_of}"
    return "not taken; leans on the one before" if unit.verdict.leans else "not taken"


def as_line(fate: Fate) -> str:
    """Return a fate as a line of text, `ID:LINE:COLUMN  score  outcome  sentence`."""
    score = "     -" if fate.score is None else f"{fate.score:6.3f}"
    text = " ".join(fate.text.split())
    text = text if len(text) <= 80 else text[:79] + "…"
    place = f"{fate.id}:{fate.line}:{fate.column}"
    return f"{place:28}  {score}  {fate.outcome:34}  {text}\n"
