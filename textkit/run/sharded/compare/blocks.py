"""Documents in the order of rank, in blocks: where a document's features lie follows from its rank.

Ranks are given out by counting (a class of documents of one length starts after all longer ones),
so that no process holds the order of all.
"""

from __future__ import annotations

import itertools
import os
from functools import partial
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from textkit.dedup.ranking import letters, pattern, rank_key
from textkit.dedup.signatures.features import PERMUTATIONS, Features, batches, features_of, gather
from textkit.dedup.signatures.tokens import I64
from textkit.dedup.story.fact_keys import packed, unpacked
from textkit.dedup.story.key_facts import Anchors, anchors
from textkit.files import atomic_write
from textkit.run.options import fingerprint
from textkit.run.sharded.engine import Batch, Engine, blobs, only
from textkit.run.sharded.files import Done, finish, finished, path_of, read_json, records
from textkit.run.sharded.shards import Shard
from textkit.run.sharded.steps import Job, by_shard, shard_rows, shards_in

SIZE = 2048  # documents in a block
PIECES = 2048  # of work in a step over all blocks: what starts them knows each
_LONGEST = 1 << 40  # letters; an upper bound
_BYTES = ("words", "sentences", "ids", "dates", "facts")  # columns of what has no fixed size


def block_path(job: Job, name: str, number: int) -> str:
    """Return where what a step found about a block lies."""
    return path_of(job.out, "compare", f"{name}-{number}", ".npz")


def save(path: str, arrays: dict[str, NDArray[Any]]) -> None:
    """Write arrays as a whole file."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with atomic_write(path) as stream:
        np.savez(stream, **arrays)  # type: ignore[arg-type]


def load(job: Job, name: str, number: int) -> dict[str, NDArray[Any]]:
    """Return what a step found about a block; nothing where it found nothing."""
    path = block_path(job, name, number)
    if not os.path.exists(path):
        return {}
    with np.load(path) as file:
        return dict(file)


def by_block(job: Job, name: str, batch: Batch) -> Batch:
    """Write rows of blocks, in order of `at`, one file a block; return how many."""
    order = np.argsort(batch["at"], kind="stable")
    rows = only(batch, order)
    for number in np.unique(rows["block"]).tolist():
        some = only(rows, rows["block"] == number)
        arrays = {k: packed_bytes(v) if v.dtype == object else v for k, v in some.items()}
        save(block_path(job, name, number), arrays)
    return {"rows": np.array([len(order)])}


def packed_bytes(column: NDArray[Any]) -> NDArray[np.uint8]:
    """Return a column of bytes as an array that a file can hold."""
    return np.frombuffer(msgspec.msgpack.encode(column.tolist()), dtype=np.uint8)


def unpacked_bytes(array: NDArray[np.uint8]) -> list[bytes]:
    """Return the bytes that `packed_bytes` put into an array."""
    return msgspec.msgpack.decode(array.tobytes(), type=list[bytes])


class Block:
    """Some documents that follow each other in rank."""

    def __init__(self, job: Job, number: int) -> None:
        self._file = np.load(block_path(job, "block", number))
        self.number = number
        self.at: I64 = self._file["at"]
        exact = load(job, "exact", number)
        self.copies: I64 = exact.get("at", np.zeros(0, np.int64))
        self.originals: I64 = exact.get("first", np.zeros(0, np.int64))

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of numbers."""
        result: NDArray[Any] = self._file[name]
        return result

    def strings(self, name: str) -> list[bytes]:
        """Return a column of bytes."""
        return unpacked_bytes(self._file[name])

    @property
    def signatures(self) -> NDArray[np.uint32]:
        """The signatures, row by row."""
        return np.frombuffer(b"".join(self.strings("signature")), np.uint32).reshape(
            -1, PERMUTATIONS
        )

    def features(self) -> Features:
        """Return the features of all documents."""
        words, starts = end_to_end(self.strings("words"), np.uint32)
        sentences, sentence_starts = end_to_end(self.strings("sentences"), np.uint64)
        digests = np.stack([self.column("low"), self.column("high")], axis=1)
        return Features(digests, words, starts, self.signatures, sentences, sentence_starts)

    def kept(self, features: Features) -> I64:
        """Return the places of the documents that are no exact copies and have words."""
        copy = np.isin(self.at, self.copies)
        return np.flatnonzero(~copy & (features.sizes > 0))


