"""fastText's classifier of lines, read from a compressed model and run for many lines at once.

Bojanowski et al., "Enriching Word Vectors with Subword Information" (2017), for the n-grams of
characters; Joulin et al., "FastText.zip" (2016), for the compression. The answers are those of the
library's own `predict`, but for the last digits: sums are made in another order. For a document's
twenty sentences it is several times as fast, since nothing is done sentence by sentence.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Hashes = NDArray[np.uint32]

_FORMAT = (793712314, 12)  # magic number, version
_BUCKETS = 2_000_000  # n-grams are hashed into so many
_SHORTEST, _LONGEST = 2, 4  # characters of an n-gram, the marks of a word's ends included
_OPTIONS = (1, 1, _BUCKETS, _SHORTEST, _LONGEST)  # of the training: no word n-grams, the tree, ...
_PRIME, _OFFSET = 16777619, 2166136261  # FNV-1a; Fowler, Noll and Vo
_END = "</s>"  # the word that ends each line
_LABEL = "__label__"
_LEAST = 1e-5  # a branch of the tree less likely than this is not followed
_CENTROIDS = 256
_LINES = 64  # lines that are looked at a time, which bounds memory


class Model(NamedTuple):
    """A model in memory; row 0 of `vectors` is unused, and its number says "none"."""

    labels: tuple[str, ...]
    words: dict[str, int]  # rows of words
    buckets: NDArray[np.uint16]  # rows of n-grams
    vectors: Vectors
    nodes: NDArray[np.float64]  # weights of the tree's inner nodes
    paths: NDArray[
        np.intp
    ]  # for each label the branches that lead to it; the last one is no branch


class _Reader:
    """Fields of a file in order."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def numbers(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> Any:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def entries(self, count: int) -> list[tuple[str, int, int]]:
        """Names that end in a zero byte, each with its count and kind."""
        found, data, at = [], self.data, self.at
        fields = struct.Struct("<qb")
        for _ in range(count):
            end = data.index(b"\0", at)
            found.append(
                (data[at:end].decode("utf-8", "replace"), *fields.unpack_from(data, end + 1))
            )
            at = end + 1 + fields.size
        self.at = at
        return found


def read_model(data: bytes) -> Model:
    """Read a compressed model with hierarchical softmax: the layout of the library's `.ftz`.

    Raises ValueError for a file of another kind.
    """
    file = _Reader(data)
    try:
        magic, version, *options, _ = file.numbers("ii12id")
    except struct.error:
        raise ValueError("too short for a model") from None
    if (magic, version) != _FORMAT or tuple(options[5:7] + options[8:11]) != _OPTIONS:
        raise ValueError("a model of another kind")
    size, _, _, _, kept = file.numbers("iiiqq")
    entries = file.entries(size)
    words = {name: row for row, (name, _, kind) in enumerate(entries, 1) if kind == 0}
    labels = [(name, count) for name, count, kind in entries if kind]
    pairs = file.array("<i4", 2 * kept).reshape(-1, 2)
    vectors = _vectors(file)
    file.numbers("?")
    nodes = file.array("<f4", int(np.prod(shape := file.numbers("qq")))).reshape(shape)
    buckets = np.zeros(_BUCKETS, np.uint16)
    buckets[pairs[:, 0]] = len(words) + 1 + pairs[:, 1]
    names = tuple(name.removeprefix(_LABEL) for name, _ in labels)
    inner = nodes[: len(labels) - 1].astype(np.float64)
    return Model(names, words, buckets, vectors, inner, _paths([count for _, count in labels]))


def _vectors(file: _Reader) -> Vectors:
    """One row of zeros, and those of a quantised matrix."""
    _, has_norms, rows, _, size = file.numbers("??qqi")
    codes = file.array("u1", size).reshape(rows, -1)
    width, parts, _, _ = file.numbers("4i")
    centroids = file.array("<f4", width * _CENTROIDS).reshape(parts, _CENTROIDS, -1)
    out = np.zeros((rows + 1, width), np.float32)
    columns = np.split(out[1:], parts, axis=1)
    for part, column in enumerate(columns):
        column[:] = centroids[part].take(codes[:, part], axis=0)
    if has_norms:
        norms = file.array("u1", rows)
        file.numbers("4i")
        out[1:] *= file.array("<f4", _CENTROIDS)[norms, None]
    return out


def _paths(counts: list[int]) -> NDArray[np.intp]:
    """The Huffman tree of the labels, whose counts fall: each label's branches from the root.

    Branch `n` goes to the right at inner node `n`, the branches after those to the left.
    """
    size = len(counts)
    weights = [*counts, *[10**15] * (size - 1)]
    up = [0] * (2 * size - 1)  # the branch that leads to a node
    leaf, node = size - 1, size
    for at in range(size - 1):
        pair = []
        for _ in range(2):
            if leaf >= 0 and weights[leaf] < weights[node]:
                pair.append(leaf)
                leaf -= 1
            else:
                pair.append(node)
                node += 1
        weights[size + at] = weights[pair[0]] + weights[pair[1]]
        up[pair[0]], up[pair[1]] = at + size - 1, at
    found = [_climb(label, up, size) for label in range(size)]
    most = max(map(len, found))
    none = 2 * (size - 1)
    return np.array([path + [none] * (most - len(path)) for path in found], np.intp)


