"""Exact copies, and pairs that share a key: the group-by of de-duplication, on the engine."""

from __future__ import annotations

import os
import shutil
from functools import partial
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.sorting import distinct, heads
from textkit.dedup.near.candidates import (
    COMMON_SENTENCE,
    COMMON_VALUE,
    LEAST_ESTIMATE,
    SURELY_ALIKE,
    pairs_of,
    shared_keys,
    split,
)
from textkit.dedup.signatures.tokens import I64, U64
from textkit.run.sharded.compare.blocks import SIZE, Block, block_rows, by_block
from textkit.run.sharded.engine import Batch, Data, Engine, blobs, joined, only
from textkit.run.sharded.files import HIDDEN, path_of, write
from textkit.run.sharded.steps import Job

BAND, VALUE, SENTENCE = 0, 1, 2
MOST = 100_000  # documents of one band's key that are paired; more are but reported
_MOST_OF = {BAND: None, VALUE: COMMON_VALUE, SENTENCE: COMMON_SENTENCE}
KINDS = {BAND: "band", SENTENCE: "sentence"}


class Hot(msgspec.Struct):
    """Keys that too many documents share: how many of them, and the largest."""

    kind: str
    keys: int
    most: int  # documents of the largest one
    dropped: bool  # or cut at MOST


class Kept(NamedTuple):
    """The columns that pairs have between the steps."""

    one: I64
    other: I64
    flag: NDArray[np.int8]


def mark_exact(engine: Engine, job: Job, count: int) -> int:
    """Write which documents are exact copies, and of which; return how many are left."""
    rows = engine.map(partial(_digests, job), block_rows(count))
    filled = engine.keep(rows)
    copies = engine.group_by_key(_copies, filled, "low")
    engine.gather(engine.group_by_key(partial(by_block, job, "exact"), copies, "block"))
    kept = engine.gather(engine.map(partial(_kept_count, job), block_rows(count)))
    return int(kept["count"].sum()) if kept else 0


def _digests(job: Job, batch: Batch) -> Batch:
    found = []
    for number in batch["block"].tolist():
        block = Block(job, number)
        filled = np.flatnonzero([len(words) > 0 for words in block.strings("words")])
        columns = {"low": block.column("low"), "high": block.column("high"), "at": block.at}
        found.append(only(columns, filled))
    return {name: np.concatenate([rows[name] for rows in found]) for name in found[0]}


