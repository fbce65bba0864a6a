"""Choosing sentences: best first, within a budget, saying nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from textkit.summarize.centroid import Weights
from textkit.summarize.matrix import Rows, Vector
from textkit.summarize.units import Unit

if TYPE_CHECKING:
    from textkit.summarize.gains import Gains

UNLIMITED = 10**9
REPEATED = 0.042  # of a whole summary's word triples, at most, may stand in it twice
_SHORT = 100  # triples; a shorter summary may repeat as many as this one


@dataclass(frozen=True)
class Budget:
    """How much a summary may hold, and how much of it from one document."""

    sentences: int
    words: int
    per_document: int

    def allows(self, chosen: Chosen, units: Sequence[Unit], extra: Sequence[int]) -> bool:
        """Is there room for more sentences beside those chosen, which keep to the budget?"""
        if len(chosen.order) + len(extra) > self.sentences:
            return False
        if chosen.words + sum([units[i].words for i in extra]) > self.words:
            return False
        documents = Counter([units[i].doc for i in extra])
        return all(chosen.documents[d] + n <= self.per_document for d, n in documents.items())


def counts_words(budget: Budget) -> bool:
    """Is the length of the summary given in words?"""
    return budget.words < UNLIMITED


@dataclass
class Chosen:
    """What has been chosen so far."""

    order: list[int] = field(default_factory=list)  # best first
    words: int = 0
    documents: Counter[int] = field(default_factory=Counter)
    taken: set[int] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    triples: set[tuple[str, ...]] = field(default_factory=set)
    made: int = 0  # word triples in all
    repeated: int = 0  # of these, said before

    def take(self, units: Sequence[Unit], extra: Sequence[int]) -> None:
        """Add sentences."""
        for i in extra:
            self.order.append(i)
            self.taken.add(i)
            self.words += units[i].words
            self.documents[units[i].doc] += 1
            self.said.update(units[i].terms)
            made = units[i].runs
            self.made += len(made)
            self.repeated += sum(map(self.triples.__contains__, made))
            self.triples.update(made)


def companions(units: Sequence[Unit]) -> list[tuple[int, ...] | None]:
    """Return for each sentence what must be taken with it: itself, and before it what it leans on.

    None where what it leans on can't be taken, or leans in turn.
    """
    where = {(unit.doc, unit.index): i for i, unit in enumerate(units)}
    found: list[tuple[int, ...] | None] = []
    for i, unit in enumerate(units):
        if not unit.verdict.leans:
            found.append((i,))
            continue
        before = where.get((unit.doc, unit.index - 1))
        usable = before is not None and not units[before].verdict.leans
        found.append((before, i) if before is not None and usable else None)
    return found


class Race:
    """The sentences still in the running, and what each is worth beside those chosen."""

    def __init__(
        self, units: Sequence[Unit], scores: Vector, rows: Rows, weights: Weights,
        stories: npt.NDArray[np.int64] | None, gains: Gains | None,
    ) -> None:  # fmt: skip
        self.groups = companions(units)
        self.alive = np.array([group is not None for group in self.groups], bool)
        self._scores, self._rows, self._weights = scores, rows, weights
        self._stories = stories
        self._gains = gains
        self._waiting = np.ones(len(units), bool)  # whose story has no sentence yet
        self._before = np.array([g[0] if g else i for i, g in enumerate(self.groups)], np.int64)
        self._alone = self._before == np.arange(len(units))
        self._similar = np.zeros(len(units))
        self._values = self._valued()

    def best(self) -> int | None:
        """Return the sentence to try next; those of stories without a sentence come first.

        While several stories wait, sentences that need none before them go first, as a pair would
        take the room of another story.
        """
        running = self.alive
        if self._stories is not None and (self.alive & self._waiting).any():
            running = self.alive & self._waiting
            alone = running & self._alone
            several = np.ptp(self._stories[running]) > 0
            running = alone if several and alone.any() else running
        if not running.any():
            return None
        best = int(np.where(running, self._values, -np.inf).argmax())
        self.alive[best] = False
        return best

    def took(self, extra: Sequence[int]) -> None:
        """Make what resembles these sentences worth less."""
        for i in extra:
            self.alive[i] = False
            followers = self._before == i
            self._before[followers] = np.flatnonzero(followers)
            self._similar = np.maximum(self._similar, _similarity(self._rows, i))
            if self._stories is not None:
                self._waiting &= self._stories != self._stories[i]
            if self._gains is not None:
                self._gains.took(i)
        self._values = self._valued()

    def _valued(self) -> Vector:
        """A sentence that needs the one before it is worth the mean of the two."""
        worth = self._scores if self._gains is None else self._scores + self._gains.values()
        worth = (worth + worth[self._before]) / 2
        relevance = self._weights.relevance
        return np.asarray(relevance * worth - (1 - relevance) * self._similar)


def greedy(
    units: Sequence[Unit], scores: Vector, rows: Rows, budget: Budget, weights: Weights,
    stories: npt.NDArray[np.int64] | None = None, gains: Gains | None = None,
) -> list[int]:  # fmt: skip
    """Return the indexes of the sentences to take, best first (maximal marginal relevance)."""
    race = Race(units, scores, rows, weights, stories, gains)
    chosen = Chosen()
    while len(chosen.order) < budget.sentences:
        best = race.best()
        if best is None:
            break
        extra = [i for i in race.groups[best] or () if i not in chosen.taken]
        fits = extra and budget.allows(chosen, units, extra)
        if fits and not says_nothing_new(units, extra, chosen, weights):
            chosen.take(units, extra)
            race.took(extra)
    return chosen.order


def _similarity(rows: Rows, i: int) -> Vector:
    """The cosine of every sentence with one of them."""
    own = slice(rows.indptr[i], rows.indptr[i + 1])
    vector = np.zeros(rows.columns)
    vector[rows.indices[own]] = rows.data[own]
    return rows.times(vector)


def says_nothing_new(
    units: Sequence[Unit], extra: Sequence[int], chosen: Chosen, weights: Weights
) -> bool:
    """Are most words of the last of these sentences said already, or too many word triples?"""
    own = set(units[extra[-1]].terms)
    if len(own & chosen.said) > weights.contained * len(own):
        return True
    made = [run for i in extra for run in units[i].runs]
    repeated = sum(map(chosen.triples.__contains__, made))
    return repeated > weights.repeated * len(made) or is_repetitive(units, extra, chosen)


def is_repetitive(units: Sequence[Unit], extra: Sequence[int], chosen: Chosen) -> bool:
    """Would these sentences make the whole summary say too many runs of words twice?"""
    made = [run for i in extra for run in units[i].runs]
    repeated = sum(map(chosen.triples.__contains__, made))
    whole = max(chosen.made + len(made), _SHORT)
    return chosen.repeated + repeated > REPEATED * whole
