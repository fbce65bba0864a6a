"""Pairs of documents with their scores, for people who ask which, and how near."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.near.criteria import is_near
from textkit.dedup.near.verify import Scores
from textkit.dedup.options import DedupOptions
from textkit.dedup.pipeline import Analysis

MARGIN = 0.05


@dataclass(frozen=True)
class ScoredPair:
    """Two documents and how alike they are; `containment` is of the shorter one."""

    first: str
    second: str
    level: str  # exact, near, none
    cosine: float
    jaccard: float
    containment: float
    coverage: float
    note: str = ""


HEADER = ("first", "second", "level", "cosine", "jaccard", "containment", "coverage", "note")


def cells(pair: ScoredPair) -> list[str]:
    """Return a pair as cells of a table."""
    numbers = (pair.cosine, pair.jaccard, pair.containment, pair.coverage)
    return [pair.first, pair.second, pair.level, *(f"{n:.3f}" for n in numbers), pair.note]


def near_pairs(analysis: Analysis, options: DedupOptions) -> Iterator[ScoredPair]:
    """Yield the exact copies and all pairs verified as near copies, by rank."""
    ids = [document.id for document in analysis.documents]
    for at, finding in enumerate(analysis.findings):
        if finding.level == "exact" and finding.matched is not None:
            yield ScoredPair(ids[finding.matched], ids[at], "exact", 1.0, 1.0, 1.0, 1.0)
    near = is_near(analysis.scores, options)
    yield from _listed(analysis, near, near)


def near_misses(analysis: Analysis, options: DedupOptions) -> Iterator[ScoredPair]:
    """Yield the pairs that are, or are not, near copies by at most MARGIN."""
    scores = analysis.scores
    near = is_near(scores, options)
    close = is_near(_moved(scores, MARGIN), options) & ~is_near(_moved(scores, -MARGIN), options)
    yield from _listed(analysis, close, near)


def _moved(scores: Scores, by: float) -> Scores:
    return replace(
        scores,
        cosine=scores.cosine + by,
        jaccard=scores.jaccard + by,
        first_held=scores.first_held + by,
        second_held=scores.second_held + by,
        coverage=np.where(scores.coverage > 0, scores.coverage + by, 0.0),
    )


def _listed(
    analysis: Analysis, which: NDArray[np.bool_], near: NDArray[np.bool_]
) -> Iterator[ScoredPair]:
    scores = analysis.scores
    chosen = np.flatnonzero(which)
    order = np.lexsort((scores.pairs[chosen, 1], scores.pairs[chosen, 0]))
    for at in chosen[order].tolist():
        first, second = scores.pairs[at].tolist()
        yield ScoredPair(
            analysis.documents[first].id,
            analysis.documents[second].id,
            "near" if near[at] else "none",
            round(float(scores.cosine[at]), 4),
            round(float(scores.jaccard[at]), 4),
            round(float(scores.containment[at]), 4),
            round(float(scores.coverage[at]), 4),
            _note(analysis, first, second, bool(near[at])),
        )


def _note(analysis: Analysis, first: int, second: int, near: bool) -> str:
    """Say what kept a near pair apart."""
    one, other = analysis.findings[first], analysis.findings[second]
    if near and one.cluster != other.cluster:
        if one.held or other.held:
            return "apart: a page of several stories"
        return "apart: each has facts or a part of its own, or their clusters are not alike"
    return ""
