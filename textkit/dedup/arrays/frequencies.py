"""The statistics step: in how many documents the words and runs of words of a corpus stand.

The only thing that the comparison of a few documents must know of all others. It is small (what
stands in one document alone needs no entry), it can be counted part by part and added up, and it
can be cut down to the terms of some documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.sorting import Values, distinct, heads, places, tally
from textkit.dedup.signatures.features import SHINGLE, Features, mix, shingles
from textkit.dedup.signatures.tokens import I64, U64

Floats = NDArray[np.float64]
RARE_RUN = 20  # times in the corpus
_CHUNK = 1 << 20  # words worked on at once


@dataclass(frozen=True)
class Frequencies:
    """Of `documents` documents, so many have each of some terms; any other term is in one."""

    documents: int
    terms: Values  # in order
    counts: NDArray[np.int32]
    single: int = 0  # other terms that there are

    def of(self, terms: Values) -> Floats:
        """Return in how many documents each of these terms stands."""
        at, known = places(self.terms, terms)
        result = np.ones(len(terms))
        result[known] = self.counts[at[known]]
        return result

    def only(self, terms: Values) -> Frequencies:
        """Return the frequencies of these terms alone; they come in order."""
        at, known = places(self.terms, terms)
        return Frequencies(self.documents, self.terms[at[known]], self.counts[at[known]])


@dataclass(frozen=True)
class Statistics:
    """What the comparison of some documents must know of the whole corpus."""

    words: Frequencies
    runs: Frequencies
    common_runs: U64  # those that stand more than RARE_RUN times in the corpus; in order

    def only(self, features: Features) -> Statistics:
        """Return the part that is about these documents."""
        runs = distinct(run_hashes(features)[0])
        return Statistics(
            self.words.only(distinct(features.words)),
            self.runs.only(runs),
            self.common_runs[places(runs, self.common_runs)[1]],
        )


@dataclass(frozen=True)
class Base:
    """What was counted before: documents that are not all at hand, and how many have a term."""

    documents: int
    rows: int  # so many of the first rows are among them
    words: Callable[[U64], Floats]
    facts: Callable[[U64], Floats]

    def of(self, rows: I64) -> Base:
        """Return the base of some of the rows, which come in order."""
        return Base(self.documents, int((rows < self.rows).sum()), self.words, self.facts)


def count(features: Features, single: I64 | None = None, base: Base | None = None) -> Statistics:
    """Return the statistics of a corpus.

    Of copies only one counts (`single`): what ten thousand copies share is still rare.
    """
    rows = np.arange(len(features)) if single is None else single
    runs, common = run_frequencies(features, rows)
    return Statistics(word_frequencies(features, rows, base), runs, common)


def word_frequencies(features: Features, rows: I64, base: Base | None = None) -> Frequencies:
    """Return how many of the documents `rows` have each word; with a base, how many of all."""
    if base is None:
        return _several(len(rows), *_add_up(_words(features, rows)))
    known = distinct(features.words)
    new = Frequencies(0, *_add_up(_words(features, np.arange(base.rows, len(features)))))
    before = base.words(known.astype(np.uint64))
    at, there = places(new.terms, known)
    counts = before.astype(np.int32)
    counts[there] += new.counts[at[there]]
    return Frequencies(len(features) - base.rows + base.documents, known, counts)


def _several(documents: int, terms: Values, counts: NDArray[np.int32]) -> Frequencies:
    several = counts > 1
    single = len(several) - int(several.sum())
    return Frequencies(documents, terms[several], counts[several], single)


def run_tally(features: Features) -> tuple[U64, NDArray[np.int32], NDArray[np.int32]]:
    """Return the runs of words of some documents, how many of these have each, and how often.

    For counting part by part, as `word_tally`: the sums of all parts, without what comes to 1,
    are the corpus's `Frequencies`.
    """
    hashes, starts = run_hashes(features)
    runs, times = tally(hashes)
    again = _repeated(hashes, np.repeat(np.arange(len(features)), np.diff(starts)))
    counts = times.astype(np.int32)
    inside, extra = tally(again)
    counts[np.searchsorted(runs, inside)] -= extra.astype(np.int32)
    return runs, counts, times.astype(np.int32)


def word_tally(features: Features) -> tuple[Values, NDArray[np.int32]]:
    """Return the words of some documents and how many of these have each."""
    return _add_up(_words(features, np.arange(len(features))))


def _words(features: Features, rows: I64) -> Iterator[tuple[Values, NDArray[np.int32]]]:
    """Yield, part by part, the words of documents and how many documents have each."""
    for some in chunks(features, rows):
        owners = np.repeat(np.arange(len(some), dtype=np.uint64), some.sizes)
        pairs = distinct((owners << np.uint64(32)) | some.words)
        terms, counts = tally(pairs.astype(np.uint32))
        yield terms, counts.astype(np.int32)


def chunks(features: Features, rows: I64) -> Iterator[Features]:
    """Yield the documents `rows`, some at once, by their number of words."""
    ends = np.cumsum(features.sizes[rows])
    bounds = distinct(
        np.searchsorted(ends, np.arange(_CHUNK, ends[-1], _CHUNK)) if len(ends) else ends
    )
    for some in np.split(rows, bounds):
        if len(some):
            yield features.words_of(some)


def _add_up(
    parts: Iterator[tuple[Values, NDArray[np.int32]]],
) -> tuple[Values, NDArray[np.int32]]:
    nothing = (np.zeros(0, np.uint32), np.zeros(0, np.int32))
    return reduce(_add, parts, nothing)


def _add(
    one: tuple[Values, NDArray[np.int32]], other: tuple[Values, NDArray[np.int32]]
) -> tuple[Values, NDArray[np.int32]]:
    """Return the sums of two tallies."""
    terms = np.concatenate([one[0], other[0]])
    counts = np.concatenate([one[1], other[1]])
    order = np.argsort(terms)
    new = heads(terms[order])
    if not len(order):
        return one
    sums = np.add.reduceat(counts[order], np.flatnonzero(new), dtype=np.int32)
    return terms[order][new], sums


def run_frequencies(features: Features, rows: I64) -> tuple[Frequencies, U64]:
    """Return how many of the documents `rows` have each run of words, and the common runs."""
    again = [np.zeros(0, np.uint64)]
    hashes = np.empty(int(_runs(features.sizes[rows]).sum()), dtype=np.uint64)
    for at, found, starts in _run_hashes(features, rows):
        hashes[at : at + len(found)] = found
        again.append(_repeated(found, np.repeat(np.arange(len(starts) - 1), np.diff(starts))))
    hashes.sort()
    terms, times = _more_than_once(hashes)
    del hashes
    common = terms[times > RARE_RUN]
    inside, counts = tally(np.concatenate(again))
    times[np.searchsorted(terms, inside)] -= counts.astype(np.int32)
    return _several(len(rows), terms, times), common


def run_hashes(features: Features) -> tuple[U64, I64]:
    """Return the runs of words of each document, end to end, and where each one's begin."""
    starts = np.concatenate([[0], np.cumsum(_runs(features.sizes))])
    hashes = np.empty(int(starts[-1]), dtype=np.uint64)
    for at, found, _ in _run_hashes(features, np.arange(len(features))):
        hashes[at : at + len(found)] = found
    return hashes, starts


