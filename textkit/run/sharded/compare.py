"""De-duplication of a run over shards: workers pack features, one process compares them.

The comparison is `textkit.dedup.packed.dedup_packed`, the same as that of a run without shards, so
the records are the same. The process that starts the workers holds some 10 KB a document: six
million documents in 64 GB.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice

import msgspec

from textkit.dedup.packed import VERSION, Packed, dedup_packed
from textkit.document import decode
from textkit.run.compare import pack
from textkit.run.options import fingerprint
from textkit.run.sharded.engine import Engine
from textkit.run.sharded.files import HIDDEN, Done, finish, finished, read_json, records, write
from textkit.run.sharded.shards import Shard
from textkit.run.sharded.steps import Job, by_shard, shard_rows

__all__ = ["compare_all"]


def compare_all(engine: Engine, job: Job) -> None:
    """Write what is found about the records of each shard, in their order."""
    before = [read_json(job.path("translated", s, ".done"), Done) for s in job.shards]
    key = fingerprint(job.version, [done.key for done in before], job.options.dedup)
    marker = os.path.join(job.out, HIDDEN, "dedup", "all.done")
    written = all(os.path.exists(job.path("dedup", shard, ".json")) for shard in job.shards)
    if written and finished(marker, key):
        return
    engine.gather(engine.map(partial(by_shard, pack_shard, job), shard_rows(job)))
    passages = _Passages(job)
    found = dedup_packed(_packs(job), job.options.dedup, passages)
    for shard, done in zip(job.shards, before, strict=True):
        rows = list(islice(found, done.documents))
        write(job.path("dedup", shard, ".json"), [msgspec.json.encode(rows)])
    finish(marker, Done(key, sum(done.documents for done in before), passages.failures))


def comparison_failures(job: Job) -> list[tuple[str, str, str]]:
    """Return the documents whose passages could not be compared: where, problem, hint."""
    done = read_json(os.path.join(job.out, HIDDEN, "dedup", "all.done"), Done)
    return list(done.failures)


def pack_shard(job: Job, shard: Shard) -> Done:
    """Write the packed features of a shard's documents."""
    before = read_json(job.path("translated", shard, ".done"), Done)
    key = fingerprint(job.version, VERSION, before.key)
    path, marker = job.path("packed", shard, ".mp"), job.path("packed", shard, ".done")
    if done := finished(marker, key, path):
        return done
    packs: list[Packed] = []
    lost: list[tuple[str, str, str]] = []
    for one in records(job.path("translated", shard)):
        packs_of_one = pack(one, with_passages=False)
        packs.append(Packed(one.id, one.source, one.date, packs_of_one.features))
        if packs_of_one.problem:
            lost.append((one.source, packs_of_one.problem, packs_of_one.hint))
    size = write(path, [msgspec.msgpack.encode(packs)])
    return finish(marker, Done(key, before.documents, lost, size))


def _packs(job: Job) -> Iterator[Packed]:
    """Yield the packs of all documents, in the order of the shards."""
    for shard in job.shards:
        with open(job.path("packed", shard, ".mp"), "rb") as stream:
            yield from msgspec.msgpack.decode(stream.read(), type=list[Packed])


class _Passages:
    """Packs the sentences of a document when they are asked for, by its place."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._lines: list[tuple[Shard, int]] = []
        self.failures: list[tuple[str, str, str]] = []

    def __call__(self, number: int) -> bytes:
        if not self._lines:
            self._lines = list(_places(self._job))
        shard, offset = self._lines[number]
        with open(self._job.path("translated", shard), "rb") as stream:
            stream.seek(offset)
            document = decode(stream.readline())
        packs = pack(document, with_passages=True)
        if packs.problem:
            self.failures.append((document.source, packs.problem, packs.hint))
        return packs.passages or b""


def _places(job: Job) -> Iterator[tuple[Shard, int]]:
    """Yield where each record stands: its shard, and the byte that its line begins at."""
    for shard in job.shards:
        offset = 0
        with open(job.path("translated", shard), "rb") as stream:
            for line in stream:
                yield shard, offset
                offset += len(line)
