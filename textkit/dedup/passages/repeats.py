"""The passage level: sentences that say what another sentence says. Marks only.

A sentence is `repeated` where its words are the same or nearly so, and `related` where it tells
the same fact: few sentences share a number with its unit, or a rare name, and much else besides.
Shared words alone do not make a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textkit.dedup.arrays.frequencies import Floats
from textkit.dedup.arrays.sorting import heads
from textkit.dedup.arrays.vectors import Matrix, document_frequency, row_sums, sums
from textkit.dedup.options import DedupOptions
from textkit.dedup.passages.statements import (
    NAME,
    NUMBER,
    YEAR,
    Said,
    Statements,
    statements,
    vectors,
)
from textkit.dedup.records import DIGITS
from textkit.dedup.signatures.tokens import I64, Pairs
from textkit.document import Repeat

MOST_DOCUMENTS = 5000  # kept ones; in larger corpora passages are looked for only when asked
_COMMON_TERM = 300  # statements; a term of more of them makes no candidates
WITH_NAMES = 0.10  # cosine, where at least MANY names are shared and one of them is rare
MANY = 3
_LEAST = 0.03  # cosine of any pair worth a look
_LEAST_WORDS = 4  # content words
WITH_NUMBER, WITH_YEAR, WITH_RARE_NAME, WITH_NAME = 0.19, 0.15, 0.23, 0.38  # cosine
RARE_NAME = 0.05  # share of the statements
KNOWN_NAME = 0.12
MOST = 8  # repeats a passage; the most alike
_ROWS = 1 << 11
_SLACK = 1e-9  # for what rounding may do to a bound


def passages(
    documents: Sequence[Said], ids: Sequence[str], options: DedupOptions
) -> Iterator[tuple[int, Repeat]]:
    """Yield the repeats of documents of these ids, each with its document's position."""
    found = statements(documents)
    some = list(_alike(found, options))
    pairs = np.concatenate([np.zeros((0, 2), np.int64), *(part[0] for part in some)])
    similarity = np.concatenate([np.zeros(0), *(part[1] for part in some)])
    repeated = np.concatenate([np.zeros(0, np.bool_), *(part[2] for part in some)])
    one, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    similarity, repeated = np.tile(similarity, 2), np.tile(repeated, 2)
    order = np.lexsort((other, -similarity, one))
    first = np.maximum.accumulate(np.where(heads(one[order]), np.arange(len(order)), 0))
    order = order[np.arange(len(order)) - first < MOST]
    spans, owners = found.spans.tolist(), found.document.tolist()
    for a, b, alike, same in zip(
        one[order].tolist(), other[order].tolist(), similarity[order].tolist(),
        repeated[order].tolist(), strict=True,
    ):  # fmt: skip
        kind = "repeated" if same else "related"
        (start, end), (there, until) = spans[a], spans[b]
        repeat = Repeat(start, end, ids[owners[b]], there, until, round(alike, DIGITS), kind)
        yield owners[a], repeat


def _alike(
    found: Statements, options: DedupOptions
) -> Iterator[tuple[Pairs, Floats, NDArray[np.bool_]]]:
    """Yield pairs of statements that say the same, how alike they are, and whether in its words."""
    rows = vectors(found)
    marks = _marks(found)
    names = found.kinds == NAME
    sizes = np.diff(rows.indptr)
    blocks = _by_block(found, marks[WITH_NAME])
    least = min(options.related, options.repeated)
    for every in _candidates(rows, found.foreign, least):
        products = rows[every[:, 0]].multiply(rows[every[:, 1]])
        size, both = sizes[every], np.diff(products.indptr)
        enough = size.min(axis=1) >= _LEAST_WORDS
        alike, overlap = row_sums(products), both / np.maximum(size.sum(axis=1) - both, 1)
        foreign = found.foreign[every[:, 0]] != found.foreign[every[:, 1]]
        worth = foreign | (alike >= WITH_NAMES)
        worth |= enough & (overlap >= least)
        pairs, common = every[worth], products[worth]
        cosine, jaccard, enough = alike[worth], overlap[worth], enough[worth]
        shared = {needed: _marked(common, mark) > 0 for needed, mark in marks.items()}
        repeated = enough & (jaccard >= options.repeated)
        related = enough & (jaccard >= options.related)
        for cosine_needed, has in shared.items():
            related |= (cosine >= cosine_needed) & has
        many = _marked(common, names) >= MANY
        related |= shared[WITH_RARE_NAME] & many & (cosine >= WITH_NAMES)
        related |= _across_languages(foreign[worth] & shared[WITH_NAME], pairs, blocks)
        similarity = np.where(repeated, jaccard, np.maximum(cosine, jaccard))
        either = repeated | related
        yield pairs[either], similarity[either], repeated[either]