def _run_hashes(features: Features, rows: I64) -> Iterator[tuple[int, U64, I64]]:
    """Yield the runs of some documents at once, where they begin among all, and each one's."""
    at = 0
    for some in chunks(features, rows):
        found, starts = shingles(some.words.astype(np.uint64), some.starts)
        yield at, found, starts
        at += len(found)


def _runs(sizes: I64) -> I64:
    """Return how many runs documents of so many words have."""
    return np.maximum(sizes - SHINGLE + 1, np.minimum(sizes, 1))


def _more_than_once(ordered: U64) -> tuple[U64, NDArray[np.int32]]:
    """Return the values that come again in a sorted array, and how often each is there."""
    at = np.flatnonzero(heads(ordered))
    times = np.diff(np.append(at, len(ordered))).astype(np.int32)
    return ordered[at[times > 1]], times[times > 1]


def _repeated(hashes: U64, owners: I64) -> U64:
    """Return the runs that a document has again, once for each time that it does.

    Owner and run are mixed into one number, and only those that meet are compared in full.
    """
    keys = mix(hashes + mix(owners.astype(np.uint64) + np.uint64(1)))
    ordered = np.sort(keys)
    met = distinct(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(met):
        return hashes[:0]
    maybe = np.flatnonzero(places(met, keys)[1])
    hashes, owners = hashes[maybe], owners[maybe]
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    again = (hashes[1:] == hashes[:-1]) & (owners[1:] == owners[:-1])
    result: U64 = hashes[1:][again]
    return result
