"""In how many documents of the corpus the terms of near copies stand, counted by term.

Words and runs of words are many: no process holds them all. Each block is given the counts of the
terms of those of its documents that are compared.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.frequencies import RARE_RUN, Frequencies, Statistics, run_hashes
from textkit.dedup.arrays.sorting import distinct, heads
from textkit.dedup.signatures.features import Features
from textkit.dedup.signatures.tokens import I64, U64
from textkit.run.sharded.compare.blocks import Block, block_rows, by_block, load
from textkit.run.sharded.engine import Batch, Engine, joined, only
from textkit.run.sharded.steps import Job

WORD, RUN = 0, 1
NOT_CODED = np.zeros(0, np.uint64)


def singles(engine: Engine, job: Job, count: int) -> int:
    """Return how many documents count: of those that are surely alike, one."""
    found = engine.gather(engine.map(partial(_single_count, job), block_rows(count)))
    return int(found["count"].sum()) if found else 0


def single_rows(job: Job, number: int) -> tuple[Features, I64, NDArray[np.bool_], I64]:
    """The features of a block's kept documents, their ranks, which count, and which are grouped."""
    block = Block(job, number)
    features = block.features()
    rows = block.kept(features)
    at = block.at[rows]
    found = load(job, "grouped", number)
    members = found.get("at", np.zeros(0, np.int64))
    copies = members[~found["single"]] if found else members
    return features.words_of(rows), at, ~np.isin(at, copies), np.flatnonzero(np.isin(at, members))


def _single_count(job: Job, batch: Batch) -> Batch:
    return {"count": np.array([single_rows(job, n)[2].sum() for n in batch["block"].tolist()])}


def statistics(engine: Engine, job: Job, count: int) -> None:
    """Write, for each block, in how many documents of the corpus the terms of its groups stand."""
    terms = engine.map(partial(_terms, job), block_rows(count))
    counted = engine.group_by_key(_counted, terms, "term")
    engine.gather(engine.group_by_key(partial(_write_statistics, job), counted, "block"))


def _terms(job: Job, batch: Batch) -> Batch:
    """The terms of each block: how many of its documents have each, how often, and who asks."""
    parts = []
    for number in batch["block"].tolist():
        features, _, single, grouped = single_rows(job, number)
        hashes, starts = run_hashes(features)
        both = ((WORD, features.words.astype(np.uint64), features.starts), (RUN, hashes, starts))
        parts += [_block_terms(number, *one, single, grouped) for one in both]
    return joined(parts)


def _block_terms(
    number: int, kind: int, values: U64, starts: I64, single: NDArray[np.bool_], grouped: I64
) -> Batch:
    owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    terms, at = np.unique(values, return_inverse=True)
    counts = single[owners]
    times = np.bincount(at[counts], minlength=len(terms))
    pairs = distinct((at[counts].astype(np.int64) << 32) | owners[counts])
    asked = np.zeros(len(terms), dtype=np.bool_)
    asked[at[np.isin(owners, grouped)]] = True
    return {
        "term": terms,
        "kind": np.full(len(terms), kind, dtype=np.int8),
        "block": np.full(len(terms), number),
        "documents": np.bincount(pairs >> 32, minlength=len(terms)),
        "times": times,
        "asked": asked,
    }


def _counted(batch: Batch) -> Batch:
    """The sums of each term over all blocks, for the blocks that ask; what is in one needs none."""
    order = np.lexsort((batch["term"], batch["kind"]))
    rows = only(batch, order)
    new = heads(rows["term"]) | heads(rows["kind"])
    which = np.cumsum(new) - 1
    documents = np.bincount(which, rows["documents"]).astype(np.int64)[which]
    times = np.bincount(which, rows["times"]).astype(np.int64)[which]
    kept = rows["asked"] & ((documents > 1) | (times > RARE_RUN))
    return {
        "term": rows["term"][kept],
        "kind": rows["kind"][kept],
        "block": rows["block"][kept],
        "documents": documents[kept],
        "common": (times > RARE_RUN)[kept] & (rows["kind"][kept] == RUN),
    }


def _write_statistics(job: Job, batch: Batch) -> Batch:
    return by_block(job, "statistics", {**batch, "at": batch["term"].view(np.int64)})


def statistics_of(job: Job, number: int, single: int) -> Statistics:
    """Return the statistics of the terms of a block; `single` documents are counted."""
    found = load(job, "statistics", number)
    if not found:
        found = {
            "term": NOT_CODED, "kind": np.zeros(0, np.int8), "documents": np.zeros(0, np.int64),
            "common": np.zeros(0, np.bool_),
        }  # fmt: skip
    rows = only(found, np.argsort(found["term"]))
    return Statistics(
        _frequencies(rows, WORD, single), _frequencies(rows, RUN, single),
        rows["term"][rows["common"]],
    )  # fmt: skip


def _frequencies(rows: Batch, kind: int, single: int) -> Frequencies:
    mine = (rows["kind"] == kind) & (rows["documents"] > 1)
    terms: NDArray[Any] = rows["term"][mine]
    if kind == WORD:
        terms = terms.astype(np.uint32)
    return Frequencies(single, terms, rows["documents"][mine].astype(np.int32))
