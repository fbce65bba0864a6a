"""The merge guard: pages that hold several stories join none of them.

A page that holds two articles is close to both, and would make one cluster of all their copies:
the worst error that de-duplication makes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.near.verify import Scores, Verifier
from textkit.dedup.options import DedupOptions

WHOLE = 0.85  # share of the page's stretches; what has more of them is a copy of the page, no part
LEAST_PART = 0.15  # share of the page's stretches; what has less is a quotation
LONGEST_PART = 1.5  # of the page's words
UNRELATED = 0.10  # cosine of texts that have nothing to do with each other
UNRELATED_APART = 0.25  # the same, of shorter parts that fill the page
RELATED_REST = 0.35  # cosine of a part with the rest of its page: one story
FILLED = 0.75  # share of the page's stretches
COVERED = 0.30
HELD = 0.40  # share of a part's 3-grams that the page has
OVERLAP = 0.20
MOST_PARTS = 40  # of a page; more say nothing new
LEAST_OF_MANY = 0.02  # share of the page's words and stretches; of so small parts many are needed
MANY, MET = 3, 0.50  # parts side by side, and what others may have of the stretches of one
# Cosine that none of them has with another, and what they fill of the page at least.
DIGESTS = ((UNRELATED, 0.30), (UNRELATED_APART, FILLED), (0.40, 0.90))


def held_parts(
    scores: Scores, sizes: NDArray[np.int64], options: DedupOptions
) -> dict[int, list[int]]:
    """Return, for each document, the shorter ones that it holds as parts."""
    enough = (scores.containment >= HELD) | (scores.coverage >= options.coverage)
    chosen = scores.only(enough)
    page, part = np.concatenate([chosen.pairs, chosen.pairs[:, ::-1]]).T
    share = np.concatenate([chosen.first_held, chosen.second_held])
    size = sizes[part] / sizes[page]
    fits = (size >= LEAST_OF_MANY) & (size <= LONGEST_PART) & (share <= WHOLE)
    page, part = page[fits], part[fits]
    order = np.lexsort((part, page))
    pages, starts = np.unique(page[order], return_index=True)
    held = zip(pages.tolist(), np.split(part[order], starts[1:]), strict=True)
    return {page: parts.tolist() for page, parts in held if len(parts) > 1} if len(pages) else {}


def merge_pages(scores: Scores, verifier: Verifier, options: DedupOptions) -> dict[int, list[int]]:
    """Return the pages that hold two or more unrelated stories, and what they hold."""
    held = held_parts(scores, verifier.sizes, options)
    return {page: parts for page, parts in held.items() if _is_merge(page, parts, verifier)}


def _is_merge(page: int, parts: list[int], verifier: Verifier) -> bool:
    hits = {part: verifier.covered(page, part) for part in parts[:MOST_PARTS]}
    some = [part for part in hits if LEAST_PART <= hits[part].mean() <= WHOLE]
    rest = {part: verifier.cosine_to_rest(part, page, hits[part]) for part in some}
    own = [part for part in some if rest[part] < RELATED_REST]
    pairs = np.array([(a, b) for a in own for b in own if a < b], dtype=np.int64).reshape(-1, 2)
    for (a, b), cosine in zip(pairs.tolist(), verifier.cosine(pairs).tolist(), strict=True):
        either, both = (hits[a] | hits[b]).mean(), (hits[a] & hits[b]).mean()
        longest = max(verifier.sizes[a], verifier.sizes[b]) / verifier.sizes[page]
        filled = either >= FILLED and longest <= WHOLE
        if both > OVERLAP or either < COVERED:
            continue
        if max(cosine, rest[a], rest[b]) < UNRELATED or (filled and cosine < UNRELATED_APART):
            return True
    return any(_is_digest(hits, verifier, alike, least) for alike, least in DIGESTS)


def _is_digest(
    hits: dict[int, NDArray[np.bool_]], verifier: Verifier, alike: float, least: float
) -> bool:
    """Does a page hold many parts, side by side, that have little to do with each other?

    The less they have (`alike`, a cosine), the less of the page they need to fill.
    """
    taken: list[int] = []
    filled = np.zeros_like(next(iter(hits.values())))
    for part in sorted(hits, key=lambda part: (-hits[part].sum(), part)):
        hit = hits[part]
        fits = LEAST_OF_MANY <= hit.mean() <= WHOLE
        if not fits or (hit & filled).sum() > MET * hit.sum():
            continue
        pairs = np.array([sorted((part, other)) for other in taken]).reshape(-1, 2)
        if not len(pairs) or verifier.cosine(pairs).max() < alike:
            taken.append(part)
            filled |= hit
    return len(taken) >= MANY and float(filled.mean()) >= least
