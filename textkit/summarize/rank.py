"""From candidates to the chosen ones, by the method asked for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from textkit.summarize.centroid import CORPUS, DOCUMENT, Weights, centroid_scores
from textkit.summarize.coverage import choose
from textkit.summarize.matrix import Vector, term_matrix
from textkit.summarize.select import Budget, greedy
from textkit.summarize.units import Pool


class Choice(NamedTuple):
    """Indexes of the chosen candidates, best first, and a score for every candidate."""

    order: list[int]
    scores: Vector


def rank(pool: Pool, budget: Budget, method: str, corpus: bool) -> Choice:
    """Return which of the candidates make the summary."""
    units = pool.candidates
    if not units:
        return Choice([], np.zeros(0))
    matrix = term_matrix(units)
    if method == "coverage":
        return Choice(*choose(units, matrix, budget))
    weights: Weights = CORPUS if corpus else DOCUMENT
    scores, rows = centroid_scores(units, pool.evidence, matrix, weights)
    if method == "lead":
        scores = np.array([1 / (1 + unit.position) for unit in units])
    return Choice(greedy(units, scores, rows, budget, weights), scores)
