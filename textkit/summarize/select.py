"""Choosing sentences: best first, within a budget, saying nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from textkit.summarize.centroid import Weights
from textkit.summarize.matrix import Vector
from textkit.summarize.units import Unit


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
    taken: set[int] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    triples: set[tuple[str, ...]] = field(default_factory=set)

    def take(self, units: Sequence[Unit], extra: Sequence[int]) -> None:
        """Add sentences."""
        for i in extra:
            self.order.append(i)
            self.taken.add(i)
            self.words += units[i].words
            self.documents[units[i].doc] += 1
            self.said.update(units[i].terms)
            self.triples.update(triples(units[i].tokens))


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


def greedy(
    units: Sequence[Unit], scores: Vector, rows: Any, budget: Budget, weights: Weights
) -> list[int]:
    """Return the indexes of the sentences to take, best first (maximal marginal relevance)."""
    groups = companions(units)
    alive = np.array([group is not None for group in groups], bool)
    docs = np.array([unit.doc for unit in units])
    before = np.array([group[0] if group else i for i, group in enumerate(groups)])
    worth = (scores + scores[before]) / 2  # of a pair; of a sentence that stands alone, its score
    by_term = rows.T.tocsr()
    chosen = Chosen()
    similar = np.zeros(len(units))
    values = np.where(alive, weights.relevance * worth, -np.inf)
    while alive.any():
        best = int(values.argmax())
        alive[best] = False
        values[best] = -np.inf
        extra = [i for i in groups[best] or () if i not in chosen.taken]
        if not extra or not budget.allows(chosen, units, extra):
            continue
        if says_nothing_new(units, extra, chosen, weights):
            continue
        chosen.take(units, extra)
        for i in extra:
            alive[i] = False
            worth[before == i] = scores[before == i]
            similar = np.maximum(similar, _similarity(rows, by_term, i))
        spread = np.array([chosen.documents[d] for d in range(int(docs.max()) + 1)])
        fresh = weights.relevance * worth - (1 - weights.relevance) * similar
        values = np.where(alive, fresh - weights.spread * spread[docs], -np.inf)
        if len(chosen.order) >= budget.sentences:
            break
    return chosen.order


def _similarity(rows: Any, by_term: Any, i: int) -> Vector:
    """The cosine of every sentence with one of them."""
    found = np.zeros(rows.shape[0])
    low, high = rows.indptr[i], rows.indptr[i + 1]
    for term, weight in zip(rows.indices[low:high], rows.data[low:high], strict=True):
        a, b = by_term.indptr[term], by_term.indptr[term + 1]
        found[by_term.indices[a:b]] += weight * by_term.data[a:b]
    return found


def says_nothing_new(
    units: Sequence[Unit], extra: Sequence[int], chosen: Chosen, weights: Weights
) -> bool:
    """Are most words of the last of these sentences said already, or too many word triples?"""
    own = set(units[extra[-1]].terms)
    if len(own & chosen.said) > weights.contained * len(own):
        return True
    made = [triple for i in extra for triple in triples(units[i].tokens)]
    repeated = sum(triple in chosen.triples for triple in made)
    return repeated > weights.repeated * len(made)


def triples(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the runs of three words, what an apostrophe joins being two.

    >>> triples(["a", "b", "c", "d"])
    [('a', 'b', 'c'), ('b', 'c', 'd')]
    """
    parts = [part for token in tokens for part in token.replace("’", "'").split("'")]
    return list(zip(parts, parts[1:], parts[2:], strict=False))
