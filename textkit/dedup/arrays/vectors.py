"""Sparse vectors of documents: terms with weights, as rows of a matrix.

A term's weight says how rare it is. In a corpus of five texts that can't be counted, so some
made-up documents are counted with them, in which function words are common and others are not:
they decide while the corpus is small and drown when it is large.

Columns are in the order of their terms' hashes, whatever they are numbered: so the figures of a
pair are the same, bit for bit, whatever other documents are at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textkit.dedup.arrays.frequencies import Floats, Frequencies, chunks
from textkit.dedup.arrays.sorting import distinct, heads, places, tally
from textkit.dedup.signatures.features import Features
from textkit.dedup.signatures.tokens import I64, U64, Pairs, find_tokens, word_hash

PRIOR_DOCUMENTS = 20.0
PRIOR_FUNCTION_WORD = 0.5  # share of the made-up documents that hold it
PRIOR_OTHER = 0.02
Matrix = sparse.csr_matrix
_VALUES = 1 << 22  # of rows that are compared at once
_LONG = 1 << 14  # columns of a row that others are looked up in


@cache
def function_words() -> U64:
    """Return the hashes (upper half) of the function words of the languages that sumy knows."""
    folder = files("sumy").joinpath("data", "stopwords")
    texts = [f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".txt")]
    found = {word for text in texts for word in find_tokens(text) if word[0].isalnum()}
    return distinct(np.array([word_hash(word) >> 32 for word in found], dtype=np.uint64))


def document_frequency(matrix: Matrix) -> Floats:
    """Return how many rows have each column."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.float64)


def rarity(frequency: Floats, documents: int, prior: Floats | float = PRIOR_OTHER) -> Floats:
    """Return the weight of terms by the share of documents that have them (Sparck Jones, 1972)."""
    everything = documents + PRIOR_DOCUMENTS + 1.0
    return np.log(everything / (frequency + PRIOR_DOCUMENTS * prior + 1.0)) + 0.05


@dataclass(frozen=True)
class WordVectors:
    """Unit rows of log-scaled counts times rarity of words, and what is needed to make more."""

    rows: Matrix
    known: NDArray[np.uint32]  # the word of each column
    weights: Floats

    def cosine(self, row: int, words: NDArray[np.uint32]) -> float:
        """Return the cosine of a row and some words of the corpus."""
        found, count = tally(words)
        columns = np.searchsorted(self.known, found)
        data = (1.0 + np.log(count)) * self.weights[columns]
        norm = np.sqrt(np.add.reduce(data * data))
        own = slice(*self.rows.indptr[row : row + 2])
        at, there = places(self.rows.indices[own], columns)
        products = self.rows.data[own][at[there]] * (data[there] * (1.0 / (norm or 1.0)))
        return float(np.add.reduce(products))


def word_weights(words: NDArray[np.uint32], frequencies: Frequencies) -> Floats:
    """Return the weight of some words, which come in order."""
    common = places(function_words(), words.astype(np.uint64))[1]
    prior = np.where(common, PRIOR_FUNCTION_WORD, PRIOR_OTHER)
    return rarity(frequencies.of(words), frequencies.documents, prior)


def word_vectors(features: Features, frequencies: Frequencies) -> WordVectors:
    """Return the vectors of documents by their words."""
    known = distinct(features.words)
    matrix = word_counts(features, known)
    weights = word_weights(known, frequencies)
    matrix.data = scaled(matrix, weights)
    return WordVectors(unit_rows(matrix), known, weights)


def scaled(counts: Matrix, weights: Floats) -> Floats:
    """Return the values of a matrix of counts, log-scaled and weighted."""
    result: Floats = 1.0 + np.log(counts.data.astype(np.float32))
    return result * weights[counts.indices]