def _climb(node: int, up: list[int], size: int) -> list[int]:
    path = []
    while node < 2 * size - 2:
        path.append(up[node])
        node = size + up[node] % (size - 1)
    return path


def probabilities(model: Model, texts: Sequence[str], best: int) -> NDArray[np.float64]:
    """Return a row for each text: the probability of each label, 0 for all but the `best` ones."""
    parts = [texts[at : at + _LINES] for at in range(0, len(texts), _LINES)]
    found = [_probabilities(model, part, best) for part in parts]
    return np.concatenate(found) if found else np.zeros((0, len(model.labels)))


def _probabilities(model: Model, texts: Sequence[str], best: int) -> NDArray[np.float64]:
    scores = _label_scores(model, _hidden(model, [_words(text) for text in texts]))
    least = np.partition(scores, -best, axis=1)[:, -best]
    scores[scores < np.maximum(least, np.log(_LEAST))[:, None]] = -np.inf
    return np.asarray(np.exp(scores))


def _words(text: str) -> list[str]:
    """The words of a line as the library splits them; it takes no half surrogates."""
    if not text.isascii():
        text = text.encode("utf-8", "ignore").decode("utf-8")
    words = text.replace("\0", " ").lower().split()
    if _END in words:
        words = words[: words.index(_END)]
    return [word for word in words if not word.startswith(_LABEL)] if _LABEL in text else words


def _hidden(model: Model, texts: list[list[str]]) -> Vectors:
    """The mean vector of each text's words, their n-grams and the end of the line."""
    joined = "".join([" <" + "> <".join(words) + ">" if words else " " for words in texts])
    rows, blanks = _gram_rows(model, joined)
    get = model.words.get
    rows[blanks, 1] = [get(word, 0) for words in texts for word in (words or ("",))]
    starts = blanks.take([0, *accumulate(max(1, len(words)) for words in texts[:-1])])
    rows[starts, 0] = model.words[_END]
    flat = rows.ravel()
    known = np.flatnonzero(flat)
    bounds = np.searchsorted(known, starts * rows.shape[1])
    pairs = model.vectors.view(np.complex64)  # two numbers in one are added in less time
    sums = np.add.reduceat(pairs.take(flat.take(known), axis=0), bounds, axis=0).view(np.float32)
    return np.asarray(sums / np.diff(bounds, append=len(known))[:, None], np.float32)


def _gram_rows(model: Model, text: str) -> tuple[NDArray[np.uint16], NDArray[np.intp]]:
    """The rows of the n-grams that start at each character, and where blanks stand."""
    data = text.encode("utf-8")
    signed = np.frombuffer(data, np.int8).astype(np.uint32)  # bytes count as signed numbers
    first, more = (signed, []) if len(data) == len(text) else _bytes(signed)
    inside = first != ord(" ")
    rows = np.zeros((len(first), _LONGEST - _SHORTEST + 1), np.uint16)
    hashes = np.full(len(first), _OFFSET, np.uint32)
    whole = inside
    for size in range(1, _LONGEST + 1):
        shift = size - 1
        whole = whole[: len(first) - shift] & inside[shift:]
        hashes = (hashes[: len(first) - shift] ^ first[shift:]) * np.uint32(_PRIME)
        for values, factors in more:
            hashes = (hashes ^ values[shift:]) * factors[shift:]
        if size >= _SHORTEST:
            bucket = hashes - hashes // _BUCKETS * np.uint32(_BUCKETS)  # faster than %
            rows[: len(whole), size - _SHORTEST] = model.buckets.take(bucket) * whole
    return rows, np.flatnonzero(~inside)


def _bytes(signed: Hashes) -> tuple[Hashes, list[tuple[Hashes, Hashes]]]:
    """The first byte of each character; the others, 0 where there are none, and their factors."""
    starts = np.flatnonzero((signed & 0xC0) != 0x80)
    lengths = np.diff(starts, append=len(signed))
    padded = np.concatenate((signed, np.zeros(3, np.uint32)))
    more = []
    for at in range(1, int(lengths.max())):
        has = lengths > at
        factors = np.where(has, np.uint32(_PRIME), np.uint32(1))
        more.append((padded.take(starts + at) * has, factors))
    return signed.take(starts), more


def _label_scores(model: Model, hidden: Vectors) -> NDArray[np.float64]:
    """The log probability of each label: the sum over the branches that lead to it."""
    inner = len(model.nodes)
    right = 1.0 / (1.0 + np.exp(-(model.nodes @ hidden.T.astype(np.float64))))
    logs = np.zeros((2 * inner + 1, len(hidden)))
    np.log(right + _LEAST, out=logs[:inner])
    np.log(1.0 - right + _LEAST, out=logs[inner:-1])
    steps = logs.take(model.paths.T, axis=0)
    return np.ascontiguousarray(steps.sum(axis=0).T)
