"""The group step: documents that share a key become candidate pairs.

A pair is two positions, `first < second`, in the order of rank. A key that many documents share
would give a pair for each two of them; there each is paired with its neighbours in rank and
with the first one, which is enough to connect what is alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from textkit.dedup.arrays.sorting import distinct, heads
from textkit.dedup.signatures.features import PERMUTATIONS, Features, mix
from textkit.dedup.signatures.tokens import I64, U64, Pairs

LARGE = 20_000  # documents; above, bands are longer, since chance pairs grow faster than n
NEIGHBOURS = 12
COMMON_SENTENCE = 50  # documents; a sentence in more of them is page furniture
COMMON_VALUE = 30  # documents; a signature value that more of them share says little
SURELY_ALIKE = 0.75  # share of equal signature values; less may be a page and its part
LEAST_ESTIMATE = 5 / 128  # share of equal signature values that makes a look worthwhile


def band_shape(count: int) -> tuple[int, int]:
    """Return bands and rows for a corpus of `count` documents."""
    return (64, 2) if count <= LARGE else (32, 4)


def band_keys(signatures: NDArray[np.uint32], bands: int, rows: int) -> Iterator[U64]:
    """Yield each band's keys, one a document."""
    for band in range(bands):
        keys = np.full(len(signatures), band, dtype=np.uint64)
        for column in range(band * rows, (band + 1) * rows):
            keys = mix((keys << np.uint64(32)) ^ keys ^ signatures[:, column].astype(np.uint64))
        yield keys


def pairs_of(keys: U64, owners: I64, most: int | None = None) -> I64:
    """Return the pairs of owners that share a key, as `first << 32 | second`.

    `owners` count in the order of rank. Keys of more than `most` owners are left out.
    """
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    if most is not None:
        at = np.flatnonzero(heads(keys))
        times = np.diff(np.append(at, len(keys)))
        few = np.repeat(times <= most, times)
        keys, owners = keys[few], owners[few]
    found = [_join(owners[:-d], owners[d:], keys[:-d] == keys[d:]) for d in range(1, NEIGHBOURS)]
    first = np.maximum.accumulate(np.where(heads(keys), np.arange(len(keys)), 0))
    found.append(_join(owners[first], owners, np.arange(len(keys)) - first >= NEIGHBOURS))
    return union(found)


def _join(first: I64, second: I64, where: NDArray[np.bool_]) -> I64:
    first, second = first[where], second[where]
    codes: I64 = ((first << 32) | second)[first != second]
    return codes


def split(codes: I64) -> Pairs:
    """Return coded pairs as two columns."""
    return np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1)


def union(parts: Iterable[I64]) -> I64:
    """Return coded pairs of several sources, each once."""
    codes: I64 = distinct(np.concatenate([*parts, np.zeros(0, np.int64)]))
    return codes


def estimate(signatures: NDArray[np.uint32], codes: I64) -> NDArray[np.float64]:
    """Return the share of equal values of the two signatures of each pair."""
    result = np.empty(len(codes))
    for at in range(0, len(codes), 1 << 14):
        pairs = split(codes[at : at + (1 << 14)])
        same = signatures[pairs[:, 0]] == signatures[pairs[:, 1]]
        result[at : at + len(pairs)] = same.mean(axis=1)
    return result


def representatives(signatures: NDArray[np.uint32], codes: I64) -> I64:
    """Return one of each group of documents that are surely alike, by their signatures."""
    alike = codes[estimate(signatures, codes) >= SURELY_ALIKE]
    return np.flatnonzero(heads_of(split(alike), len(signatures)) == np.arange(len(signatures)))


def heads_of(pairs: Pairs, count: int) -> I64:
    """Return, for each of `count` documents, the first one that pairs connect it with."""
    graph = sparse.coo_matrix((np.ones(len(pairs), np.bool_), pairs.T), shape=(count, count))
    labels = connected_components(graph, directed=False)[1]
    first = np.zeros(count, dtype=np.int64)
    first[labels[::-1]] = np.arange(count)[::-1]
    result: I64 = first[labels]
    return result


def shared_keys(signatures: NDArray[np.uint32], documents: int) -> Iterator[tuple[U64, int | None]]:
    """Yield keys of each document, and how many documents may share one for it to count.

    What the keys are depends on how many documents the corpus has.
    """
    bands, rows = band_shape(documents)
    yield from ((keys, None) for keys in band_keys(signatures, bands, rows))
    if documents <= LARGE:  # single values find heavy edits too
        singles = band_keys(signatures, PERMUTATIONS, 1)
        yield from ((keys, COMMON_VALUE) for keys in singles)


def by_bands(features: Features) -> I64:
    """Return the pairs whose signatures meet in a band and look alike as a whole."""
    owners = np.arange(len(features))
    keys = shared_keys(features.signatures, len(features))
    return look_alike(features.signatures, union(pairs_of(k, owners, most) for k, most in keys))


def look_alike(signatures: NDArray[np.uint32], codes: I64) -> I64:
    """Return the pairs whose signatures are worth a look."""
    return codes[estimate(signatures, codes) >= LEAST_ESTIMATE]


def by_sentences(features: Features) -> I64:
    """Return the pairs that share a sentence."""
    owners = np.repeat(np.arange(len(features)), np.diff(features.sentence_starts))
    return pairs_of(features.sentences, owners, COMMON_SENTENCE)
