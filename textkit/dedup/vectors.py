"""Sparse vectors of documents: terms with weights, as rows of a matrix.

A term's weight says how rare it is. In a corpus of five texts that can't be counted, so some
made-up documents are counted with them, in which function words are common and others are not:
they decide while the corpus is small and drown when it is large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textkit.dedup.features import shingles
from textkit.dedup.tokens import I64, U64, find_tokens, word_hash

PRIOR_DOCUMENTS = 20.0
PRIOR_FUNCTION_WORD = 0.5  # share of the made-up documents that hold it
PRIOR_OTHER = 0.02
Floats = NDArray[np.float64]
Matrix = sparse.csr_matrix


@cache
def function_words() -> U64:
    """Return the hashes (upper half) of the function words of the languages that sumy knows."""
    folder = files("sumy").joinpath("data", "stopwords")
    texts = [f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".txt")]
    found = {word for text in texts for word in find_tokens(text) if word[0].isalnum()}
    return np.unique(np.array([word_hash(word) >> 32 for word in found], dtype=np.uint64))


def counts(terms: NDArray[np.generic], starts: I64) -> tuple[Matrix, NDArray[np.generic]]:
    """Return how often each document has each term, and the terms that the columns stand for."""
    known, columns = np.unique(terms, return_inverse=True)
    ones = np.ones(len(terms), dtype=np.float32)
    shape = (len(starts) - 1, max(len(known), 1))
    matrix = sparse.csr_matrix((ones, columns.astype(np.int32), starts), shape=shape)
    matrix.sum_duplicates()
    return matrix, known


def document_frequency(matrix: Matrix) -> Floats:
    """Return how many rows have each column."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.float64)


def rarity(frequency: Floats, documents: int, prior: Floats | float = PRIOR_OTHER) -> Floats:
    """Return the weight of terms by the share of documents that have them (Sparck Jones, 1972)."""
    everything = documents + PRIOR_DOCUMENTS + 1.0
    return np.log(everything / (frequency + PRIOR_DOCUMENTS * prior + 1.0)) + 0.05


@dataclass(frozen=True)
class Base:
    """What was counted before: documents that are not all at hand, and how many have a term."""

    documents: int
    rows: int  # so many of the first rows are among them
    words: Callable[[NDArray[np.uint64]], Floats]
    facts: Callable[[Sequence[str]], Floats]


def frequencies(
    matrix: Matrix,
    base: Base | None,
    counted: Callable[[Base], Floats],
    single: I64 | None = None,
) -> tuple[Floats, int]:
    """Return in how many documents each term stands, and how many documents there are.

    Of copies only one counts (`single`): what ten thousand copies share is still rare.
    """
    if base is None:
        one = matrix if single is None else matrix[single]
        return np.maximum(document_frequency(one), 1.0), one.shape[0]
    new = document_frequency(matrix[base.rows :])
    return new + counted(base), matrix.shape[0] - base.rows + base.documents


@dataclass(frozen=True)
class WordVectors:
    """Unit rows of log-scaled counts times rarity of words, and what is needed to make more."""

    rows: Matrix
    known: NDArray[np.uint32]  # the word of each column
    weights: Floats

    def of(self, words: NDArray[np.uint32]) -> Matrix:
        """Return the unit row of some words of the corpus."""
        columns, count = np.unique(np.searchsorted(self.known, words), return_counts=True)
        data = (1.0 + np.log(count)) * self.weights[columns]
        row = (data, (np.zeros(len(columns), dtype=np.int32), columns))
        return unit_rows(sparse.csr_matrix(row, shape=(1, self.rows.shape[1])))


def tfidf(
    words: NDArray[np.uint32], starts: I64, base: Base | None = None, single: I64 | None = None
) -> WordVectors:
    """Return the vectors of documents by their words."""
    matrix, known = counts(words, starts)
    common = np.isin(known.astype(np.uint64), function_words())
    prior = np.where(common, PRIOR_FUNCTION_WORD, PRIOR_OTHER)
    prior = np.resize(prior, matrix.shape[1])
    frequency, documents = frequencies(
        matrix, base, lambda b: np.resize(b.words(known.astype(np.uint64)), matrix.shape[1]), single
    )
    weights = rarity(frequency, documents, prior)
    matrix.data = (1.0 + np.log(matrix.data)) * weights[matrix.indices]
    return WordVectors(unit_rows(matrix), known.astype(np.uint32), weights)


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the matrix with each row scaled to length 1; empty rows stay."""
    norms = np.sqrt(row_sums(matrix.multiply(matrix)))
    return sparse.csr_matrix(sparse.diags(1.0 / np.where(norms > 0, norms, 1.0)) @ matrix)


def row_sums(matrix: Matrix) -> Floats:
    """Return the sums of the rows."""
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()


def shingle_sets(
    words: NDArray[np.uint32], starts: I64, size: int, single: I64 | None = None
) -> Matrix:
    """Return which runs of `size` words each document has, as weights by their rarity."""
    hashes, at = shingles(words.astype(np.uint64), starts, size)
    matrix, _ = counts(hashes, at)
    one = matrix if single is None else matrix[single]
    weights = rarity(np.maximum(document_frequency(one), 1.0), one.shape[0])
    matrix.data = weights[matrix.indices]
    return matrix


def shared(left: Matrix, right: Matrix) -> Floats:
    """Return, row by row, the sum of the products of the two rows."""
    return row_sums(left.multiply(right))
