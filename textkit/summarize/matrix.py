"""Sentences as rows of a sparse matrix over their words and pairs of neighbouring words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from textkit.summarize.units import Unit

Vector = npt.NDArray[np.float64]


class TermMatrix(NamedTuple):
    """Counts of terms by sentence."""

    counts: Any  # scipy's csr_matrix, sentences by terms
    terms: list[str]  # a pair has a blank in it
    is_pair: npt.NDArray[np.bool_]


def term_matrix(
    units: Sequence[Unit], pairs: bool = True, known: Sequence[str] | None = None
) -> TermMatrix:
    """Return how often each sentence has each content word, and each pair of them.

    Where `known` terms are given, the columns are these, and other terms are left out.
    """
    index = {term: column for column, term in enumerate(known or ())}
    starts = [0]
    columns: list[int] = []
    counts: list[int] = []
    for unit in units:
        found = Counter(features(unit.terms, pairs))
        if known is not None:
            found = Counter({term: count for term, count in found.items() if term in index})
        columns += [index.setdefault(term, len(index)) for term in found]
        counts += found.values()
        starts.append(len(columns))
    matrix = sparse.csr_matrix(
        (np.array(counts, np.float64), np.array(columns, np.int32), np.array(starts, np.int64)),
        shape=(len(units), len(index)),
    )
    return TermMatrix(matrix, list(index), np.array([" " in term for term in index], bool))


def features(terms: Sequence[str], pairs: bool = True) -> list[str]:
    """Return words, and pairs of neighbouring content words.

    >>> features(["new", "chip"])
    ['new', 'chip', 'new chip']
    """
    if not pairs:
        return list(terms)
    return [*terms, *(f"{a} {b}" for a, b in pairwise(terms))]


def unit_rows(matrix: Any) -> Any:
    """Return the matrix with rows of length one; empty rows stay empty."""
    lengths = np.sqrt(row_sums(matrix, matrix.data**2))
    return scaled_rows(matrix, 1 / np.where(lengths > 0, lengths, 1))


def row_sums(matrix: Any, data: Vector) -> Vector:
    """Return the sum of each row, of other data in the place of the matrix's."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.asarray(np.bincount(rows, data, matrix.shape[0]), np.float64)


def column_sums(matrix: Any, weights: Vector) -> Vector:
    """Return the sum of each column, the rows weighted."""
    data = matrix.data * np.repeat(weights, np.diff(matrix.indptr))
    return np.asarray(np.bincount(matrix.indices, data, matrix.shape[1]), np.float64)


def scaled_rows(matrix: Any, factors: Vector) -> Any:
    """Return the matrix with each row multiplied."""
    scaled = matrix.copy()
    scaled.data *= np.repeat(factors, np.diff(matrix.indptr))
    return scaled


def row_maxima(matrix: Any) -> Vector:
    """Return the largest value of each row of a matrix without negative ones."""
    found = np.zeros(matrix.shape[0])
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        found[filled] = np.maximum.reduceat(matrix.data, matrix.indptr[filled])
    return found
