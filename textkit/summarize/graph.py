"""LexRank and TextRank on sparse matrices: sumy's scores, without its dense loops.

LexRank (Erkan & Radev, 2004): sentences vote for those they resemble. TextRank (Mihalcea & Tarau,
2004): votes weigh by shared words. The details follow sumy 0.13, so that its scores come out to
1e-6, down to its quirks: in TextRank equal sentences count once each, and a sentence shares all
its words with itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from textkit.summarize.matrix import Vector

THRESHOLD, LEX_EPSILON = 0.1, 0.1
DAMPING, TEXT_EPSILON, NO_ZERO = 0.85, 1e-4, 1e-7
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
    return _power(sparse.diags(1 / degrees) @ links, LEX_EPSILON, unit_length=True)


def _links(similarity: Any) -> Any:
    """Ones where the similarity is above the threshold."""
    similarity.data = (similarity.data > THRESHOLD).astype(np.float32)
    similarity.eliminate_zeros()
    return similarity


def textrank(sentences: Sequence[Sequence[str]]) -> Vector:
    """Return the TextRank score of each sentence, given as its terms."""
    if not sentences:
        return np.zeros(0)
    counts = _counts(sentences)
    lengths = np.array([len(sentence) for sentence in sentences], float)
    logs = np.log(np.maximum(lengths, 1))
    parts = []
    for number, block in enumerate(_blocks(counts)):
        shared = (block @ counts.T).tocoo()
        norm = logs[number * _ROWS + shared.row] + logs[shared.col]
        flat = np.isclose(norm, 0.0)
        weights = np.where(flat, shared.data, shared.data / np.where(flat, 1, norm))
        parts.append(sparse.csr_matrix((weights, (shared.row, shared.col)), shape=shared.shape))
    links = sparse.vstack(parts).tocsr()
    sums = np.asarray(links.sum(axis=1)).ravel() + NO_ZERO
    return _power(sparse.diags(1 / sums) @ links, TEXT_EPSILON, damping=DAMPING)


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


def _power(
    links: Any, epsilon: float, damping: float | None = None, unit_length: bool = False
) -> Vector:
    """The power method; with damping every sentence also has a small vote for every other."""
    number = links.shape[0]
    votes = links.T.tocsr()
    ranks = np.full(number, 1 / number)
    change = 1.0
    while change > epsilon:
        following = votes @ ranks
        if damping is not None:
            following = damping * following + (1 - damping) / number * ranks.sum()
        if unit_length:
            following = following / (np.linalg.norm(following) or 1)
        change = float(np.linalg.norm(following - ranks))
        ranks = following
    return np.asarray(ranks)
