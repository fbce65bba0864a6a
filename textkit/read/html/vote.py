"""The vote: the candidate that the others agree with most."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from textkit.text.words import words


def shingles(text: str) -> Counter[tuple[str, str]]:
    """Return the pairs of neighbouring words, with how often each occurs."""
    return Counter(pairwise(words(text)))


def similarity(a: Counter[tuple[str, str]], b: Counter[tuple[str, str]]) -> float:
    """Return how much two texts share, from 0 to 1 (Dice, on shingles)."""
    total = a.total() + b.total()
    return 2.0 * (a & b).total() / total if total else 1.0


def medoid(texts: dict[str, str]) -> tuple[str, float]:
    """Return the name of the text most like the others, and its mean similarity to them.

    Of equal ones the first wins, so the order of `texts` is the order of trust.
    """
    filled = {name: shingles(text) for name, text in texts.items() if text.strip()}
    if not filled:
        return next(iter(texts)), 0.0
    if len(filled) == 1:
        return next(iter(filled)), 1.0 if len(texts) == 1 else 0.0
    means = {
        name: sum(similarity(mine, other) for n, other in filled.items() if n != name)
        / (len(filled) - 1)
        for name, mine in filled.items()
    }
    best = max(means, key=lambda name: round(means[name], 6))
    return best, means[best]
