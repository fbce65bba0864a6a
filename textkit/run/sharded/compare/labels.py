"""Pairs with the components that they lie in."""

from __future__ import annotations

import numpy as np

from textkit.run.sharded.compare.components import components
from textkit.run.sharded.engine import Batch, Data, Engine

_LABEL = -1.0  # in the place of a similarity


def labelled(engine: Engine, pairs: Data, strong: Data) -> Data:
    """Return those of the pairs whose two ends `strong` pairs connect, with their `label`.

    Columns of pairs: `one`, `other`, `similarity`.
    """
    labels = engine.keep(engine.map(_as_rows, components(engine, strong)))
    first = engine.group_by_key(_first_label, engine.both(engine.map(_keyed, pairs), labels), "key")
    both = engine.both(engine.map(_rekeyed, first), labels)
    return engine.group_by_key(_second_label, both, "key")


def _as_rows(batch: Batch) -> Batch:
    one, other = batch["one"], batch["other"]
    return {
        "key": one, "one": one, "other": other, "label": other,
        "similarity": np.full(len(one), _LABEL),
    }  # fmt: skip


def _keyed(batch: Batch) -> Batch:
    return {
        "key": batch["one"], "one": batch["one"], "other": batch["other"],
        "label": np.full(len(batch["one"]), -1), "similarity": batch["similarity"],
    }  # fmt: skip


def _rekeyed(batch: Batch) -> Batch:
    return {**batch, "key": batch["other"]}


def _names(batch: Batch) -> tuple[Batch, np.ndarray]:
    """The pairs of a batch, and the label of the key of each; a node without one is its own."""
    is_label = batch["similarity"] == _LABEL
    order = np.argsort(batch["key"][is_label])
    nodes, labels = batch["key"][is_label][order], batch["label"][is_label][order]
    pairs = {name: column[~is_label] for name, column in batch.items()}
    if not len(nodes):
        return pairs, pairs["key"]
    at = np.minimum(np.searchsorted(nodes, pairs["key"]), len(nodes) - 1)
    return pairs, np.where(nodes[at] == pairs["key"], labels[at], pairs["key"])


def _first_label(batch: Batch) -> Batch:
    pairs, names = _names(batch)
    return {**pairs, "label": names}


def _second_label(batch: Batch) -> Batch:
    pairs, names = _names(batch)
    inside = pairs["label"] == names
    return {name: column[inside] for name, column in pairs.items() if name != "key"}
