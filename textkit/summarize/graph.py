"""LexRank and TextRank on sparse matrices: sumy's scores, without its dense loops.

LexRank (Erkan & Radev, 2004): sentences vote for those they resemble. TextRank (Mihalcea & Tarau,
2004): votes weigh by shared words. The details follow sumy 0.13, so that its scores come out to
1e-6, down to its quirks: in TextRank equal sentences count once each, and a sentence shares all
its words with itself.

TextRank takes time by the words of the text. LexRank asks of every two sentences with a word in
common whether they are alike enough: its time grows nearly with the square of the sentences, its
memory with the pairs that are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy import sparse

from textkit.summarize.matrix import Vector

THRESHOLD, LEX_EPSILON = 0.1, 0.1
DAMPING, TEXT_EPSILON, NO_ZERO = 0.85, 1e-4, 1e-7
MOST_CELLS = 10**7  # terms by lengths at a time, so that memory stays flat
_ROWS = 2000  # of the similarity matrix at a time, so that memory stays flat


def lexrank(sentences: Sequence[Sequence[str]]) -> Vector:
    """Return the LexRank score of each sentence, given as its terms."""
    if not sentences:
        return np.zeros(0)
    counts = _counts(sentences)
    number = counts.shape[0]
    tops = np.maximum(np.asarray(counts.max(axis=1).todense()).ravel(), 1)
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    weighted = counts.copy()
    weighted.data = weighted.data * np.log(number / (1 + spread))[weighted.indices]
    weighted = sparse.diags(1 / tops) @ weighted
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    rows = (sparse.diags(1 / np.where(norms > 0, norms, 1)) @ weighted).tocsr()
    links = sparse.vstack([_links(block @ rows.T) for block in _blocks(rows)]).tocsr()
    degrees = np.maximum(np.asarray(links.sum(axis=1)).ravel(), 1)
    votes = (sparse.diags(1 / degrees) @ links).T.tocsr()

    def step(ranks: Vector) -> Vector:
        following = votes @ ranks
        return np.asarray(following / (np.linalg.norm(following) or 1))

    return _power(step, number, LEX_EPSILON)


def _links(similarity: Any) -> Any:
    """Ones where the similarity is above the threshold."""
    similarity.data = (similarity.data > THRESHOLD).astype(np.float32)
    similarity.eliminate_zeros()
    return similarity


def textrank(sentences: Sequence[Sequence[str]]) -> Vector:
    """Return the TextRank score of each sentence, given as its terms."""
    if not sentences:
        return np.zeros(0)
    shared = Shared(sentences)
    number = len(sentences)
    sums = shared.times(np.ones(number)) + NO_ZERO

    def step(ranks: Vector) -> Vector:
        votes = shared.times(ranks / sums)
        return np.asarray(DAMPING * votes + (1 - DAMPING) / number * ranks.sum())

    return _power(step, number, TEXT_EPSILON)


class Shared:
    """TextRank's similarities, never written down: words shared / (log length + log length).

    As the divisor hangs on two lengths alone, and there are few different ones, the product with a
    vector is had by summing, for each term, the sentences of each length: one pass over the words
    in place of one over all pairs of sentences.
    """

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        counts = _counts(sentences).tocsc()
        lengths = np.array([len(sentence) for sentence in sentences])
        known, group = np.unique(lengths, return_inverse=True)
        logs = np.log(np.maximum(known, 1))
        norms = logs[:, None] + logs[None, :]
        flat = np.isclose(norms, 0.0)
        self._share = np.where(flat, 1.0, 1 / np.where(flat, 1.0, norms))
        in_sentences = np.diff(counts.indptr)
        term = np.repeat(np.arange(counts.shape[1]), in_sentences)
        alone = in_sentences[term] == 1  # such a term is shared by a sentence with itself
        rows, weights = counts.indices[alone], counts.data[alone]
        own = self._share[group[rows], group[rows]] * weights**2
        self._own = np.bincount(rows, weights=own, minlength=len(lengths))
        self._rows, self._weights = counts.indices[~alone], counts.data[~alone]
        self._group = group[self._rows]
        self._parts = _parts(term[~alone], MOST_CELLS // len(known))

    def times(self, vector: Vector) -> Vector:
        """Return the product of the similarities with a vector."""
        size = len(self._share)
        found = self._own * vector
        for part, term, terms in self._parts:
            rows, weights, group = self._rows[part], self._weights[part], self._group[part]
            cell = term * size + group
            held = np.bincount(cell, weights=weights * vector[rows], minlength=terms * size)
            given = (held.reshape(terms, size) @ self._share).ravel()[cell]
            found = found + np.bincount(rows, weights=weights * given, minlength=len(vector))
        return np.asarray(found)


def _parts(term: Any, most: int) -> list[tuple[slice, Any, int]]:
    """Runs of cells of at most so many terms, with the place of each one's term in its run."""
    number, place = np.unique(term, return_inverse=True)
    found = []
    for first in range(0, len(number), max(1, most)):
        last = min(first + max(1, most), len(number))
        low, high = np.searchsorted(place, [first, last])
        found.append((slice(int(low), int(high)), place[low:high] - first, last - first))
    return found


def _counts(sentences: Sequence[Sequence[str]]) -> Any:
    index: dict[str, int] = {}
    columns = [index.setdefault(term, len(index)) for terms in sentences for term in terms]
    starts = np.cumsum([0, *(len(terms) for terms in sentences)])
    data = np.ones(len(columns), np.float64)
    matrix = sparse.csr_matrix(
        (data, np.array(columns, np.int32), starts), shape=(len(sentences), max(1, len(index)))
    )
    matrix.sum_duplicates()
    return matrix


def _blocks(matrix: Any) -> list[Any]:
    return [matrix[at : at + _ROWS] for at in range(0, matrix.shape[0], _ROWS)]


def _power(step: Callable[[Vector], Vector], number: int, epsilon: float) -> Vector:
    """The power method, from equal ranks to ranks that a step changes by no more than epsilon."""
    ranks = np.full(number, 1 / number)
    change = 1.0
    while change > epsilon:
        following = step(ranks)
        change = float(np.linalg.norm(following - ranks))
        ranks = following
    return ranks
