"""Ids that are unique in the corpus, as a run on one machine gives them, without a list of all.

Names that meet are made different by a number: `a`, `a-2`. So only records whose wanted name is
wanted twice, or is such a name and a number, can have part in a conflict; all others are left
alone. Each shard asks which of its names, and of the names before their numbers, are wanted twice,
and is told of those. Records of one family, by the shortest such name, meet at one worker, which
names them in the order of the input.
"""

from __future__ import annotations

import os
import shutil
from functools import partial
from hashlib import blake2b

import msgspec
import numpy as np

from textkit.read.sources import Namer
from textkit.run.sharded.engine import Batch, Engine, blobs
from textkit.run.sharded.files import HIDDEN, write
from textkit.run.sharded.steps import Job, names_of, shard_rows, shards_in


def name_all(engine: Engine, job: Job) -> None:
    """Write the names that records of each shard get instead of those that they want."""
    shutil.rmtree(os.path.join(job.out, HIDDEN, "names"), ignore_errors=True)
    wanted = engine.map(partial(_wanted, job), shard_rows(job))
    twice = engine.keep(engine.group_by_key(_twice, wanted, "key"))
    if not engine.gather(engine.map(_count, twice)).get("count", np.zeros(1)).any():
        return
    families = engine.group_by_key(partial(_in_families, job), twice, "shard")
    named = engine.group_by_key(_name_families, families, "key")
    engine.gather(engine.group_by_key(partial(_write_names, job), named, "shard"))


def families(name: str) -> list[int]:
    """Return 64 bits for each name that this could be a numbered one of, shortest first, and it.

    The bits are the same in every process; the work grows with the length alone.

    >>> families("a-2-3")[:2] == families("a-2"), len(families("a-2-0")), len(families("-2"))
    (True, 1, 2)
    """
    whole = name.encode()
    cuts = [len(whole)]
    while (dash := whole.rfind(b"-", 0, cuts[-1])) >= 0 and _is_number(whole[dash + 1 : cuts[-1]]):
        cuts.append(dash)
    digest, found, start = blake2b(digest_size=8), [], 0
    for cut in reversed(cuts):
        digest.update(whole[start:cut])
        found.append(int.from_bytes(digest.digest(), "little"))
        start = cut
    return found


def _is_number(ending: bytes) -> bool:
    return ending.isdigit() and not ending.startswith(b"0")


def _wanted(job: Job, batch: Batch) -> Batch:
    """The names that a shard asks for, each once, and how many of its records want just that."""
    rows: list[tuple[int, int, int]] = []
    for shard in shards_in(batch):
        counts: dict[int, int] = {}
        for name in names_of(job, shard):
            *shorter, own = families(name.wanted)
            counts[own] = counts.get(own, 0) + 1
            for key in shorter:
                counts.setdefault(key, 0)
        rows += ((key, shard.number, count) for key, count in counts.items())
    keys, numbers, found = zip(*rows, strict=True) if rows else ((), (), ())
    return {
        "key": np.array(keys, dtype=np.uint64),
        "shard": np.array(numbers, dtype=np.int64),
        "count": np.array(found, dtype=np.int64),
    }


def _twice(batch: Batch) -> Batch:
    """The shards that asked for a name which more than one record wants."""
    _, at = np.unique(batch["key"], return_inverse=True)
    met = np.bincount(at, batch["count"])[at] > 1
    return {"key": batch["key"][met], "shard": batch["shard"][met]}


def _count(batch: Batch) -> Batch:
    return {"count": np.array([len(batch["key"])])}


def _in_families(job: Job, batch: Batch) -> Batch:
    """The records that can have part in a conflict, by the name of their family."""
    keys, rows = [], []
    for shard in np.unique(batch["shard"]).tolist():
        twice = frozenset(batch["key"][batch["shard"] == shard].tolist())
        for number, name in enumerate(names_of(job, job.shards[shard])):
            family = next((key for key in families(name.wanted) if key in twice), None)
            if family is not None:
                keys.append(family)
                rows.append((shard, number, name.own, name.wanted.encode()))
    numbers, places, own, names = zip(*rows, strict=True) if rows else ((), (), (), ())
    return {
        "key": np.array(keys, dtype=np.uint64),
        "shard": np.array(numbers, dtype=np.int64),
        "number": np.array(places, dtype=np.int64),
        "own": np.array(own, dtype=np.bool_),
        "wanted": blobs(names),
    }


def _name_families(batch: Batch) -> Batch:
    """Name the records of each family in input order; an own name that is taken fails."""
    order = np.lexsort((batch["number"], batch["shard"], batch["key"]))
    shards, numbers, names, kept = [], [], [], []
    namer, family = Namer(), None
    for at in order.tolist():
        if batch["key"][at] != family:
            namer, family = Namer(), batch["key"][at]
        wanted = batch["wanted"][at].decode()
        free = not (batch["own"][at] and namer.has(wanted))
        name = namer.take(wanted) if free else wanted
        if not free or name != wanted:
            shards.append(batch["shard"][at])
            numbers.append(batch["number"][at])
            names.append(name.encode())
            kept.append(free)
    return {
        "shard": np.array(shards, dtype=np.int64),
        "number": np.array(numbers, dtype=np.int64),
        "name": blobs(names),
        "kept": np.array(kept, dtype=np.bool_),
    }


def _write_names(job: Job, batch: Batch) -> Batch:
    numbers = np.unique(batch["shard"])
    for number in numbers.tolist():
        some = np.flatnonzero(batch["shard"] == number)
        names = {
            int(batch["number"][at]): batch["name"][at].decode() if batch["kept"][at] else None
            for at in some.tolist()
        }
        path = job.path("names", job.shards[number], ".json")
        write(path, [msgspec.json.encode(dict(sorted(names.items())))])
    return {"shard": numbers}
