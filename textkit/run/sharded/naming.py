"""Ids that are unique in the corpus, as a run on one machine gives them, without a list of all.

Names that meet are made different by a number: `a`, `a-2`. So only records whose wanted name is
wanted twice, or is such a name and a number, can have part in a conflict; all others are left
alone. Those of one family, by the name before the numbers, meet at one worker, which names them
in the order of the input.
"""

from __future__ import annotations

import os
import re
import shutil
from functools import partial
from hashlib import blake2b

import msgspec
import numpy as np

from textkit.read.sources import Namer
from textkit.run.sharded.engine import Batch, Engine, blobs
from textkit.run.sharded.files import path_of, read_json, write
from textkit.run.sharded.steps import Job, names_of, shard_rows, shards_in

_NUMBERED = re.compile(r"-[1-9]\d*\Z")


def name_all(engine: Engine, job: Job) -> None:
    """Write the names that records of each shard get instead of those that they want."""
    shutil.rmtree(os.path.dirname(_twice_path(job)), ignore_errors=True)
    wanted = engine.map(partial(_wanted, job), shard_rows(job))
    met = engine.group_by_key(_met, wanted, "key")
    if not engine.gather(engine.group_by_key(partial(_write_met, job), met, "one")):
        return
    families = engine.map(partial(_in_families, job), shard_rows(job))
    named = engine.group_by_key(_name_families, families, "key")
    engine.gather(engine.group_by_key(partial(_write_names, job), named, "shard"))


def _twice_path(job: Job) -> str:
    return path_of(job.out, "names", "wanted-twice", ".json")


def hashed(name: str) -> int:
    """Return 64 bits for a name, the same in every process."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def _keys(names: list[str]) -> Batch:
    return {
        "key": np.array([hashed(name) for name in names], dtype=np.uint64),
        "name": blobs([name.encode() for name in names]),
    }


def _wanted(job: Job, batch: Batch) -> Batch:
    return _keys([name.wanted for shard in shards_in(batch) for name in names_of(job, shard)])


def _met(batch: Batch) -> Batch:
    """The names that more than one record wants."""
    _, first, count = np.unique(batch["key"], return_index=True, return_counts=True)
    twice = batch["name"][first[count > 1]]
    return {"one": np.zeros(len(twice), np.int64), "name": twice}


def _write_met(job: Job, batch: Batch) -> Batch:
    names = sorted(name.decode() for name in batch["name"])
    write(_twice_path(job), [msgspec.json.encode(names)])
    return {"count": np.array([len(names)])}


def _in_families(job: Job, batch: Batch) -> Batch:
    """The records that can have part in a conflict, by the name of their family."""
    twice = frozenset(read_json(_twice_path(job), list[str]))
    families, rows = [], []
    for shard in shards_in(batch):
        for number, name in enumerate(names_of(job, shard)):
            family = _family(name.wanted, twice)
            if family is not None:
                families.append(family)
                rows.append((shard.number, number, name.own, name.wanted.encode()))
    shard_numbers, numbers, own, names = zip(*rows, strict=True) if rows else ((), (), (), ())
    return {
        **_keys(families),
        "shard": np.array(shard_numbers, dtype=np.int64),
        "number": np.array(numbers, dtype=np.int64),
        "own": np.array(own, dtype=np.bool_),
        "wanted": blobs(names),
    }


def _family(name: str, twice: frozenset[str]) -> str | None:
    """The shortest of the names that are wanted twice of which `name` could be a numbered one.

    >>> _family("a-2-3", frozenset(["a-2", "a"])), _family("b-2", frozenset(["a"]))
    ('a', None)
    """
    found = name if name in twice else None
    while match := _NUMBERED.search(name):
        name = name[: match.start()]
        found = name if name in twice else found
    return found


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
