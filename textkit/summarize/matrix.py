"""Sentences as rows of a sparse matrix over their words and pairs of neighbouring words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import count, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textkit.summarize.units import Unit

Vector = npt.NDArray[np.float64]


class Rows(NamedTuple):
    """A sparse matrix row by row, as scipy's `csr_matrix` has it.

    For a document's twenty sentences scipy's checks of its arguments take longer than its sums.
    """

    data: Vector
    indices: npt.NDArray[np.int32]  # the column of each value
    owners: npt.NDArray[np.intp]  # the row of each value
    indptr: npt.NDArray[np.int64]  # where each row starts, and the end
    columns: int

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.indptr) - 1

    def times(self, vector: Vector) -> Vector:
        """Return the product with a vector."""
        return row_sums(self, self.data * vector.take(self.indices))

    def sparse(self) -> Any:
        """Return the matrix as scipy's."""
        from scipy import sparse

        shape = (self.height, self.columns)
        return sparse.csr_matrix((self.data, self.indices, self.indptr), shape=shape)


class TermMatrix(NamedTuple):
    """Counts of terms by sentence."""

    counts: Rows  # sentences by terms
    terms: list[str]  # a pair has a blank in it
    is_pair: npt.NDArray[np.bool_]


def term_matrix(
    units: Sequence[Unit], pairs: bool = True, known: Sequence[str] | None = None
) -> TermMatrix:
    """Return how often each sentence has each content word, and each pair of them.

    Where `known` terms are given, the columns are these, and other terms are left out.
    """
    given = known or ()
    index = defaultdict[str, int](count(len(given)).__next__, zip(given, count()))
    starts = [0]
    columns: list[int] = []
    counts: list[int] = []
    for unit in units:
        found: dict[str, int] = {}
        for term in features(unit.terms, pairs):
            if known is None or term in index:
                found[term] = found.get(term, 0) + 1
        columns += map(index.__getitem__, found)
        counts += found.values()
        starts.append(len(columns))
    indptr = np.array(starts, np.int64)
    matrix = Rows(
        np.array(counts, np.float64),
        np.array(columns, np.int32),
        np.repeat(np.arange(len(units)), np.diff(indptr)),
        indptr,
        len(index),
    )
    return TermMatrix(matrix, list(index), np.array([" " in term for term in index], bool))


def features(terms: Sequence[str], pairs: bool = True) -> list[str]:
    """Return words, and pairs of neighbouring content words.

    >>> features(["new", "chip"])
    ['new', 'chip', 'new chip']
    """
    if not pairs:
        return list(terms)
    return [*terms, *map(" ".join, pairwise(terms))]


def unit_rows(matrix: Rows) -> Rows:
    """Return the matrix with rows of length one; empty rows stay empty."""
    lengths = np.sqrt(row_sums(matrix, matrix.data**2))
    return scaled_rows(matrix, 1 / np.where(lengths > 0, lengths, 1))


def row_sums(matrix: Rows, data: Vector) -> Vector:
    """Return the sum of each row, of other data in the place of the matrix's."""
    return np.asarray(np.bincount(matrix.owners, data, matrix.height), np.float64)


def column_sums(matrix: Rows, weights: Vector) -> Vector:
    """Return the sum of each column, the rows weighted."""
    data = matrix.data * weights.take(matrix.owners)
    return np.asarray(np.bincount(matrix.indices, data, matrix.columns), np.float64)


def scaled_rows(matrix: Rows, factors: Vector) -> Rows:
    """Return the matrix with each row multiplied."""
    return matrix._replace(data=matrix.data * factors.take(matrix.owners))


def row_maxima(matrix: Any) -> Vector:
    """Return the largest value of each row of scipy's matrix without negative values."""
    found = np.zeros(matrix.shape[0])
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        found[filled] = np.maximum.reduceat(matrix.data, matrix.indptr[filled])
    return found
