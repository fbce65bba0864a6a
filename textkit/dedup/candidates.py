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

from textkit.dedup.features import PERMUTATIONS, Features, mix
from textkit.dedup.tokens import I64, U64

LARGE = 20_000  # documents; above, bands are longer, since chance pairs grow faster than n
NEIGHBOURS = 12
COMMON_SENTENCE = 50  # documents; a sentence in more of them is page furniture
COMMON_VALUE = 30  # documents; a signature value that more of them share says little
SURELY_ALIKE = 0.75  # share of equal signature values; less may be a page and its part
LEAST_ESTIMATE = 5 / 128  # share of equal signature values that makes a look worthwhile

Pairs = NDArray[np.int64]  # m x 2


def band_shape(count: int) -> tuple[int, int]:
    """Return bands and rows for a corpus of `count` documents."""
    return (64, 2) if count <= LARGE else (32, 4)


def band_keys(signatures: NDArray[np.uint32], bands: int, rows: int) -> Iterator[U64]:
    """Yield each band's keys, one a document."""
    wide = signatures.astype(np.uint64)
    for band in range(bands):
        keys = np.full(len(wide), band, dtype=np.uint64)
        for row in range(rows):
            keys = mix((keys << np.uint64(32)) ^ keys ^ wide[:, band * rows + row])
        yield keys


def pairs_of(keys: U64, owners: I64, most: int | None = None) -> I64:
    """Return the pairs of owners that share a key, as `first << 32 | second`.

    `owners` count in the order of rank. Keys of more than `most` owners are left out.
    """
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    if most is not None:
        _, at, counts = np.unique(keys, return_inverse=True, return_counts=True)
        few = counts[at] <= most
        keys, owners = keys[few], owners[few]
    found = [_join(owners[:-d], owners[d:], keys[:-d] == keys[d:]) for d in range(1, NEIGHBOURS)]
    head = np.concatenate([[True], keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, bool)
    first = np.maximum.accumulate(np.where(head, np.arange(len(keys)), 0))
    found.append(_join(owners[first], owners, np.arange(len(keys)) - first >= NEIGHBOURS))
    codes: I64 = np.unique(np.concatenate(found))
    return codes


def _join(first: I64, second: I64, where: NDArray[np.bool_]) -> I64:
    first, second = first[where], second[where]
    codes: I64 = ((first << 32) | second)[first != second]
    return codes


def split(codes: I64) -> Pairs:
    """Return coded pairs as two columns."""
    return np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1)


def union(parts: Iterable[I64]) -> I64:
    """Return coded pairs of several sources, each once."""
    return np.unique(np.concatenate([*parts, np.zeros(0, np.int64)]))


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
    alike = split(codes[estimate(signatures, codes) >= SURELY_ALIKE])
    count = len(signatures)
    graph = sparse.coo_matrix((np.ones(len(alike)), alike.T), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    _, first = np.unique(labels, return_index=True)
    return np.sort(first)


def by_bands(features: Features) -> I64:
    """Return the pairs whose signatures meet in a band and look alike as a whole."""
    bands, rows = band_shape(len(features))
    owners = np.arange(len(features))
    found = [pairs_of(keys, owners) for keys in band_keys(features.signatures, bands, rows)]
    if len(features) <= LARGE:  # single values find heavy edits too
        singles = band_keys(features.signatures, PERMUTATIONS, 1)
        found += [pairs_of(keys, owners, COMMON_VALUE) for keys in singles]
    codes = union(found)
    return codes[estimate(features.signatures, codes) >= LEAST_ESTIMATE]


def by_sentences(features: Features) -> I64:
    """Return the pairs that share a sentence."""
    owners = np.repeat(np.arange(len(features)), np.diff(features.sentence_starts))
    return pairs_of(features.sentences, owners, COMMON_SENTENCE)
