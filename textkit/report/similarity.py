"""How alike a few articles are: half by their words and pairs of words, half by their figures.

Both are cosines of TF-IDF vectors. Articles on one topic share most of their words; those on one
event share its figures, which words alone would drown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log, sqrt

from textkit.dedup.story.amounts import numbers
from textkit.text.words import words

MOST_WORDS = 20_000  # of one article


def matrix(texts: Iterable[str]) -> list[list[float]]:
    """Return the similarities of all pairs, from 0 to 1.

    >>> [[round(s, 1) for s in row] for row in matrix(["a deal of $5", "a deal of $5", "rain"])]
    [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    both = [(_words(text), Counter(numbers(text))) for text in texts]
    of_words, of_figures = (_cosines([pair[n] for pair in both]) for n in (0, 1))
    return [
        [w if not (both[a][1] or both[b][1]) else (w + f) / 2
         for b, (w, f) in enumerate(zip(row, figures, strict=True))]
        for a, (row, figures) in enumerate(zip(of_words, of_figures, strict=True))
    ]  # fmt: skip


def _words(text: str) -> Counter[str]:
    found = words(text[: MOST_WORDS * 12])[:MOST_WORDS]
    terms = Counter(found)
    terms.update(f"{a} {b}" for a, b in pairwise(found))
    return terms


def _cosines(counts: Sequence[Counter[str]]) -> list[list[float]]:
    seen: Counter[str] = Counter(term for terms in counts for term in terms)
    vectors = [_vector(terms, seen, len(counts)) for terms in counts]
    result = [[0.0] * len(counts) for _ in counts]
    for a, one in enumerate(vectors):
        for b in range(a + 1):
            result[a][b] = result[b][a] = _cosine(one, vectors[b])
    return result


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
