"""Choosing sentences: best first, within a budget, saying nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from textkit.summarize.matrix import Vector
from textkit.summarize.units import Unit

RELEVANCE = 0.7  # against similarity to what is chosen (Carbonell & Goldstein, 1998)
CONTAINED = 0.5  # a sentence of whose words more than this are said already says nothing new


@dataclass(frozen=True)
class Budget:
    """How much a summary may hold, and how much of it from one document."""

    sentences: int
    words: int
    per_document: int

    def allows(self, chosen: Chosen, units: Sequence[Unit], extra: Sequence[int]) -> bool:
        """Is there room for these sentences?"""
        if len(chosen.order) + len(extra) > self.sentences:
            return False
        if chosen.words + sum(units[i].words for i in extra) > self.words:
            return False
        adds = Counter(units[i].doc for i in extra)
        return all(chosen.documents[d] + n <= self.per_document for d, n in adds.items())


@dataclass
class Chosen:
    """What has been chosen so far."""

    order: list[int] = field(default_factory=list)  # best first
    words: int = 0
    documents: Counter[int] = field(default_factory=Counter)
    said: set[str] = field(default_factory=set)

    def take(self, units: Sequence[Unit], extra: Sequence[int]) -> None:
        """Add sentences."""
        for i in extra:
            self.order.append(i)
            self.words += units[i].words
            self.documents[units[i].doc] += 1
            self.said.update(units[i].terms)


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


def greedy(units: Sequence[Unit], scores: Vector, rows: Any, budget: Budget) -> list[int]:
    """Return the indexes of the sentences to take, best first (maximal marginal relevance)."""
    groups = companions(units)
    own = np.array([group is not None for group in groups], bool)
    chosen = Chosen()
    similar = np.zeros(len(units))
    while True:
        values = np.where(own, RELEVANCE * scores - (1 - RELEVANCE) * similar, -np.inf)
        best = int(values.argmax()) if len(values) else 0
        if not len(values) or values[best] == -np.inf:
            return chosen.order
        own[best] = False
        extra = [i for i in groups[best] or () if i not in chosen.order]
        if not extra or not budget.allows(chosen, units, extra):
            continue
        if said_already(units[best], chosen.said):
            continue
        chosen.take(units, extra)
        for i in extra:
            own[i] = False
            similar = np.maximum(similar, np.asarray((rows @ rows[i].T).todense()).ravel())


def said_already(unit: Unit, said: set[str]) -> bool:
    """Are most of a sentence's words in the summary already?"""
    own = set(unit.terms)
    return len(own & said) > CONTAINED * len(own)
