"""The map step: what is kept of each document for comparing it. Pure, document by document.

Arrays hold the values of all documents end to end; `starts` says where each one's begin.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.signatures.tokens import I64, U64, Tokens, tokenise

PERMUTATIONS = 128
SHINGLE = 3  # words
LEAST_SENTENCE = 8  # words; shorter sentences are shared by chance
_BATCH = 1 << 19  # characters worked on at once
_AT_ONCE = 1 << 15  # hashes permuted at once, however few the documents have
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True)
class Features:
    """Of each document: its digest, its words, its MinHash signature, its sentences' keys."""

    digests: U64  # n x 2: the exact level's 128 bits
    words: NDArray[np.uint32]
    starts: I64
    signatures: NDArray[np.uint32]  # n x 128
    sentences: U64
    sentence_starts: I64

    @property
    def sizes(self) -> I64:
        """The number of words of each document."""
        return np.diff(self.starts)

    def __len__(self) -> int:
        return len(self.digests)

    def take(self, rows: I64) -> Features:
        """Return the features of some of the documents."""
        if len(rows) == len(self):
            return self
        words, starts = _take(self.words, self.starts, rows)
        sentences, sentence_starts = _take(self.sentences, self.sentence_starts, rows)
        return Features(
            self.digests[rows], words, starts, self.signatures[rows], sentences, sentence_starts
        )

    def words_of(self, rows: I64) -> Features:
        """Return some of the documents, with no more than their words."""
        if len(rows) == len(self):
            return self
        words, starts = _take(self.words, self.starts, rows)
        none = np.zeros(len(rows) + 1, dtype=np.int64)
        return Features(
            self.digests[rows], words, starts, self.signatures[:0], self.sentences[:0], none
        )


def _take(values: NDArray[Any], starts: I64, rows: I64) -> tuple[NDArray[Any], I64]:
    """Return the stretches of some documents end to end, and where they begin."""
    sizes = np.diff(starts)[rows]
    new = np.concatenate([[0], np.cumsum(sizes)])
    at = np.arange(new[-1]) + np.repeat(starts[:-1][rows] - new[:-1], sizes)
    return values[at], new


def mix(values: U64) -> U64:
    """Return `values` scrambled, bit by bit (splitmix64; Steele, Lea and Flood, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * _MIX[1]
    values = (values ^ (values >> np.uint64(27))) * _MIX[2]
    return values ^ (values >> np.uint64(31))


def shingles(words: U64, starts: I64, size: int = SHINGLE) -> tuple[U64, I64]:
    """Return the hashes of each document's runs of `size` words, and where each one's begin.

    A document of fewer words has one run, of all of them; one without words has none.
    """
    total = len(words)
    hashed = np.zeros(total, dtype=np.uint64)
    ends = np.repeat(starts[1:], np.diff(starts))  # the end of each word's document
    at = np.arange(total)
    for step in range(size):
        inside = at + step < ends
        reach = np.where(inside, words[np.minimum(at + step, total - 1)], 0) if total else words
        hashed = mix(hashed * _MIX[0] + reach.astype(np.uint64))
    counts = np.diff(starts)
    kept = np.maximum(counts - size + 1, np.minimum(counts, 1))
    first = np.repeat(starts[:-1] + kept, counts)  # the first word that starts no run
    return hashed[at < first], np.concatenate([[0], np.cumsum(kept)])


def minhash(hashes: U64, starts: I64) -> NDArray[np.uint32]:
    """Return the MinHash signatures (Broder, 1997) of sets of hashes; one of nothing is all ones.

    A few permutations at a time over all documents: h -> (a h + b) / 2^32.
    """
    count = len(starts) - 1
    result = np.full((PERMUTATIONS, count), 0xFFFFFFFF, dtype=np.uint32)
    filled = np.flatnonzero(np.diff(starts))
    if not len(filled):
        return np.ascontiguousarray(result.T)
    step = max(_AT_ONCE // len(hashes), 1)
    buffer = np.empty((step, len(hashes)), dtype=np.uint64)
    factors, addends = (numbers[:, np.newaxis] for numbers in _permutations())
    for low in range(0, PERMUTATIONS, step):
        some = buffer[: PERMUTATIONS - low]
        np.multiply(hashes, factors[low : low + step], out=some)
        np.add(some, addends[low : low + step], out=some)
        np.right_shift(some, np.uint64(32), out=some)
        result[low : low + step, filled] = np.minimum.reduceat(some, starts[filled], axis=1)
    return np.ascontiguousarray(result.T)


def _permutations() -> tuple[U64, U64]:
    numbers = mix(np.arange(1, 2 * PERMUTATIONS + 1, dtype=np.uint64) * _MIX[0])
    return numbers[:PERMUTATIONS] | np.uint64(1), numbers[PERMUTATIONS:]


def sentence_keys(tokens: Tokens) -> tuple[U64, I64]:
    """Return a key for each sentence of at least LEAST_SENTENCE words: its words, in any order."""
    total = len(tokens.words)
    ends = np.flatnonzero(tokens.ends_sentence) + 1
    if not total:
        return np.zeros(0, np.uint64), np.zeros_like(tokens.starts)
    begins = np.concatenate([[0], ends[:-1]])
    keys = mix(np.add.reduceat(mix(tokens.words), begins))
    long_enough = ends - begins >= LEAST_SENTENCE
    owner = np.searchsorted(tokens.starts, begins[long_enough], side="right") - 1
    counts = np.bincount(owner, minlength=len(tokens.starts) - 1)
    return keys[long_enough], np.concatenate([[0], np.cumsum(counts)])


def digests(tokens: Tokens) -> U64:
    """Return 128 bits for each document's words in their order."""
    data, starts = tokens.words.tobytes(), tokens.starts * 8
    joined = b"".join(
        blake2b(data[a:b], digest_size=16).digest() for a, b in pairwise(starts.tolist())
    )
    return np.frombuffer(joined, dtype=np.uint64).reshape(-1, 2)


def features_of(texts: Sequence[str]) -> Features:
    """Return the features of some texts. This is what a cluster would run in parallel."""
    tokens = tokenise(texts)
    hashes, starts = shingles(tokens.words, tokens.starts)
    keys, key_starts = sentence_keys(tokens)
    return Features(
        digests(tokens), (tokens.words >> np.uint64(32)).astype(np.uint32), tokens.starts,
        minhash(hashes, starts), keys, key_starts,
    )  # fmt: skip


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in batches of about the same size."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text) + 100
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_COLUMNS = ("digests", "words", "signatures", "sentences")


def gather(parts: Iterable[Features]) -> Features:
    """Return the features of several batches as one.

    Each batch is added to what grows in place, and is gone before the next one comes.
    """
    columns = [bytearray() for _ in range(4)]
    sizes, sentences = array("q"), array("q")
    for part in parts:
        for column, name in zip(columns, _COLUMNS, strict=True):
            column.extend(np.ascontiguousarray(getattr(part, name)).view(np.uint8).ravel())
        sizes.frombytes(np.diff(part.starts).tobytes())
        sentences.frombytes(np.diff(part.sentence_starts).tobytes())
    digests, words, signatures, keys = columns
    return Features(
        np.frombuffer(digests, np.uint64).reshape(-1, 2), np.frombuffer(words, np.uint32),
        _starts(sizes), np.frombuffer(signatures, np.uint32).reshape(-1, PERMUTATIONS),
        np.frombuffer(keys, np.uint64), _starts(sentences),
    )  # fmt: skip


def _starts(sizes: Sequence[int]) -> I64:
    return np.concatenate([[0], np.cumsum(np.array(sizes, dtype=np.int64))])
