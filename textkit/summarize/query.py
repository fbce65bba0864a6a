"""Query-focused ranking: a mix of nearness to the query and the sentence's own score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textkit.summarize.centroid import term_weights, weighted
from textkit.summarize.matrix import Vector, term_matrix, unit_rows
from textkit.summarize.units import Pool, Unit
from textkit.text.terms import terms
from textkit.text.words import words

NEARNESS = 3.0  # of the query beside the score: what is about it comes first


def query_scores(query: str, pool: Pool, units: Sequence[Unit], scores: Vector) -> Vector:
    """Return scores that favour sentences about a query; as they are where none is."""
    near = query_relevance(query, pool, units)
    return np.asarray((scores + NEARNESS * near) / (1 + NEARNESS))


def query_relevance(query: str, pool: Pool, units: Sequence[Unit]) -> Vector:
    """Return how near each sentence is to a query, the nearest being 1; rare words count more.

    The query is read in every language of the documents.
    """
    matrix = term_matrix(units, pairs=False)
    idf = term_weights(matrix, 1.0)
    rows = unit_rows(weighted(matrix, idf))
    index = {term: column for column, term in enumerate(matrix.terms)}
    wanted = np.zeros(len(index))
    for lang in dict.fromkeys(pool.langs):
        for term in terms(words(query), lang):
            if term in index:
                wanted[index[term]] = idf[index[term]]
    near = rows.times(wanted / (np.linalg.norm(wanted) or 1))
    return np.asarray(near / (near.max(initial=0) or 1))
