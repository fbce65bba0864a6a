"""From candidates to the chosen ones, by the method asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from textkit.summarize.centroid import centroid_scores, weigh
from textkit.summarize.coverage import choose
from textkit.summarize.matrix import Vector, term_matrix, unit_rows
from textkit.summarize.select import Budget, greedy
from textkit.summarize.units import Unit


class Choice(NamedTuple):
    """Indexes of the chosen candidates, best first, and a score for every candidate."""

    order: list[int]
    scores: Vector


def rank(units: Sequence[Unit], budget: Budget, method: str) -> Choice:
    """Return which of the candidates make the summary."""
    if not units:
        return Choice([], np.zeros(0))
    matrix = term_matrix(units)
    if method == "coverage":
        return Choice(*choose(units, matrix, budget))
    if method == "lead":
        scores = np.array([1 / (1 + unit.position) for unit in units])
    else:
        scores = centroid_scores(units, matrix)
    return Choice(greedy(units, scores, unit_rows(weigh(matrix)), budget), scores)
