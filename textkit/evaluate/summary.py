"""Scores of summaries against references in a folder."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from textkit.document import Document
from textkit.errors import ConfigError, InputError
from textkit.evaluate.rouge import MEASURES, Score, rouge, tokens
from textkit.read.decoding import decode_bytes
from textkit.text.words import count_words, word_spans, words

RESAMPLES = 1000  # of the bootstrap
SEED = 7  # so that the same scores give the same interval


@dataclass(frozen=True)
class Row:
    """The scores of one summary."""

    id: str
    scores: dict[str, Score]
    words: int
    repeated: float  # share of its word triples that stood in it before
    references: int


def references_of(folder: str, id: str, others: Collection[str] = ()) -> list[str]:
    """Return the texts `ID.txt`, `ID.*.txt` or `ID/*.txt` of a folder, or that of a file.

    Raises InputError where there is none.

    `others` are the ids of the run: where `a.b` is one, `a.b.txt` is its reference and not `a`'s.
    """
    if os.path.isfile(folder):
        return [_read(folder)]
    within = os.path.join(folder, id)
    if os.path.isdir(within):
        paths = [os.path.join(within, n) for n in sorted(os.listdir(within)) if n.endswith(".txt")]
    else:
        references = [n for n in sorted(os.listdir(folder)) if _is_reference(n, id, others)]
        paths = [os.path.join(folder, name) for name in references]
    if not paths:
        raise InputError(
            f"no reference for {id} in {folder}",
            f"{id}.txt, {id}.A.txt or {id}/A.txt is looked for",
        )
    return [_read(path) for path in paths]


def _is_reference(name: str, id: str, others: Collection[str]) -> bool:
    """Is this file a reference of `id`, and of no other id that starts like it?"""
    stem, ending = os.path.splitext(name)
    if ending != ".txt" or not f"{stem}.".startswith(f"{id}."):
        return False
    while stem != id and len(stem) > len(id):
        if stem in others:
            return False
        stem = os.path.splitext(stem)[0]
    return True


def _read(path: str) -> str:
    with open(path, "rb") as stream:
        return decode_bytes(stream.read(), None)[0]


def summary_text(document: Document, plain: bool = False) -> str:
    """Return what is to be scored: the record's summary, or of a `plain` text, the text itself."""
    if plain and not document.summary:
        return document.text
    return "\n".join(sentence.text for sentence in document.summary)


def score_document(
    document: Document,
    folder: str,
    budget: int | None = None,
    stem: Callable[[str], str] | None = None,
    plain: bool = False,
    others: Collection[str] = (),
) -> Row:
    """Return the scores of one summary, cut at `budget` words. Raises InputError.

    A record without a summary scores 0, a `plain` text is itself the summary.
    """
    text = cut(summary_text(document, plain), budget)
    references = references_of(folder, document.id, others)
    return Row(
        document.id, rouge(references, text, stem), count_words(words(text)),
        repeated_triples(text), len(references),
    )  # fmt: skip


def cut(text: str, budget: int | None) -> str:
    """Return the first `budget` words of a text.

    >>> cut("One, two, three.", 2)
    'One, two'
    """
    if budget is None:
        return text
    left, last = budget, 0
    for start, end in word_spans(text):
        if not left:
            return text[:last]
        size = count_words([text[start:end]])
        if size > left:  # one run of words that the script writes without blanks
            return text[: start + (end - start) * left // size]
        left, last = left - size, end
    return text


def repeated_triples(text: str) -> float:
    """Return the share of a text's word triples that stand earlier in it; lines are apart.

    >>> repeated_triples("a b c d\\na b c")
    0.3333333333333333
    """
    seen: set[tuple[str, ...]] = set()
    repeated = total = 0
    for line in text.split("\n"):
        parts = tokens(line)
        triples = list(zip(parts, parts[1:], parts[2:], strict=False))
        repeated += sum(triple in seen for triple in triples)
        total += len(triples)
        seen.update(triples)
    return repeated / total if total else 0.0


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean (percentiles; Efron, 1979)."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    number = len(values)
    means = sorted(sum(draw.choices(values, k=number)) / number for _ in range(RESAMPLES))
    return means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES)]


def table(rows: Sequence[Row]) -> str:
    """Return the scores as text: a line a summary, their mean, and its 95 % interval.

    Raises ConfigError where there is nothing to show.
    """
    if not rows:
        raise ConfigError("no summary could be scored")
    names = [f"{m.replace('rouge', 'R')}-{part}" for m in MEASURES for part in "RPF"]
    width = max(8, *(len(row.id) for row in rows))
    head = f"{'id':{width}} " + " ".join(f"{name:>6}" for name in (*names, "words", "rep%"))
    lines = [head, *(_line(row.id, width, _values(row)) for row in rows)]
    columns = list(zip(*map(_values, rows), strict=True))
    lines.append(_line("mean", width, [sum(column) / len(column) for column in columns]))
    bounds = [interval(column) for column in columns]
    lines.append(_line("low 95%", width, [low for low, _ in bounds]))
    lines.append(_line("high 95%", width, [high for _, high in bounds]))
    return "\n".join(lines) + "\n"


def _values(row: Row) -> list[float]:
    scores = [100 * part for measure in MEASURES for part in row.scores[measure]]
    return [*scores, row.words, 100 * row.repeated]


def _line(name: str, width: int, values: Iterable[float]) -> str:
    return f"{name:{width}} " + " ".join(f"{value:6.2f}" for value in values)


def as_fields(row: Row) -> dict[str, object]:
    """Return a row as the fields of a record."""
    scores = {measure: score._asdict() for measure, score in row.scores.items()}
    return {"id": row.id, **scores, "words": row.words, "repeated": row.repeated,
            "references": row.references}  # fmt: skip