def _copies(batch: Batch) -> Batch:
    order = np.lexsort((batch["at"], batch["high"], batch["low"]))
    rows = only(batch, order)
    new = heads(rows["low"]) | heads(rows["high"])
    first = rows["at"][np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))]
    at = rows["at"][~new]
    return {"at": at, "first": first[~new], "block": at // SIZE}


def _kept_count(job: Job, batch: Batch) -> Batch:
    blocks = [Block(job, number) for number in batch["block"].tolist()]
    return {"count": np.array([len(block.kept(block.features())) for block in blocks])}


def candidates(engine: Engine, job: Job, count: int, kept: int) -> Data:
    """Return the pairs that look alike, as `one`, `other` and whether they surely are."""
    # What a step that was stopped has said would be counted again where keys are in other parts.
    shutil.rmtree(os.path.join(job.out, HIDDEN, "compare", "hot"), ignore_errors=True)
    keys = engine.map(partial(_keys, job, kept), block_rows(count))
    met = engine.group_by_key(partial(_pairs, job), keys, "key")
    first = engine.group_by_key(partial(_first_signature, job), met, "block")
    return engine.keep(engine.group_by_key(partial(_look_alike, job), first, "block"))


def _keys(job: Job, kept: int, batch: Batch) -> Batch:
    """All keys of the documents of a block; what they are depends on how many there are in all."""
    parts = []
    for number in batch["block"].tolist():
        block = Block(job, number)
        features = block.features()
        rows = block.kept(features)
        features, at = features.take(rows), block.at[rows]
        for found, most in shared_keys(features.signatures, kept):
            parts.append(_of_kind(BAND if most is None else VALUE, found, at))
        owners = np.repeat(at, np.diff(features.sentence_starts))
        parts.append(_of_kind(SENTENCE, features.sentences, owners))
    return joined(parts)


def _of_kind(kind: int, keys: U64, owners: I64) -> Batch:
    """Keys of one kind; of one that is hot in this block alone, a single row and its count."""
    most = _MOST_OF[kind]
    times = np.ones(len(keys), dtype=np.int32)
    if most is not None:
        order = np.argsort(keys, kind="stable")
        keys, owners = keys[order], owners[order]
        first = np.flatnonzero(heads(keys))
        sizes = np.diff(np.append(first, len(keys)))
        times[first[sizes > most]] = sizes[sizes > most]
        told = np.repeat(sizes <= most, sizes)
        told[first] = True
        keys, owners, times = keys[told], owners[told], times[told]
    kinds = np.full(len(keys), kind, dtype=np.int8)
    return {"key": keys, "at": owners, "kind": kinds, "times": times}


def _pairs(job: Job, batch: Batch) -> Batch:
    """The pairs of each key; what too many share is left out, or cut, and reported."""
    codes, flags = [np.zeros(0, np.int64)], [np.zeros(0, np.int8)]
    for kind in _MOST_OF:
        rows = _without_hot(job, kind, only(batch, batch["kind"] == kind))
        found = pairs_of(rows["key"], rows["at"])
        codes.append(found)
        flags.append(np.full(len(found), kind == SENTENCE, dtype=np.int8))
    every, flag = np.concatenate(codes), np.concatenate(flags)
    return {"code": every, "sure": flag, "block": (every >> 32) // SIZE}


def _without_hot(job: Job, kind: int, batch: Batch) -> Batch:
    """Keys of one kind without those that too many share, or cut; and say so."""
    most = _MOST_OF[kind]
    rows = only(batch, np.lexsort((batch["at"], batch["key"])))
    first = np.flatnonzero(heads(rows["key"]))
    sizes = np.add.reduceat(rows["times"], first) if len(first) else first
    hot = sizes > (most or MOST)
    if not hot.any():
        return rows
    if kind != VALUE:  # single values are often shared by chance: nothing to tell
        found = Hot(KINDS[kind], int(hot.sum()), int(sizes.max()), most is not None)
        name = f"{kind}-{int(rows['key'].min()):016x}"
        write(path_of(job.out, "compare/hot", name, ".json"), [msgspec.json.encode(found)])
    lengths = np.diff(np.append(first, len(rows["key"])))
    place = np.arange(len(rows["key"])) - np.repeat(first, lengths)
    return only(rows, place < MOST if most is None else ~np.repeat(hot, lengths))


def _first_signature(job: Job, batch: Batch) -> Batch:
    """Each pair once, with the signature of its first document."""
    codes = distinct(batch["code"])
    sure = distinct(batch["code"][batch["sure"] > 0])
    signatures = blobs([b""] * len(codes))
    first, second = split(codes).T
    for number in np.unique(first // SIZE).tolist():
        block = Block(job, number)
        mine = np.flatnonzero(first // SIZE == number)
        rows = block.signatures[first[mine] - block.at[0]]
        signatures[mine] = blobs([row.tobytes() for row in rows])
    return {
        "code": codes,
        "sure": np.isin(codes, sure).astype(np.int8),
        "signature": signatures,
        "block": second // SIZE,
    }


def _look_alike(job: Job, batch: Batch) -> Batch:
    """The pairs whose signatures look alike, or that share a sentence."""
    first, second = split(batch["code"]).T
    estimate = np.zeros(len(first))
    for number in np.unique(second // SIZE).tolist():
        block = Block(job, number)
        mine = np.flatnonzero(second // SIZE == number)
        left = np.frombuffer(b"".join(batch["signature"][mine].tolist()), np.uint32)
        right = block.signatures[second[mine] - block.at[0]]
        estimate[mine] = (left.reshape(right.shape) == right).mean(axis=1)
    kept = (estimate >= LEAST_ESTIMATE) | (batch["sure"] > 0)
    alike = (estimate >= SURELY_ALIKE).astype(np.int8)
    return {"one": first[kept], "other": second[kept], "flag": alike[kept]}
