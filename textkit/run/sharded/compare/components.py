"""Connected components on an engine, by alternating stars.

Each round makes every node point at the least of its neighbours, first the larger ones among them
(large star), then the smaller ones (small star); the edges become stars in O(log^2 n) rounds, in
practice in a few, and no process sees them all (Kiveris, Lattanzi, Mirrokni, Rastogi and
Vassilvitskii, 2014).
"""

from __future__ import annotations

import numpy as np

from textkit.dedup.signatures.features import mix
from textkit.dedup.signatures.tokens import I64
from textkit.errors import TextkitError
from textkit.run.sharded.engine import Batch, Data, Engine

MOST_ROUNDS = 64  # chains of 2^32 nodes end well before


def components(engine: Engine, edges: Data) -> Data:
    """Return each node but the least of its component as `one`, with that least as `other`.

    `edges` are pairs of the columns `one` and `other`.
    """
    seen: tuple[int, int] | None = None
    for _ in range(MOST_ROUNDS):
        large = engine.group_by_key(_large_star, engine.map(_both_ways, edges), "one")
        edges = engine.keep(engine.group_by_key(_small_star, engine.map(_downwards, large), "one"))
        sums = engine.gather(engine.map(_sum, edges))
        now = (int(sums["count"].sum()), int(sums["sum"].sum())) if sums else (0, 0)
        if now == seen:
            return edges
        seen = now
    raise TextkitError("components did not settle", "please report it")


def _both_ways(batch: Batch) -> Batch:
    one, other = batch["one"], batch["other"]
    return {"one": np.concatenate([one, other]), "other": np.concatenate([other, one])}


def _downwards(batch: Batch) -> Batch:
    one, other = batch["one"], batch["other"]
    return {"one": np.maximum(one, other), "other": np.minimum(one, other)}


def _grouped(batch: Batch) -> tuple[I64, I64, I64]:
    """Distinct edges by their first node, and the least of it and its neighbours for each."""
    order = np.lexsort((batch["other"], batch["one"]))
    one, other = batch["one"][order], batch["other"][order]
    new = np.ones(len(one), dtype=np.bool_)
    new[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    one, other = one[new], other[new]
    first = np.ones(len(one), dtype=np.bool_)
    first[1:] = one[1:] != one[:-1]
    starts = np.flatnonzero(first)
    least = np.minimum(one, np.repeat(other[starts], np.diff(np.append(starts, len(one)))))
    return one, other, least


def _large_star(batch: Batch) -> Batch:
    one, other, least = _grouped(batch)
    larger = other > one
    return {"one": other[larger], "other": least[larger]}


def _small_star(batch: Batch) -> Batch:
    one, other, least = _grouped(batch)
    moved = other != least
    return {
        "one": np.concatenate([other[moved], one[other == least]]),
        "other": np.concatenate([least[moved], least[other == least]]),
    }


def _sum(batch: Batch) -> Batch:
    """A sum that is the same for the same edges, in whatever order."""
    with np.errstate(over="ignore"):
        mixed = mix(mix(batch["one"].astype(np.uint64)) + batch["other"].astype(np.uint64))
    return {
        "count": np.array([len(mixed)]),
        "sum": (mixed >> np.uint64(24)).sum(keepdims=True).astype(np.int64),
    }
