"""How alike a few articles are: cosine of TF-IDF vectors over words and pairs of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log, sqrt

from textkit.text.words import words

MOST_WORDS = 20_000  # of one article


def matrix(texts: Iterable[str]) -> list[list[float]]:
    """Return the similarities of all pairs, from 0 to 1.

    >>> [[round(s, 1) for s in row] for row in matrix(["a deal", "a deal", "rain"])]
    [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    counts = [_terms(text) for text in texts]
    number = len(counts)
    seen: Counter[str] = Counter(term for terms in counts for term in terms)
    vectors = [_vector(terms, seen, number) for terms in counts]
    result = [[0.0] * number for _ in range(number)]
    for a in range(number):
        for b in range(a + 1):
            result[a][b] = result[b][a] = _cosine(vectors[a], vectors[b])
    return result


def _terms(text: str) -> Counter[str]:
    found = words(text[: MOST_WORDS * 12])[:MOST_WORDS]
    terms = Counter(found)
    terms.update(f"{a} {b}" for a, b in pairwise(found))
    return terms


def _vector(terms: Counter[str], seen: Counter[str], number: int) -> dict[str, float]:
    weights = {
        term: (1 + log(count)) * log((1 + number) / seen[term]) for term, count in terms.items()
    }
    norm = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / norm for term, weight in weights.items()}


def _cosine(one: dict[str, float], two: dict[str, float]) -> float:
    if len(two) < len(one):
        one, two = two, one
    return min(1.0, sum((w * two[term] for term, w in one.items() if term in two), 0.0))


def closest(similarities: Sequence[Sequence[float]]) -> list[tuple[float, int, int]]:
    """Return the pairs, the most alike first."""
    number = len(similarities)
    return sorted(
        ((similarities[a][b], b, a) for a in range(number) for b in range(a)), reverse=True
    )
