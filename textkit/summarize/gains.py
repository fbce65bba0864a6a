"""What a sentence would add to a corpus summary: concepts of its document, and events.

The concepts are words and pairs of neighbouring words; one weighs the more, the more often and the
earlier its document has it, and twice where the title, a bullet or the article's own summary has it
too. Told once, it is worth nothing more in that document and half as much in the others. Events
are pairs of names in one sentence.

The weights were chosen on three languages of a set of news topics with human summaries, whole and
mixed to corpora of several stories, and on two corpora with lists of facts; they were confirmed on
four other languages. That of events was also looked at on the seeds, where it adds a fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textkit.summarize.matrix import TermMatrix, Vector
from textkit.summarize.names import names, pairs
from textkit.summarize.units import Unit

CONCEPTS = 0.16  # what the best sentence of a document gains by its words, and again by pairs
EVENTS = 0.4  # the same by its events
EARLY = 0.5  # a concept of sentence n counts 1/n**EARLY
ELSEWHERE = 0.5  # what is left of a concept for other documents
MOST_EVENTS = 1.5  # as many as the sentences with most have
TOP = 20  # one in so many sentences are those with most


class Gains:
    """The gain of each sentence beside what is told so far."""

    def __init__(self, units: Sequence[Unit], evidence: Sequence[Unit], matrix: TermMatrix) -> None:
        self._docs = np.array([unit.doc for unit in units], np.int64)
        self._concepts = _concepts(units, evidence, matrix, self._docs).tocsc()
        self._terms = matrix.counts
        self._of_concepts = np.asarray(self._concepts.sum(axis=1)).ravel()
        self._events = _events(units)
        self._by_event = self._events.tocsc()
        self._of_events = np.asarray(self._events.sum(axis=1)).ravel()

    def values(self) -> Vector:
        """Return what each sentence would add now."""
        events = np.minimum(MOST_EVENTS, self._of_events)
        return np.asarray(CONCEPTS * self._of_concepts + EVENTS * events)

    def took(self, i: int) -> None:
        """What a sentence tells is worth less from now on."""
        matrix = self._concepts
        for term in self._terms.indices[self._terms.indptr[i] : self._terms.indptr[i + 1]]:
            part = slice(matrix.indptr[term], matrix.indptr[term + 1])
            rows, weights = matrix.indices[part], matrix.data[part]
            same = self._docs[rows] == self._docs[i]
            lost = np.where(same, weights, (1 - ELSEWHERE) * weights)
            self._of_concepts[rows] -= lost
            matrix.data[part] = weights - lost
        row = self._events.indices[self._events.indptr[i] : self._events.indptr[i + 1]]
        for event in row:
            part = slice(self._by_event.indptr[event], self._by_event.indptr[event + 1])
            self._of_events[self._by_event.indices[part]] -= self._by_event.data[part]
            self._by_event.data[part] = 0.0


def _concepts(
    units: Sequence[Unit], evidence: Sequence[Unit], matrix: TermMatrix,
    docs: npt.NDArray[np.int64],
) -> Any:  # fmt: skip
    """The weight of each concept of each sentence; the best of each document has 1 of each kind."""
    row, term = matrix.counts.owners, matrix.counts.indices
    early = (1.0 + np.array([unit.position for unit in units])) ** -EARLY
    columns = matrix.counts.columns
    cells, cell = np.unique(docs[row] * columns + term, return_inverse=True)
    weights = np.sqrt(np.bincount(cell, weights=early[row], minlength=len(cells)))
    weights *= 1.0 + _named(cells, columns, evidence, matrix)
    found = weights[cell]
    for kind in (False, True):
        mine = matrix.is_pair[term] == kind
        whole = np.bincount(row[mine], weights=found[mine], minlength=len(units))
        best = np.zeros(int(docs.max(initial=0)) + 1)
        np.maximum.at(best, docs, whole)
        found[mine] /= best[docs[row[mine]]]
    return sparse.csr_matrix((found, (row, term)), shape=(len(units), columns))


def _named(
    cells: npt.NDArray[np.int64], columns: int, evidence: Sequence[Unit], matrix: TermMatrix
) -> Vector:
    """One for each concept that a line which names what matters has, in the same document."""
    index = {term: column for column, term in enumerate(matrix.terms)}
    known = {
        line.doc * columns + index[term]
        for line in evidence
        for term in line.terms
        if term in index
    }
    return np.isin(cells, np.array(sorted(known), np.int64)).astype(float)


def _events(units: Sequence[Unit]) -> Any:
    """The pairs of names in each sentence, as a share of what the sentences with most have.

    A name that only one sentence has is in passing.
    """
    found = names([unit.text for unit in units])
    told = Counter(word for runs in found for word in {word for run in runs for word in run})
    index: dict[tuple[str, str], int] = {}
    columns: list[int] = []
    starts = [0]
    for runs in found:
        known = [tuple(word for word in run if told[word] > 1) for run in runs]
        columns += [index.setdefault(pair, len(index)) for pair in sorted(pairs(known))]
        starts.append(len(columns))
    sizes = np.sort(np.diff(starts))
    top = float(sizes[-max(1, len(sizes) // TOP) :].mean()) if len(sizes) else 0.0
    weights = np.full(len(columns), 1 / (top or 1))
    return sparse.csr_matrix((weights, columns, starts), shape=(len(units), len(index)))