def word_counts(features: Features, known: NDArray[np.uint32]) -> Matrix:
    """Return how often each document has each of some words, which come in order."""
    columns, times, sizes = [np.zeros(0, np.int32)], [np.zeros(0, np.uint16)], [np.zeros(1, int)]
    for some in chunks(features, np.arange(len(features))):
        owners = np.repeat(np.arange(len(some), dtype=np.uint64), some.sizes)
        keys = np.sort((owners << np.uint64(32)) | some.words)
        first = np.flatnonzero(heads(keys))
        at, there = places(known, keys[first].astype(np.uint32))
        count = np.diff(np.append(first, len(keys)))
        columns.append(at[there].astype(np.int32))
        times.append(count[there].astype(np.min_scalar_type(int(count.max(initial=0)))))
        sizes.append(np.bincount(keys[first[there]] >> np.uint64(32), minlength=len(some)))
    return _matrix(columns, times, sizes, len(known))


def _matrix(columns: list, times: list, sizes: list, width: int) -> Matrix:  # type: ignore[type-arg]
    starts = np.cumsum(np.concatenate(sizes))
    parts = (np.concatenate(times), np.concatenate(columns), starts)
    return sparse.csr_matrix(parts, shape=(len(starts) - 1, max(width, 1)))


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the matrix with each row scaled to length 1; empty rows stay. Its values change."""
    norms = np.sqrt(sums(matrix.data * matrix.data, matrix.indptr))
    scale = 1.0 / np.where(norms > 0, norms, 1.0)
    matrix.data *= np.repeat(scale, np.diff(matrix.indptr))
    return matrix


def row_sums(matrix: Matrix) -> Floats:
    """Return the sums of the rows."""
    return sums(matrix.data, matrix.indptr)


def sums(values: Floats, starts: NDArray[np.integer]) -> Floats:
    """Return the sums of stretches of values; that of a stretch depends on nothing beside it."""
    result = np.zeros(len(starts) - 1)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        result[filled] = np.add.reduceat(values, starts[filled])
    return result


def shared(left: Matrix, right: Matrix) -> Floats:
    """Return, row by row, the sum of the products of the two rows."""
    return row_sums(left.multiply(right))


def shared_of(rows: Matrix, pairs: Pairs, weights: Floats | None = None) -> Floats:
    """Return the sum of the products of the two rows of each pair.

    With `weights` of the columns, the rows are sets and the sum is that of the weights of what
    both have. As many pairs are taken at once as the memory for their rows allows; what is paired
    with a very long row is looked up in it.
    """
    result = np.zeros(len(pairs))
    sizes = np.diff(rows.indptr)[pairs]
    long = sizes.max(axis=1) > _LONG
    for page in distinct(pairs[long][sizes[long] > _LONG]).tolist():
        at = np.flatnonzero(long & (pairs == page).any(axis=1))
        others = pairs[at].sum(axis=1) - page
        result[at] = _shared_with(rows, page, others, weights)
    short = np.flatnonzero(~long)
    ends = np.cumsum(sizes[short].sum(axis=1))
    bounds = np.searchsorted(ends, np.arange(_VALUES, ends[-1] if len(ends) else 0, _VALUES))
    for at in np.split(short, distinct(bounds)):
        left, right = rows[pairs[at, 0]], rows[pairs[at, 1]]
        if weights is not None:
            left.data = weights[left.indices]
        result[at] = shared(left, right)
    return result


def _shared_with(rows: Matrix, page: int, others: I64, weights: Floats | None) -> Floats:
    """Return the sum of the products of one row and each of some others, one by one."""
    own = slice(*rows.indptr[page : page + 2])
    values = np.zeros(rows.shape[1])
    columns = rows.indices[own]
    values[columns] = rows.data[own] if weights is None else weights[columns]
    result = np.zeros(len(others))
    for at, other in enumerate(others.tolist()):
        some = slice(*rows.indptr[other : other + 2])
        products = values[rows.indices[some]]
        if weights is None:
            products = products * rows.data[some]
        products = products[products > 0]
        result[at] = sums(products, np.array([0, len(products)]))[0]
    return result
