"""The criteria of a near copy, one row each; a pair is near if all minima of one row hold.

The same event told anew shares words but few shingles; a copy with heavy edits keeps some of them
all over the text, a quotation keeps many in one place.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.near.verify import Scores
from textkit.dedup.options import DedupOptions

SCORES = ("cosine", "containment", "coverage", "jaccard")


class Criterion(NamedTuple):
    """Minima of the scores of a pair; 0 where a score plays no part."""

    name: str
    cosine: float = 0.0
    containment: float = 0.0
    coverage: float = 0.0
    jaccard: float = 0.0


def criteria(options: DedupOptions) -> tuple[Criterion, ...]:
    """Return the criteria in the order in which a reason names them.

    Chosen on 2,013 articles with edits of eleven kinds and 554 pairs of reports of one event; the
    coverage row needs a fifth of the shingles, since two long reports of one event share some
    shingles in most of their stretches.
    """
    return (
        Criterion("same words", cosine=options.cosine, containment=0.30),
        Criterion("same shingles", jaccard=options.jaccard),
        Criterion("contained", options.contained_cosine, options.containment),
        Criterion("inside", cosine=0.30, containment=0.85),
        Criterion("rewritten throughout", 0.33, 0.20, options.coverage),
    )


def criterion_of(scores: Scores, options: DedupOptions) -> NDArray[np.int8]:
    """Return the row of the first criterion that each pair meets; -1 for none."""
    result = np.full(len(scores.pairs), -1, dtype=np.int8)
    rows = criteria(options)
    for row in reversed(range(len(rows))):
        result[_meets(scores, rows[row])] = row
    return result


def is_near(scores: Scores, options: DedupOptions) -> NDArray[np.bool_]:
    """Tell which pairs meet a criterion."""
    return criterion_of(scores, options) >= 0


def nearest_miss(scores: Scores, at: int, options: DedupOptions) -> str:
    """Return the criterion that a pair comes nearest to, and the minima that it misses.

    Nearest is the one whose minima the pair misses by the least in sum; empty if it misses none.
    """
    measured = {name: float(getattr(scores, name)[at]) for name in SCORES}
    misses = []
    for order, row in enumerate(criteria(options)):
        minima = {name: getattr(row, name) for name in SCORES}
        missed = {name: least for name, least in minima.items() if measured[name] < least}
        short = sum(least - measured[name] for name, least in missed.items())
        misses.append((short, order, row.name, missed))
    _, _, name, missed = min(misses, key=lambda miss: miss[:2])
    needs = " and ".join(f"{score} >= {least:.2f}" for score, least in missed.items())
    return f"{name} needs {needs}" if needs else ""


def _meets(scores: Scores, row: Criterion) -> NDArray[np.bool_]:
    measured = (scores.cosine, scores.containment, scores.coverage, scores.jaccard)
    result = np.ones(len(scores.pairs), dtype=np.bool_)
    for values, minimum in zip(measured, row[1:], strict=True):
        if minimum:
            result &= values >= minimum
    return result


def min_containment(options: DedupOptions) -> float:
    """Return the containment below which no pair is near, nor one a part of the other."""
    rows = criteria(options)
    return min(0.12, *(row.containment or row.jaccard for row in rows))
