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
    """Return scores that favour sentences with the query's words, the rarer ones more.

    The query is read in every language of the documents. Where no sentence has a word of it, the
    scores stay as they are.
    """
    matrix = term_matrix(units, pairs=False)
    rows = unit_rows(weighted(matrix, term_weights(matrix, 1.0)))
    index = {term: column for column, term in enumerate(matrix.terms)}
    wanted = np.zeros(len(index))
    idf = term_weights(matrix, 1.0)
    for lang in dict.fromkeys(pool.langs):
        for term in terms(words(query), lang):
            if term in index:
                wanted[index[term]] = idf[index[term]]
    near = rows.times(wanted / (np.linalg.norm(wanted) or 1))
    near = near / (near.max(initial=0) or 1)
    return np.asarray((scores + NEARNESS * near) / (1 + NEARNESS))
