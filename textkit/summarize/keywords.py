"""Keywords: the words and pairs of words that a text is about, by the ranker's own weights."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from textkit.summarize.centroid import CORPUS, term_weights, weighted
from textkit.summarize.matrix import column_sums, features, term_matrix
from textkit.summarize.options import SummarizeOptions
from textkit.summarize.units import Pool
from textkit.text.terms import surface_terms


def with_keywords(extra: dict[str, Any], pool: Pool, options: SummarizeOptions) -> dict[str, Any]:
    """Return the fields with `keywords` added, where they are wanted."""
    if not options.keywords:
        return extra
    return {**extra, "keywords": keywords(pool, options.keywords)}


def keywords(pool: Pool, number: int) -> list[str]:
    """Return the `number` most important words and pairs, best first, as the text spells them.

    Of a pair and its words only the one that weighs more is kept.
    """
    units = pool.candidates
    if not units or number <= 0:
        return []
    matrix = term_matrix(units)
    even = np.ones(len(units))
    weights = column_sums(weighted(matrix, term_weights(matrix, CORPUS.pair)), even)
    counts = column_sums(matrix.counts, even)
    weights = np.where(matrix.is_pair & (counts < 2), 0, weights)
    spelled = _spellings(pool)
    best: list[str] = []
    used: set[str] = set()
    for column in np.argsort(-weights, kind="stable"):
        term = matrix.terms[column]
        if len(best) >= number or weights[column] <= 0:
            break
        if used.isdisjoint(term.split(" ")) and any(char.isalpha() for char in term):
            used.update(term.split(" "))
            best.append(spelled.get(term, term))
    return best


def _spellings(pool: Pool) -> dict[str, str]:
    """The commonest form of each term."""
    forms: dict[str, Counter[str]] = {}
    for unit in pool.candidates:
        surface = surface_terms(unit.text, pool.langs[unit.doc])
        for term, form in zip(
            features([term for term, _ in surface]),
            features([form for _, form in surface]),
            strict=True,
        ):
            forms.setdefault(term, Counter())[form] += 1
    return {term: max(sorted(found), key=found.__getitem__) for term, found in forms.items()}
