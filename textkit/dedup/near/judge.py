"""The near level, group by group: what is connected by candidate pairs is judged by itself.

A group needs of the rest of the corpus nothing but the statistics of its terms. Groups are taken
together up to a number of words, so that the vectors of a large corpus are never there at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.frequencies import Floats
from textkit.dedup.near.candidates import heads_of
from textkit.dedup.near.clusters import clusters
from textkit.dedup.near.criteria import criteria, criterion_of
from textkit.dedup.near.digest_pages import merge_pages
from textkit.dedup.near.variants import MIN_HELD_TO_DROP, Comparison, Told, compare_facts, told
from textkit.dedup.near.verify import STRETCH, Scores, Verifier
from textkit.dedup.options import DedupOptions
from textkit.dedup.signatures.tokens import I64, Pairs
from textkit.dedup.story.key_facts import Anchors

LEAST_OWN = 3  # stretches in a row that a part of its own has: sixty words, or up to eighty
_CACHED = 1 << 9  # documents whose words are at hand
BUDGET = 1 << 21  # words of the documents that are compared at once; a larger group is never cut


@dataclass(frozen=True)
class Judged:
    """What was found among some documents; positions are their own."""

    clusters: Sequence[int]  # the first member of each document's cluster
    kept: Sequence[int]  # the document kept in each one's place; itself where it is kept
    pages: dict[int, list[int]]  # pages of several stories, and what they hold
    edges: Scores  # of the near copies
    differences: list[tuple[str, ...]]  # between the two of each edge
    criteria: list[str]  # the name of the one that each edge meets


def groups(pairs: Pairs, sizes: I64, budget: int = BUDGET) -> Iterator[tuple[I64, I64]]:
    """Yield documents in whole groups that pairs connect, and the places of their pairs.

    Documents without a pair are in none. `sizes` are in words.
    """
    if not len(pairs):
        return
    head = heads_of(pairs, len(sizes))
    words: Floats = np.bincount(head, weights=sizes, minlength=len(sizes)).astype(np.float64)
    paired = np.zeros(len(sizes), dtype=np.bool_)
    paired[pairs.ravel()] = True
    firsts = np.flatnonzero(paired & (head == np.arange(len(sizes))))
    number = np.zeros(len(sizes), dtype=np.int64)
    number[firsts] = _filled(words[firsts], budget)
    rows = np.flatnonzero(paired)
    yield from zip(
        _split(rows, number[head[rows]]),
        _split(np.arange(len(pairs)), number[head[pairs[:, 0]]]),
        strict=True,
    )


def _split(values: I64, numbers: I64) -> list[I64]:
    """Return the values of each number from 0 on, in their order."""
    order = np.argsort(numbers, kind="stable")
    return np.split(values[order], np.cumsum(np.bincount(numbers))[:-1])


def _filled(words: Floats, budget: int) -> list[int]:
    """Number groups so that those of one number have at most so many words, or are but one."""
    result, number, filled = [], 0, 0.0
    for size in words.tolist():
        if filled and filled + size > budget:
            number, filled = number + 1, 0.0
        filled += size
        result.append(number)
    return result


def judge(
    verifier: Verifier,
    scores: Scores,
    facts_of: Callable[[int], Anchors],
    options: DedupOptions,
) -> Judged:
    """Return the near copies among documents that no candidate pair connects with any other."""
    row = criterion_of(scores, options)
    near = row >= 0
    near &= ~both_own(scores, near, verifier)
    compared = compare_near(scores, near, verifier, facts_of)
    near &= np.array([one is None or not one.apart for one in compared], dtype=np.bool_)
    pages = merge_pages(scores, verifier, options)
    on_page = np.isin(scores.pairs, list(pages))
    near &= on_page[:, 0] == on_page[:, 1]
    edges, chosen = scores.only(near), np.flatnonzero(near).tolist()
    found = clusters(edges, verifier)
    some = [compared[at] or _ALIKE for at in chosen]
    kept = survivors(edges, some, found)
    names = [criterion.name for criterion in criteria(options)]
    return Judged(
        found, kept, pages, edges, [one.differences for one in some],
        [names[row[at]] for at in chosen],
    )  # fmt: skip


_ALIKE = Comparison(False, False, (1.0, 1.0), ())


def compare_near(
    scores: Scores,
    near: NDArray[np.bool_],
    verifier: Verifier,
    facts_of: Callable[[int], Anchors],
) -> list[Comparison | None]:
    """Return how the two texts of each near pair differ; None for the other pairs."""

    @lru_cache(_CACHED)
    def told_by(row: int) -> Told:
        return told(verifier.text(row), facts_of(row))

    result: list[Comparison | None] = [None] * len(near)
    for at in np.flatnonzero(near).tolist():
        one, other = scores.pairs[at].tolist()
        result[at] = compare_facts(told_by(one), told_by(other))
    return result


def survivors(edges: Scores, compared: Sequence[Comparison], cluster: Sequence[int]) -> list[int]:
    """Return the document that is kept in each one's place: a neighbour, or itself.

    A dominating set, taken in rank: what is dropped stands for the most part in something kept
    that says the same, however long the chain of copies is.
    """
    near: dict[int, list[tuple[float, int]]] = {}
    strength = np.round(edges.cosine, 6).tolist()
    for at, (first, second) in enumerate(edges.pairs.tolist()):
        one = compared[at]
        held = one.held[1] >= MIN_HELD_TO_DROP
        if held and not one.variant and cluster[first] == cluster[second]:
            near.setdefault(second, []).append((-strength[at], first))
    kept = list(range(len(cluster)))
    for row in range(len(cluster)):
        stays = [item for item in near.get(row, ()) if kept[item[1]] == item[1]]
        if stays:
            kept[row] = min(stays)[1]
    return kept


def both_own(scores: Scores, near: NDArray[np.bool_], verifier: Verifier) -> NDArray[np.bool_]:
    """Tell which of the near pairs have each a part that the other has nothing of.

    Two reports with one background, or two short texts in one page's furniture: whichever was
    dropped, its part would be lost. Of the 2,046 pairs of the near-copy development set that are
    near by their scores one has two such parts, and is no copy.
    """
    found = np.zeros(len(near), dtype=np.bool_)
    some = np.flatnonzero(near)
    for at in some[verifier.left(scores.pairs[some]) >= LEAST_OWN * STRETCH // 2].tolist():
        one, other = scores.pairs[at].tolist()
        own = verifier.own_stretch(one, other)
        found[at] = own >= LEAST_OWN and verifier.own_stretch(other, one) >= LEAST_OWN
    return found