def end_to_end(parts: list[bytes] | NDArray[Any], kind: Any) -> tuple[NDArray[Any], I64]:
    """Return numbers that lie in pieces as one array, and where each piece begins."""
    sizes = [len(part) // np.dtype(kind).itemsize for part in parts]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return np.frombuffer(b"".join(parts), dtype=kind), starts


def cut(values: NDArray[Any], starts: I64) -> NDArray[Any]:
    """Return an array as pieces; the reverse of `end_to_end`."""
    return blobs([values[a:b].tobytes() for a, b in itertools.pairwise(starts.tolist())])


def read_facts(packed: bytes) -> Anchors:
    """Return the facts of a document that a block keeps as bytes."""
    return unpacked(packed.decode("utf-8", "surrogatepass"))


def block_rows(count: int) -> list[Batch]:
    """Return the blocks of so many documents as work for an engine, in a bounded number of pieces.

    >>> [piece["block"].tolist() for piece in block_rows(SIZE + 1)]
    [[0], [1]]
    """
    blocks = np.arange(-(-count // SIZE))
    return [{"block": some} for some in np.array_split(blocks, min(PIECES, max(len(blocks), 1)))]


# features of a shard


def sketch_shard(job: Job, shard: Shard) -> Done:
    """Write what is kept of a shard's documents for comparing them."""
    before = read_json(job.path("translated", shard, ".done"), Done)
    key = fingerprint(job.version, before.key, job.options.dedup.prefer)
    path, marker = job.path("sketches", shard, ".npz"), job.path("sketches", shard, ".done")
    if done := finished(marker, key, path):
        return done
    preferred = pattern(job.options.dedup.prefer)
    rows: list[tuple[int, bytes, bytes, bytes]] = []
    parts: list[Features] = []

    def texts() -> Any:
        for document in records(job.path("translated", shard)):
            unwanted, length, _, id = rank_key(document, letters(document.text), preferred)
            facts = packed(anchors(document.text)).encode("utf-8", "surrogatepass")
            stamp = (document.date or "\U0010ffff").encode("utf-8", "surrogatepass")
            rows.append((unwanted * _LONGEST + length, stamp, id.encode(), facts))
            yield document.text

    parts = [features_of(batch) for batch in batches(texts())]
    found = gather(parts)
    classes, dates, ids, facts = zip(*rows, strict=True) if rows else ((), (), (), ())
    save(path, {
        "class": np.array(classes, dtype=np.int64),
        "low": found.digests[:, 0], "high": found.digests[:, 1],
        "signature": found.signatures,
        "words": packed_bytes(cut(found.words, found.starts)),
        "sentences": packed_bytes(cut(found.sentences, found.sentence_starts)),
        "ids": packed_bytes(blobs(ids)), "dates": packed_bytes(blobs(dates)),
        "facts": packed_bytes(blobs(facts)),
    })  # fmt: skip
    return finish(marker, Done(key, len(rows), [], os.path.getsize(path)))


def _sketches(job: Job, shard: Shard) -> dict[str, NDArray[Any]]:
    with np.load(job.path("sketches", shard, ".npz")) as file:
        arrays = dict(file)
    for name in _BYTES:
        arrays[name] = blobs(unpacked_bytes(arrays[name]))
    arrays["signature"] = blobs([row.tobytes() for row in arrays["signature"]])
    arrays["shard"] = np.full(len(arrays["class"]), shard.number)
    arrays["number"] = np.arange(len(arrays["class"]))
    return arrays


# ranks


def build(engine: Engine, job: Job) -> int:
    """Write the blocks; return how many documents there are."""
    engine.gather(engine.map(partial(by_shard, sketch_shard, job), shard_rows(job)))
    sizes = engine.map(partial(_class_sizes, job), shard_rows(job))
    counted = engine.gather(engine.group_by_key(_added_up, sizes, "class"))
    if not counted:
        return 0
    order = np.argsort(counted["class"])
    classes, counts = counted["class"][order], counted["count"][order]
    starts = np.cumsum(counts) - counts
    rows = engine.map(partial(_rank_rows, job), shard_rows(job))
    ranks = engine.group_by_key(partial(_ranks, classes, starts), rows, "class")
    moved = engine.group_by_key(partial(_moved, job), ranks, "shard")
    engine.gather(engine.group_by_key(partial(by_block, job, "block"), moved, "block"))
    return int(counts.sum())


def _class_sizes(job: Job, batch: Batch) -> Batch:
    classes = [_sketches(job, shard)["class"] for shard in shards_in(batch)]
    found, count = np.unique(np.concatenate(classes), return_counts=True)
    return {"class": found, "count": count}


def _added_up(batch: Batch) -> Batch:
    found, at = np.unique(batch["class"], return_inverse=True)
    return {"class": found, "count": np.bincount(at, batch["count"]).astype(np.int64)}


def _rank_rows(job: Job, batch: Batch) -> Batch:
    found = [_sketches(job, shard) for shard in shards_in(batch)]
    names = ("class", "dates", "ids", "shard", "number")
    return {name: np.concatenate([one[name] for one in found]) for name in names}


def _ranks(classes: I64, starts: I64, batch: Batch) -> Batch:
    """Number the documents of each class by date, then id."""
    keys = list(
        zip(batch["class"].tolist(), batch["dates"].tolist(), batch["ids"].tolist(), strict=True)
    )
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
    ordered = batch["class"][order]
    new = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    first = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    at = starts[np.searchsorted(classes, ordered)] + np.arange(len(order)) - first
    return {"at": at, "shard": batch["shard"][order], "number": batch["number"][order]}


def _moved(job: Job, batch: Batch) -> Batch:
    """The features of documents whose ranks are known, on their way to their blocks."""
    found = []
    for number in np.unique(batch["shard"]).tolist():
        some = only(batch, batch["shard"] == number)
        rows = only(_sketches(job, job.shards[number]), some["number"])
        rows["at"], rows["block"] = some["at"], some["at"] // SIZE
        found.append(rows)
    return {name: np.concatenate([rows[name] for rows in found]) for name in found[0]}
