"""Concept coverage: the sentences that together hold most of what documents tell early and often.

Sentences are taken greedily by what they add for their length, then one or two are exchanged for
one as long as that covers more (Gillick and Favre, 2009; the exchange in the place of their integer
program). A sentence that leans on the one before it comes with that one or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from textkit.summarize.concepts import Space
from textkit.summarize.matrix import Vector
from textkit.summarize.select import (
    UNLIMITED,
    Budget,
    Chosen,
    companions,
    counts_words,
    is_repetitive,
)
from textkit.summarize.units import Unit

ROUNDS = 12  # of exchanges, at most
MAX_PAIRS = 12  # sentences up to which two are taken out for one; beyond, one for one
MAX_STEPS = 4_000_000  # occurrences that a round of exchanges may look at, else none is made
_TRIES = 8  # of the best replacements of a sentence, as some do not fit


class Selection:
    """Which groups of sentences are taken, and what those not taken would add."""

    def __init__(
        self,
        units: Sequence[Unit],
        space: Space,
        budget: Budget,
        length: float,
        stories: npt.NDArray[np.int64] | None = None,
    ) -> None:
        self.units, self.space, self.budget = units, space, budget
        self.groups = [group for group in companions(units) if group]
        self._story = (
            None if stories is None else np.array([stories[group[-1]] for group in self.groups])
        )
        by_unit = np.split(space.columns, np.searchsorted(space.rows, range(1, len(units))))
        self.columns = [
            by_unit[group[0]]
            if len(group) == 1
            else np.unique(np.concatenate([by_unit[i] for i in group]))
            for group in self.groups
        ]
        self._rows = np.repeat(np.arange(len(self.groups)), [len(c) for c in self.columns])
        self._cells = np.concatenate(self.columns) if self.columns else np.zeros(0, np.int64)
        self._bonus = np.array([space.bonus[list(group)].sum() for group in self.groups])
        sizes = np.array([sum(units[i].words for i in group) for group in self.groups], float)
        self._cost = np.maximum(sizes, 1.0) ** length
        self._last: tuple[tuple[int, ...], Chosen] = (), Chosen()

    def gains(self, taken: Sequence[int]) -> Vector:
        """Return what each group adds to those taken; nothing for these themselves."""
        weights = np.where(self._covered(taken), 0.0, self.space.weights)
        gains = np.bincount(self._rows, weights[self._cells], len(self.groups)) + self._bonus
        gains[list(taken)] = 0.0
        return np.asarray(gains)

    def value(self, taken: Sequence[int]) -> float:
        """Return the weight of all concepts covered, and the bonus of the sentences."""
        weights = self.space.weights[self._covered(taken)]
        return float(weights.sum() + self.space.bonus[self.of(taken)].sum())

    def _covered(self, taken: Sequence[int]) -> npt.NDArray[np.bool_]:
        """Mark the concepts of the groups taken."""
        covered = np.zeros(len(self.space.weights), bool)
        for group in taken:
            covered[self.columns[group]] = True
        return covered

    def of(self, taken: Sequence[int]) -> list[int]:
        """Return the sentences of some groups, in order."""
        return sorted({i for group in taken for i in self.groups[group]})

    def fits(self, taken: Sequence[int], group: int) -> bool:
        """Is there room for a group beside those taken, and does it say enough that is new?"""
        chosen = self._chosen(tuple(taken))
        extra = [i for i in self.groups[group] if i not in chosen.taken]
        if not extra or not self.budget.allows(chosen, self.units, extra):
            return False
        return not is_repetitive(self.units, extra, chosen)

    def _chosen(self, taken: tuple[int, ...]) -> Chosen:
        """Return what the groups taken say; the last answer is kept for the next group."""
        if self._last[0] != taken:
            chosen = Chosen()
            chosen.take(self.units, self.of(taken))
            self._last = taken, chosen
        return self._last[1]

    def fill(self, taken: Sequence[int]) -> list[int]:
        """Take groups by gain for their length as long as one fits; new stories come first."""
        taken = list(taken)
        alive = np.ones(len(self.groups), bool)
        worth = self.gains(taken) / self._cost
        while len(self.of(taken)) < self.budget.sentences:
            running = np.where(self._waiting(taken, alive), worth, 0.0)
            best = int(running.argmax()) if len(running) else 0
            if not len(running) or running[best] <= 0:
                break
            alive[best] = False
            if self.fits(taken, best):
                taken.append(best)
                worth = self.gains(taken) / self._cost
        return taken

    def _waiting(self, taken: Sequence[int], alive: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """The groups to choose among: those of stories without a sentence, while there are any."""
        if self._story is None:
            return alive
        waiting = alive & ~np.isin(self._story, self._story[list(taken)])
        return waiting if waiting.any() else alive

    def exchange(self, taken: list[int]) -> list[int]:
        """Put one group in the place of one or two as long as that is worth more."""
        value = self.value(taken)
        for _ in range(ROUNDS):
            better = self._better(taken, value)
            if better is None:
                break
            taken = self.fill(better)
            value = self.value(taken)
        return taken

    def _better(self, taken: list[int], value: float) -> list[int] | None:
        best, limit = None, value * (1 + 1e-9)
        removals = list(_removals(len(taken)))
        if len(removals) * len(self._cells) > MAX_STEPS:
            return None
        for removed in removals:
            rest = [group for place, group in enumerate(taken) if place not in removed]
            worth = self.gains(rest) + self.value(rest)
            worth[taken] = 0.0
            for group in np.argsort(-worth, kind="stable")[:_TRIES]:
                if worth[group] <= limit:
                    break
                if self.fits(rest, int(group)) and self._keeps_stories(taken, rest, int(group)):
                    best, limit = [*rest, int(group)], float(worth[group])
                    break
        return best

    def _keeps_stories(self, taken: list[int], rest: list[int], group: int) -> bool:
        """Does an exchange leave no story without its sentence?"""
        if self._story is None:
            return True
        after = np.unique(self._story[[*rest, group]])
        return len(after) >= len(np.unique(self._story[taken]))


def _removals(count: int) -> Iterator[tuple[int, ...]]:
    yield from ((place,) for place in range(count))
    if count <= MAX_PAIRS:
        yield from combinations(range(count), 2)


def choose(
    units: Sequence[Unit],
    space: Space,
    budget: Budget,
    length: float,
    stories: npt.NDArray[np.int64] | None = None,
) -> tuple[list[int], Vector]:
    """Return the sentences to take, best first, and a score for each candidate, the best being 1.

    `length` is the power to which a sentence's words count as its cost.
    """
    selection = Selection(units, space, budget, length, stories)
    taken = selection.exchange(selection.fill([]))
    if counts_words(budget) and budget.per_document < UNLIMITED:
        selection.budget = replace(budget, per_document=UNLIMITED)
        taken = selection.fill(taken)  # room that the share of each document left unused
    scores = space.worth()
    top = float(scores.max(initial=0)) or 1.0
    order = sorted(selection.of(taken), key=lambda i: (-scores[i], i))
    return order, scores / top
