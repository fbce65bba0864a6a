"""The near level, group by group: what is connected by candidate pairs is judged by itself.

A group needs of the rest of the corpus nothing but the statistics of its terms. Groups are taken
together up to a number of words, so that the vectors of a large corpus are never there at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.frequencies import Floats
from textkit.dedup.near.candidates import heads_of
from textkit.dedup.near.clusters import clusters
from textkit.dedup.near.digest_pages import merge_pages
from textkit.dedup.near.verify import STRETCH, SURELY_KEPT, Scores, Verifier, is_near
from textkit.dedup.options import DedupOptions
from textkit.dedup.signatures.tokens import I64, Pairs
from textkit.dedup.story.key_facts import Anchors, other_subject

LEAST_OWN = 3  # stretches in a row that a part of its own has: sixty words, or up to eighty
BUDGET = 1 << 21  # words of the documents that are compared at once; a larger group is never cut


@dataclass(frozen=True)
class Judged:
    """What was found among some documents; positions are their own."""

    clusters: Sequence[int]  # the first member of each document's cluster
    pages: dict[int, list[int]]  # pages of several stories, and what they hold
    edges: Scores  # of the near copies


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
    near = is_near(scores, options)
    near &= ~(other_subjects(scores, near, facts_of) | both_own(scores, near, verifier))
    pages = merge_pages(scores, verifier, options)
    on_page = np.isin(scores.pairs, list(pages))
    edges = scores.only(near & (on_page[:, 0] == on_page[:, 1]))
    return Judged(clusters(edges, verifier), pages, edges)


def other_subjects(
    scores: Scores, near: NDArray[np.bool_], facts_of: Callable[[int], Anchors]
) -> NDArray[np.bool_]:
    """Tell which of the near pairs are reports from one template about two subjects."""
    found = np.zeros(len(near), dtype=np.bool_)
    for at in np.flatnonzero(near & (scores.containment < SURELY_KEPT)).tolist():
        one, other = scores.pairs[at].tolist()
        found[at] = other_subject(facts_of(one), facts_of(other))
    return found


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
