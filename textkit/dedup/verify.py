"""The verify step: how alike the two documents of a candidate pair are, in three measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.candidates import Pairs
from textkit.dedup.features import SHINGLE, Features, shingles
from textkit.dedup.options import DedupOptions
from textkit.dedup.tokens import I64
from textkit.dedup.vectors import Base, Floats, Matrix, row_sums, shared, shingle_sets, tfidf

STRETCH = 20  # words
LEAST_RUNS = 3  # that a stretch of a page shares with what it comes from; chance gives one
LEAST_HITS = 5  # stretches
RARE_RUN = 20  # documents
LEAST_KEPT = 0.30  # containment without which a high cosine is but the same subject
NOISY_COSINE, NOISY_KEPT = 0.33, 0.20  # many spoilt letters: words are gone, some runs are left
INSIDE_COSINE, INSIDE = 0.30, 0.85  # short, and nearly all of it inside the other one
SURELY_KEPT = 0.90  # containment that no spread is needed beside
LEAST_SPREAD_COSINE, LEAST_SPREAD_KEPT = 0.40, 0.12  # without which spread says nothing
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


NO_SCORES = Scores(np.zeros((0, 2), np.int64), *[np.zeros(0)] * 5)


class Verifier:
    """Scores pairs of one corpus; the vectors are made once."""

    def __init__(
        self, features: Features, base: Base | None = None, single: I64 | None = None
    ) -> None:
        self.sizes = features.sizes
        self.words, self.word_starts = features.words, features.starts
        self.vectors = tfidf(features.words, features.starts, base, single)
        self.runs = shingle_sets(features.words, features.starts, SHINGLE, single)
        self.totals = row_sums(self.runs)
        self.present = self.runs.copy()
        self.present.data = np.ones_like(self.runs.data)
        hashes, self.starts = shingles(features.words.astype(np.uint64), features.starts)
        _, at, count = np.unique(hashes, return_inverse=True, return_counts=True)
        del hashes
        at = at.astype(np.int32)
        self.positions = at  # each run's number, in the order of the text
        owners = np.repeat(np.arange(len(features), dtype=np.int32), np.diff(self.starts))
        first = _first_in_document(at, owners, self.starts)
        if single is not None:
            once = np.zeros(len(features), dtype=np.bool_)
            once[single] = True
            count = np.bincount(at[once[owners]], minlength=len(count))
        self.rare = count[at] <= RARE_RUN
        self.telling = np.zeros(len(at), dtype=np.bool_)  # rare, and new in its document
        self.telling[first] = self.rare[first]

    def cosine(self, pairs: Pairs) -> Floats:
        """Return the cosine of the two documents of each pair."""
        return self._each(pairs, self.vectors.rows, self.vectors.rows)

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
        held = [common / np.maximum(total, 1e-9) for total in (first, second)]
        jaccard = common / np.maximum(first + second - common, 1e-9)
        kept = np.maximum(*held)
        open = (kept >= LEAST_SPREAD_KEPT) & (kept < SURELY_KEPT) & (cosine >= NOISY_COSINE)
        for i in np.flatnonzero(open):
            spread[i] = self.spread(*sorted(pairs[i], key=lambda d: (self.sizes[d], d)))
        return Scores(pairs, cosine, jaccard, held[0], held[1], spread)

    def covered(self, page: int, part: int) -> NDArray[np.bool_]:
        """Tell which stretches of `page` have some rare runs of words that `part` has too."""
        return self._hits(page, part, self.rare, LEAST_RUNS)

    def _hits(
        self, small: int, big: int, counted: NDArray[np.bool_], least: int = 1
    ) -> NDArray[np.bool_]:
        ours = self.positions[self.starts[small] : self.starts[small + 1]]
        theirs = self.positions[self.starts[big] : self.starts[big + 1]]
        hit = np.isin(ours, theirs) & counted[self.starts[small] : self.starts[small + 1]]
        counts = np.add.reduceat(hit.astype(np.int64), np.arange(0, len(hit), STRETCH))
        result: NDArray[np.bool_] = counts >= least
        return result

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
        return float(shared(self.vectors.rows[part], self.vectors.of(rest))[0])

    def spread(self, small: int, big: int) -> float:
        """Return the share of the stretches of `small` with a run of words of `big`, rare and new.

        A run that comes again, such as a company's name, counts once. 0 where hits are too few.
        """
        hit = self._hits(small, big, self.telling)
        return float(hit.mean()) if hit.sum() >= LEAST_HITS else 0.0


def _first_in_document(at: NDArray[Any], owners: NDArray[np.int32], starts: I64) -> I64:
    """Return where each document has each of its runs for the first time; some at once."""
    found = [np.zeros(0, np.int64)]
    for low in range(0, len(starts) - 1, _CHUNK):
        start, stop = starts[low], starts[min(low + _CHUNK, len(starts) - 1)]
        keys = (owners[start:stop].astype(np.int64) << 32) | at[start:stop]
        found.append(np.unique(keys, return_index=True)[1] + start)
    return np.concatenate(found)


def is_near(scores: Scores, options: DedupOptions) -> NDArray[np.bool_]:
    """Tell which pairs are near copies.

    The same event told anew shares words but few runs of words; a copy with heavy edits keeps
    some of them all over the text, a quotation keeps many in one place.
    """
    spread = (scores.spread >= options.spread) & (scores.containment >= LEAST_SPREAD_KEPT)
    kept = (scores.containment >= LEAST_KEPT) | spread
    contained = scores.containment >= options.containment
    return (
        ((scores.cosine >= options.cosine) & kept)
        | ((scores.cosine >= options.contained_cosine) & contained)
        | ((scores.cosine >= LEAST_SPREAD_COSINE) & spread)
        | ((scores.cosine >= NOISY_COSINE) & spread & (scores.containment >= NOISY_KEPT))
        | ((scores.cosine >= INSIDE_COSINE) & (scores.containment >= INSIDE))
        | (scores.jaccard >= options.jaccard)
    )