def _marks(found: Statements) -> dict[float, NDArray[np.bool_]]:
    """Return which terms make a fact, by the cosine that is needed beside one."""
    frequency, rows = document_frequency(found.terms), found.terms.shape[0]
    name = found.kinds == NAME
    return {
        WITH_NUMBER: found.kinds == NUMBER,
        WITH_YEAR: found.kinds == YEAR,
        WITH_RARE_NAME: name & (frequency <= max(RARE_NAME * rows, 3.0)),
        WITH_NAME: name & (frequency <= max(KNOWN_NAME * rows, 3.0)),
    }


def _marked(common: Matrix, marked: NDArray[np.bool_]) -> Floats:
    """Return how many of the terms that each pair has in common are marked."""
    return sums(marked[common.indices].astype(np.float64), common.indptr)


def _by_block(found: Statements, names: NDArray[np.bool_]) -> Matrix:
    """Return which of the names stand on the line of each statement."""
    rows = np.arange(len(found.block))
    member = sparse.csr_matrix((np.ones(len(rows)), (found.block, rows)), (len(rows), len(rows)))
    result = sparse.csr_matrix(member @ (found.terms @ sparse.diags(names.astype(np.float64))))
    result.eliminate_zeros()
    result.data = np.ones_like(result.data)
    return result[found.block]


def _across_languages(near: NDArray[np.bool_], pairs: Pairs, blocks: Matrix) -> NDArray[np.bool_]:
    """Tell which pairs of a sentence in a script without capitals and one with them share names.

    No other word can be the same, so one name must stand in the sentence (`near`), two in its
    paragraph.
    """
    result = near.copy()
    one, other = pairs[near].T
    result[near] = row_sums(blocks[one].multiply(blocks[other])) >= 2
    return result


def _candidates(rows: Matrix, foreign: NDArray[np.bool_], least: float) -> Iterator[I64]:
    """Yield the pairs of rows that share enough of their rarer terms to be alike.

    What the other terms can add at most to the cosine and to the Jaccard (`least`) is bounded by
    how long and how many they are in each of the two (Cauchy, Schwarz): most pairs need no look.
    """
    rare = document_frequency(rows) <= _COMMON_TERM
    cut = sparse.csr_matrix(rows[:, np.flatnonzero(rare)])
    turned, ones = sparse.csr_matrix(cut.T), _ones(cut)
    turned_ones, sizes = _ones(turned), np.diff(rows.indptr)
    rest = np.where(rare[rows.indices], 0.0, rows.data)
    norms, others = np.sqrt(sums(rest * rest, rows.indptr)), sizes - np.diff(cut.indptr)
    for at in range(0, rows.shape[0], _ROWS):
        product = (cut[at : at + _ROWS] @ turned).tocoo()
        both = (ones[at : at + _ROWS] @ turned_ones).data
        kept = (product.data >= _LEAST) & (product.row + at < product.col)
        a, b = product.row[kept].astype(np.int64) + at, product.col[kept].astype(np.int64)
        most = both[kept] + np.minimum(others[a], others[b])
        worth = product.data[kept] + norms[a] * norms[b] >= WITH_NAMES - _SLACK
        worth |= most >= (least - _SLACK) * (sizes[a] + sizes[b] - most)
        worth |= foreign[a] != foreign[b]
        yield np.stack([a[worth], b[worth]], axis=1)


def _ones(matrix: Matrix) -> Matrix:
    """Return the matrix with ones for its values."""
    ones = np.ones(len(matrix.data), dtype=np.int32)
    return sparse.csr_matrix((ones, matrix.indices, matrix.indptr), shape=matrix.shape)
