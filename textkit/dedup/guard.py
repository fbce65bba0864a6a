"""The merge guard: pages that hold several stories join none of them.

A page that holds two articles is close to both, and would make one cluster of all their copies:
the worst error that de-duplication makes.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.options import DedupOptions
from textkit.dedup.verify import Scores, Verifier

SMALLER = 0.85  # of the page's words; what is longer is a copy, no part
LEAST_PART = 0.15  # of the page's words; what is shorter is a quotation
UNRELATED = 0.08  # cosine of two documents that have nothing to do with each other
UNRELATED_APART = 0.25  # the same, of parts that fill the page and share nothing
FILLED = 0.75  # share of the page's stretches
COVERED = 0.40


def held_parts(
    scores: Scores, sizes: NDArray[np.int64], options: DedupOptions
) -> dict[int, list[int]]:
    """Return, for each document, the shorter ones that it holds as parts."""
    held: dict[int, list[int]] = defaultdict(list)
    enough = (scores.containment >= options.containment) | (scores.spread >= options.spread)
    for first, second in scores.pairs[enough].tolist():
        page, part = (first, second) if sizes[first] > sizes[second] else (second, first)
        if LEAST_PART * sizes[page] <= sizes[part] <= SMALLER * sizes[page]:
            held[page].append(part)
    return {page: sorted(parts) for page, parts in held.items()}


def merge_pages(scores: Scores, verifier: Verifier, options: DedupOptions) -> dict[int, list[int]]:
    """Return the pages that hold two or more unrelated stories, and what they hold."""
    held = held_parts(scores, verifier.sizes, options)
    return {page: parts for page, parts in held.items() if _is_merge(page, parts, verifier)}


def _is_merge(page: int, parts: list[int], verifier: Verifier) -> bool:
    if len(parts) < 2:
        return False
    pairs = np.array([(a, b) for a in parts for b in parts if a < b])
    cosines = verifier.cosine(pairs)
    for (a, b), cosine in zip(pairs.tolist(), cosines, strict=True):
        if cosine < UNRELATED_APART and _fill(page, a, b, float(cosine), verifier):
            return True
    return False


def _fill(page: int, a: int, b: int, cosine: float, verifier: Verifier) -> bool:
    """Do two parts stand side by side on the page, without overlap?"""
    in_a, in_b = verifier.hits(page, a), verifier.hits(page, b)
    both, either = (in_a & in_b).mean(), (in_a | in_b).mean()
    if both > 0.15:
        return False
    return bool(either >= FILLED or (cosine < UNRELATED and either >= COVERED))
