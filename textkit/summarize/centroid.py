"""Centroid ranking: how near a sentence is to what all of them are about (Radev et al., 2004).

The weights were chosen on three languages of a multilingual set of news topics with human
summaries, and confirmed on four others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from textkit.summarize.matrix import TermMatrix, Vector, unit_rows
from textkit.summarize.units import Unit

PAIR_WEIGHT = 0.5  # of a pair of words beside a single word
POSITION = 1.0  # what the first sentence of a document gains; the n-th gains 1/n of it
FACTS = 0.2  # what a sentence full of numbers and names gains, as a share of its score


def centroid_scores(units: Sequence[Unit], matrix: TermMatrix, facts: float = FACTS) -> Vector:
    """Return a score for each sentence, the best being about 2."""
    weighted = weigh(matrix)
    rows = unit_rows(weighted)
    middle = np.asarray(weighted.sum(axis=0)).ravel()
    middle /= np.linalg.norm(middle) or 1
    scores = rows @ middle
    scores = scores / (scores.max(initial=0) or 1)
    concrete = np.array([unit.facts for unit in units])
    first = np.array([1 / (1 + unit.position) for unit in units])
    return np.asarray(scores * (1 + facts * concrete) + POSITION * first)


def weigh(matrix: TermMatrix) -> Any:
    """Return tf-idf weights, damped; each sentence counts as a document."""
    counts = matrix.counts.copy()
    number = counts.shape[0]
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = np.log(1 + number / np.maximum(spread, 1))
    weights *= np.where(matrix.is_pair, PAIR_WEIGHT, 1.0)
    counts.data = np.sqrt(counts.data) * weights[counts.indices]
    return counts
