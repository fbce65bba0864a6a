"""The verify step: how alike the two documents of a candidate pair are, in several measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textkit.dedup.arrays.frequencies import Floats, Statistics, run_hashes
from textkit.dedup.arrays.sorting import heads, numbered, places
from textkit.dedup.arrays.vectors import Matrix, rarity, shared_of, sums, word_vectors
from textkit.dedup.near.differences import Text, text_of
from textkit.dedup.signatures.features import Features
from textkit.dedup.signatures.tokens import I64, Pairs

STRETCH = 20  # words
LEAST_RUNS = 3  # that a stretch of a page shares with what it comes from; chance gives one
LEAST_HITS = 5  # stretches
MIN_COVERAGE_COSINE, MIN_COVERAGE_CONTAINMENT = 0.33, 0.20  # without which coverage says nothing
SURELY_KEPT = 0.90  # containment that no coverage is needed beside
# Words by which the places of two shingles may differ in two texts, counted from a shingle in the
# stretch beside it. Reports of one event share shingles in most stretches too, but anywhere: of
# those that coverage alone let in, 17 of 150 were merged, with this order 2, and no copy is lost.
NEARBY = 25
_CHUNK = 1 << 13  # pairs worked on at once


@dataclass(frozen=True)
class Scores:
    """The measures of each pair of `pairs`."""

    pairs: Pairs
    cosine: Floats  # of TF-IDF words
    jaccard: Floats  # of 3-grams, by rarity
    first_held: Floats  # share of the first one's 3-grams that the second one has, by rarity
    second_held: Floats
    coverage: Floats  # share of the smaller one's stretches that stand in the other

    @property
    def containment(self) -> Floats:
        """The share of the one that the other holds most of."""
        return np.maximum(self.first_held, self.second_held)

    def only(self, which: NDArray[np.bool_] | I64) -> Scores:
        """Return some of the pairs: where `which` is true, or at these places."""
        return Scores(*(part[which] for part in self.parts()))

    def called(self, pairs: Pairs) -> Scores:
        """Return the same scores of pairs that are called otherwise."""
        return Scores(pairs, *self.parts()[1:])

    def parts(self) -> tuple[NDArray[Any], ...]:
        """Return all columns."""
        return tuple(getattr(self, field.name) for field in fields(self))


NO_SCORES = Scores(np.zeros((0, 2), np.int64), *[np.zeros(0)] * 5)


def concatenated(some: Sequence[Scores]) -> Scores:
    """Return all these scores."""
    return Scores(*map(np.concatenate, zip(*(s.parts() for s in (NO_SCORES, *some)), strict=True)))


def joined(some: Sequence[Scores]) -> Scores:
    """Return all these scores in the order of their pairs."""
    every = concatenated(some)
    return every.only(np.lexsort((every.pairs[:, 1], every.pairs[:, 0])))


class Verifier:
    """Scores pairs of some documents; the vectors are made once.

    With the statistics of the whole corpus, the scores are those that the corpus would give.
    """

    def __init__(self, features: Features, statistics: Statistics) -> None:
        self.sizes = features.sizes
        self.words, self.word_starts = features.words, features.starts
        self.vectors = word_vectors(features, statistics.words)
        hashes, self.starts = run_hashes(features)
        runs, self.positions = numbered(hashes)  # each run's number, in the order of the text
        del hashes
        self.weights = rarity(statistics.runs.of(runs), statistics.runs.documents)
        rare = ~places(statistics.common_runs, runs)[1]
        self.rare = rare[self.positions]
        self.sets, first = _sets(self.positions, self.starts, len(runs))
        self.telling = np.zeros(
            len(self.positions), dtype=np.bool_
        )  # rare, and new in its document
        self.telling[first] = self.rare[first]
        self.totals = sums(self.weights[self.sets.indices], self.sets.indptr)

    def cosine(self, pairs: Pairs) -> Floats:
        """Return the cosine of the two documents of each pair."""
        return shared_of(self.vectors.rows, pairs)

    def scores(self, pairs: Pairs, least: float = 0.0) -> Scores:
        """Return the scores of candidate pairs; those with less containment are left out."""
        chunks = (pairs[at : at + _CHUNK] for at in range(0, len(pairs), _CHUNK))
        return concatenated([self._some_scores(some, least) for some in chunks])

    def _some_scores(self, pairs: Pairs, least: float) -> Scores:
        common = shared_of(self.sets, pairs, self.weights)
        first, second = self.totals[pairs[:, 0]], self.totals[pairs[:, 1]]
        held = np.stack([common / np.maximum(total, 1e-9) for total in (first, second)])
        jaccard = common / np.maximum(first + second - common, 1e-9)
        enough = held.max(axis=0) >= least
        pairs, held, jaccard = pairs[enough], held[:, enough], jaccard[enough]
        kept, cosine, coverage = held.max(axis=0), self.cosine(pairs), np.zeros(len(pairs))
        wanted = (kept >= MIN_COVERAGE_CONTAINMENT) & (kept < SURELY_KEPT)
        wanted &= cosine >= MIN_COVERAGE_COSINE
        for i in np.flatnonzero(wanted).tolist():
            coverage[i] = self.coverage(
                *sorted(pairs[i].tolist(), key=lambda d: (self.sizes[d], d))
            )
        return Scores(pairs, cosine, jaccard, held[0], held[1], coverage)

    def covered(self, page: int, part: int) -> NDArray[np.bool_]:
        """Tell which stretches of `page` have some rare runs of words that `part` has too."""
        return self._hits(page, part, self.rare, LEAST_RUNS)

    def _hits(
        self, small: int, big: int, counted: NDArray[np.bool_], least: int = 1
    ) -> NDArray[np.bool_]:
        ours = self.positions[self.starts[small] : self.starts[small + 1]]
        theirs = self.sets.indices[self.sets.indptr[big] : self.sets.indptr[big + 1]]
        hit = places(theirs, ours)[1] & counted[self.starts[small] : self.starts[small + 1]]
        counts = np.add.reduceat(hit.astype(np.int64), np.arange(0, len(hit), STRETCH))
        result: NDArray[np.bool_] = counts >= least
        return result

    def left(self, pairs: Pairs) -> Floats:
        """Return how many runs of words each pair does not share, of the one that has fewer."""
        sizes: I64 = np.diff(self.sets.indptr)[pairs].min(axis=1)
        return sizes - shared_of(self.sets, pairs, np.ones(self.sets.shape[1]))

    def own_stretch(self, one: int, other: int) -> int:
        """Return how many stretches of `one` in a row have no run of words of `other`.

        Most of their runs must be rare: page furniture is nobody's own.
        """
        span = slice(self.starts[one], self.starts[one + 1])
        theirs = self.sets.indices[self.sets.indptr[other] : self.sets.indptr[other + 1]]
        shared = places(theirs, self.positions[span])[1]
        at = np.arange(0, len(shared), STRETCH)
        rare = np.add.reduceat(self.rare[span].astype(np.int64), at)
        own = (np.add.reduceat(shared.astype(np.int64), at) == 0) & (
            2 * rare >= np.diff(np.append(at, len(shared)))
        )
        turns = np.flatnonzero(np.diff(np.concatenate([[False], own, [False]]).astype(np.int8)))
        return int((turns[1::2] - turns[::2]).max(initial=0))

    def cosine_to_rest(self, part: int, page: int, hit: NDArray[np.bool_]) -> float:
        """Return how like a part is to the stretches of a page that it has nothing of.

        Stretches next to those that it has are its own, too: an edit may have spoilt them.
        """
        own = hit.copy()
        own[1:] |= hit[:-1]
        own[:-1] |= hit[1:]
        words = self.words[self.word_starts[page] : self.word_starts[page + 1]]
        mine = np.resize(np.append(np.repeat(own, STRETCH), [own[-1]] * STRETCH), len(words))
        rest = words[~mine]
        return self.vectors.cosine(part, rest)

    def coverage(self, small: int, big: int) -> float:
        """Return the share of the stretches of `small` that stand in `big` in the same order.

        A stretch counts where it has a shingle of `big`, rare and new in its text, and a stretch
        beside it has one as far on in both (NEARBY). 0 where hits are too few.
        """
        span = slice(self.starts[small], self.starts[small + 1])
        theirs = self.positions[self.starts[big] : self.starts[big + 1]]
        order = np.argsort(theirs, kind="stable")
        at, there = places(theirs[order], self.positions[span])
        own = np.flatnonzero(there & self.telling[span])
        shift = order[at[own]] - own
        stretch = own // STRETCH
        hits = np.unique(stretch[_has_neighbour(stretch, shift)])
        count = -(-len(self.positions[span]) // STRETCH)
        return len(hits) / count if len(hits) >= LEAST_HITS else 0.0

    def text(self, row: int) -> Text:
        """Return the words and the shingles of a document, in their order."""
        return text_of(
            self.words[self.word_starts[row] : self.word_starts[row + 1]].tolist(),
            self.positions[self.starts[row] : self.starts[row + 1]].tolist(),
        )


def _has_neighbour(stretch: I64, shift: I64) -> NDArray[np.bool_]:
    """Tell which hits have one in a stretch beside theirs that is shifted as far."""
    base = 4 * (int(np.abs(shift).max(initial=0)) + NEARBY + 1)
    keys = np.sort(stretch * base + shift)
    result = np.zeros(len(shift), dtype=np.bool_)
    for beside in (-1, 1):
        wanted = (stretch + beside) * base + shift
        low = np.searchsorted(keys, wanted - NEARBY)
        result |= np.searchsorted(keys, wanted + NEARBY, side="right") > low
    return result


def _sets(numbers: NDArray[np.int32], starts: I64, width: int) -> tuple[Matrix, I64]:
    """Return which runs each document has, and where it has each of them for the first time."""
    columns, first = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
    sizes = np.zeros(len(starts) - 1, dtype=np.int64)
    for low in range(0, len(starts) - 1, _CHUNK):
        high = min(low + _CHUNK, len(starts) - 1)
        some = numbers[starts[low] : starts[high]].astype(np.uint64)
        owners = np.repeat(np.arange(high - low, dtype=np.uint64), np.diff(starts[low : high + 1]))
        keys = (owners << np.uint64(32)) | some
        order = np.argsort(keys, kind="stable")
        at = order[heads(keys[order])]
        columns.append(some[at].astype(np.int32))
        sizes[low:high] = np.bincount(owners[at].astype(np.int64), minlength=high - low)
        first.append(at + starts[low])
    indptr = np.concatenate([[0], np.cumsum(sizes)])
    indices = np.concatenate(columns)
    data = np.ones(len(indices), dtype=np.bool_)
    return sparse.csr_matrix(
        (data, indices, indptr), shape=(len(sizes), max(width, 1))
    ), np.concatenate(first)
