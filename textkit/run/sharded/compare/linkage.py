"""Story groups of the components that similar pairs make."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.sorting import distinct, heads, tally
from textkit.dedup.options import DedupOptions
from textkit.dedup.story.groups import STEP, StoryPairs, members, stories
from textkit.dedup.story.key_facts import Anchors
from textkit.run.sharded.compare.blocks import SIZE
from textkit.run.sharded.compare.labels import labelled
from textkit.run.sharded.engine import Batch, Data, Engine, only

GIANT = 50_000  # documents of a component that a worker takes; not fewer than LARGEST
NO_FACTS = Anchors(frozenset(), frozenset())


def linked(engine: Engine, pairs: Data, options: DedupOptions) -> Data:
    """The links of all components; one too large for a worker is cut at a higher similarity.

    A worker cuts what is larger than it should be in the same way, from the lowest level on: what
    hangs together at a level hangs together at all below it.
    """
    level, rest, links = options.story_similarity, pairs, None
    while True:
        inside = engine.keep(labelled(engine, rest, engine.map(partial(_strong, level), rest)))
        found = engine.keep(engine.group_by_key(partial(_groups, options), inside, "label"))
        links = found if links is None else engine.both(links, found)
        rest = engine.keep(engine.group_by_key(_too_large, inside, "label"))
        if not len(engine.gather(engine.map(_some, rest)).get("one", ())):
            return links
        level += STEP


def _some(batch: Batch) -> Batch:
    return {"one": batch["one"][:1]}


def _is_large(batch: Batch) -> NDArray[np.bool_]:
    """Tell which pairs lie in a component of more than GIANT documents."""
    labels = np.tile(batch["label"], 2)
    members = np.concatenate([batch["one"], batch["other"]])
    order = np.lexsort((members, labels))
    labels, members = labels[order], members[order]
    new = heads(members) | heads(labels)
    names, sizes = tally(labels[new])
    large: NDArray[np.bool_] = np.isin(batch["label"], names[sizes > GIANT])
    return large


def _too_large(batch: Batch) -> Batch:
    rows = only(batch, _is_large(batch))
    return {name: rows[name] for name in ("one", "other", "similarity")}


def _strong(least: float, batch: Batch) -> Batch:
    strong = batch["similarity"] >= least
    return {"one": batch["one"][strong], "other": batch["other"][strong]}


def _groups(options: DedupOptions, batch: Batch) -> Batch:
    """The groups within each component, and what each member is most like."""
    batch = only(batch, ~_is_large(batch))
    rows = only(batch, np.lexsort((batch["other"], batch["one"])))
    pairs = np.stack([rows["one"], rows["other"]], axis=1)
    at = distinct(pairs.ravel())
    found = StoryPairs(np.searchsorted(at, pairs).reshape(-1, 2), rows["similarity"])
    names = stories(found, len(at), options)
    links = list(members(found, names, lambda _: NO_FACTS))
    ranks = at[np.array([link.row for link in links], dtype=np.int64)]
    return {
        "at": ranks,
        "story": at[np.array([link.group for link in links], dtype=np.int64)],
        "matched": at[np.array([link.matched for link in links], dtype=np.int64)],
        "similarity": np.array([link.similarity for link in links], dtype=np.float64),
        "block": ranks // SIZE,
    }
