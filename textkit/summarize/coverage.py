"""Concept coverage: the sentences that together hold most of what the text opens with.

Concepts are words and pairs of words (Gillick & Favre, 2009); one weighs the more, the more often
and the earlier it stands: 1/sqrt(n) in the n-th sentence. Sentences are added greedily, then
exchanged as long as that helps. For news articles, whose openings hold the story.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Any

import numpy as np

from textkit.summarize.matrix import TermMatrix, Vector, column_sums
from textkit.summarize.select import Budget, Chosen, companions, counts_words
from textkit.summarize.units import Unit

FACTS = 0.2  # what numbers and names add, as a share of a sentence's mean weight
LENGTH = 0.8  # how much the cost of a long sentence counts under a budget in words
ROUNDS = 20  # of exchanges, at most
MOST_TRIALS = 2000  # of exchanges in a round; a longer text is left as the greedy choice has it


class Coverage:
    """What a set of sentences is worth."""

    def __init__(self, units: Sequence[Unit], matrix: TermMatrix, facts: float = FACTS) -> None:
        counts = matrix.counts
        self.columns = [
            counts.indices[counts.indptr[i] : counts.indptr[i + 1]] for i in range(len(units))
        ]
        self.weights = concept_weights(units, matrix)
        whole = np.array([self.weights[c].sum() for c in self.columns])
        self.whole = whole
        mean = float(whole.mean()) if len(whole) else 0.0
        self.bonus = facts * mean * np.array([unit.facts for unit in units])

    def value(self, chosen: Sequence[int]) -> float:
        """Return the weight of the concepts covered, and what concreteness adds."""
        if not chosen:
            return 0.0
        covered = np.unique(np.concatenate([self.columns[i] for i in chosen]))
        return float(self.weights[covered].sum() + self.bonus[list(chosen)].sum())


def concept_weights(units: Sequence[Unit], matrix: TermMatrix) -> Vector:
    """Return the weight of each concept; those of a single sentence in the end weigh little."""
    early = np.array([1 / np.sqrt(1 + unit.position) for unit in units])
    return column_sums(matrix.counts._replace(data=np.ones(len(matrix.counts.data))), early)


def choose(units: Sequence[Unit], matrix: TermMatrix, budget: Budget) -> tuple[list[int], Vector]:
    """Return the indexes of the sentences to take, best first, and a score for every sentence."""
    worth = Coverage(units, matrix)
    groups = [group for group in companions(units) if group]
    picked = _greedy(units, worth, groups, budget)
    picked = _exchange(units, worth, groups, picked, budget)
    scores = worth.whole + worth.bonus
    top = float(scores.max(initial=0)) or 1.0
    order = sorted({i for group in picked for i in group}, key=lambda i: (-scores[i], i))
    return order, scores / top


def _greedy(
    units: Sequence[Unit], worth: Coverage, groups: list[tuple[int, ...]], budget: Budget
) -> list[tuple[int, ...]]:
    """Take the group with the best gain for its cost, as long as one fits.

    A gain only falls as more is covered, so that a group whose old gain is below another's new
    one need not be looked at (Minoux, 1978).
    """
    picked: list[tuple[int, ...]] = []
    chosen = Chosen()
    covered = np.zeros(len(worth.weights), bool)
    heap = [(-np.inf, place) for place in range(len(groups))]
    while heap and len(chosen.order) < budget.sentences:
        _, place = heapq.heappop(heap)
        extra = [i for i in groups[place] if i not in chosen.taken]
        if not extra or not budget.allows(chosen, units, extra):
            continue
        gain = _gain(worth, covered, extra) / _cost(units, extra, budget)
        if heap and -heap[0][0] > gain:
            heapq.heappush(heap, (-gain, place))
        elif gain > 0:
            picked.append(groups[place])
            chosen.take(units, extra)
            for i in extra:
                covered[worth.columns[i]] = True
    return picked


def _gain(worth: Coverage, covered: Any, extra: Sequence[int]) -> float:
    columns = np.unique(np.concatenate([worth.columns[i] for i in extra]))
    fresh = columns[~covered[columns]]
    return float(worth.weights[fresh].sum() + worth.bonus[list(extra)].sum())


def _cost(units: Sequence[Unit], extra: Sequence[int], budget: Budget) -> float:
    """Sentences where they are counted; words, damped, where these are."""
    if not counts_words(budget):
        return float(len(extra))
    return float(sum(units[i].words for i in extra) ** LENGTH)


def _exchange(
    units: Sequence[Unit],
    worth: Coverage,
    groups: list[tuple[int, ...]],
    picked: list[tuple[int, ...]],
    budget: Budget,
) -> list[tuple[int, ...]]:
    """Put one group in another's place as long as that covers more."""
    value = worth.value(_members(picked))
    rounds = ROUNDS if len(picked) * len(groups) <= MOST_TRIALS else 0
    for _ in range(rounds):
        best = None
        for out in range(len(picked)):
            rest = picked[:out] + picked[out + 1 :]
            for group in groups:
                if group in picked:
                    continue
                trial = [*rest, group]
                members = _members(trial)
                if not _fits(units, members, budget):
                    continue
                new = worth.value(members)
                if new > value * (1 + 1e-9):
                    best, value = trial, new
        if best is None:
            break
        picked = best
    return picked


def _members(groups: Sequence[tuple[int, ...]]) -> list[int]:
    return sorted({i for group in groups for i in group})


def _fits(units: Sequence[Unit], members: Sequence[int], budget: Budget) -> bool:
    return budget.allows(Chosen(), units, members)
