"""The verify step: how alike the two documents of a candidate pair are, in three measures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.candidates import Pairs
from textkit.dedup.features import SHINGLE, Features, shingles
from textkit.dedup.options import DedupOptions
from textkit.dedup.vectors import Floats, Matrix, row_sums, shared, shingle_sets, tfidf

STRETCH = 20  # words
LEAST_HITS = 5  # stretches
RARE_RUN = 20  # documents
LEAST_KEPT = 0.30  # containment without which a high cosine is but the same subject
LEAST_SPREAD_COSINE = 0.40
_CHUNK = 1 << 13  # pairs worked on at once


@dataclass(frozen=True)
class Scores:
    """The measures of each pair of `pairs`."""

    pairs: Pairs
    cosine: Floats  # of TF-IDF words
    jaccard: Floats  # of 3-grams, by rarity
    first_held: Floats  # share of the first one's 3-grams that the second one has, by rarity
    second_held: Floats
    spread: Floats  # share of the smaller one's stretches that have a rare 3-gram of the other

    @property
    def containment(self) -> Floats:
        """The share of the one that the other holds most of."""
        return np.maximum(self.first_held, self.second_held)

    def only(self, which: NDArray[np.bool_]) -> Scores:
        """The pairs for which `which` is true."""
        return Scores(
            self.pairs[which], self.cosine[which], self.jaccard[which],
            self.first_held[which], self.second_held[which], self.spread[which],
        )  # fmt: skip


class Verifier:
    """Scores pairs of one corpus; the vectors are made once."""

    def __init__(self, features: Features) -> None:
        self.sizes = features.sizes
        self.vectors = tfidf(features.words, features.starts)
        self.runs = shingle_sets(features.words, features.starts, SHINGLE)
        self.totals = row_sums(self.runs)
        self.present = self.runs.copy()
        self.present.data = np.ones_like(self.runs.data)
        hashes, self.starts = shingles(features.words.astype(np.uint64), features.starts)
        _, at, count = np.unique(hashes, return_inverse=True, return_counts=True)
        self.positions = at  # each run's number, in the order of the text
        self.rare = count <= RARE_RUN

    def cosine(self, pairs: Pairs) -> Floats:
        """Return the cosine of the two documents of each pair."""
        return self._each(pairs, self.vectors, self.vectors)

    def _each(self, pairs: Pairs, left: Matrix, right: Matrix) -> Floats:
        result = np.zeros(len(pairs))
        for at in range(0, len(pairs), _CHUNK):
            a, b = pairs[at : at + _CHUNK].T
            result[at : at + _CHUNK] = shared(left[a], right[b])
        return result

    def scores(self, pairs: Pairs) -> Scores:
        """Return the scores of candidate pairs."""
        cosine = self.cosine(pairs)
        common = self._each(pairs, self.runs, self.present)
        first, second = self.totals[pairs[:, 0]], self.totals[pairs[:, 1]]
        spread = np.zeros(len(pairs))
        for i in np.flatnonzero(cosine >= LEAST_SPREAD_COSINE):
            spread[i] = self.spread(*sorted(pairs[i], key=lambda d: (self.sizes[d], d)))
        return Scores(
            pairs,
            cosine,
            common / np.maximum(first + second - common, 1e-9),
            common / np.maximum(first, 1e-9),
            common / np.maximum(second, 1e-9),
            spread,
        )

    def hits(self, small: int, big: int) -> NDArray[np.bool_]:
        """Tell which stretches of `small` have a rare run of words that `big` has too."""
        ours = self.positions[self.starts[small] : self.starts[small + 1]]
        theirs = self.positions[self.starts[big] : self.starts[big + 1]]
        hit = np.isin(ours, theirs) & self.rare[ours]
        return np.logical_or.reduceat(hit, np.arange(0, len(hit), STRETCH))

    def spread(self, small: int, big: int) -> float:
        """Return the share of such stretches; 0 where they are too few to tell."""
        hit = self.hits(small, big)
        return float(hit.mean()) if hit.sum() >= LEAST_HITS else 0.0


def is_near(scores: Scores, options: DedupOptions) -> NDArray[np.bool_]:
    """Tell which pairs are near copies.

    The same event told anew shares words but few runs of words; a copy with heavy edits keeps
    some of them all over the text, a quotation keeps many in one place.
    """
    kept = (scores.containment >= LEAST_KEPT) | (scores.spread >= options.spread)
    contained = scores.containment >= options.containment
    return (
        ((scores.cosine >= options.cosine) & kept)
        | ((scores.cosine >= options.contained_cosine) & contained)
        | ((scores.cosine >= LEAST_SPREAD_COSINE) & (scores.spread >= options.spread))
        | (scores.jaccard >= options.jaccard)
    )
