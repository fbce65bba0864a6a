"""Repeated passages over blocks: of a corpus so small that one worker holds what is kept of it."""

from __future__ import annotations

from functools import partial

import msgspec
import numpy as np

from textkit.dedup.passages.repeats import MOST_DOCUMENTS
from textkit.dedup.pipeline import mark_passages as given
from textkit.dedup.pipeline import passages_in
from textkit.dedup.records import Finding
from textkit.dedup.signatures.tokens import I64
from textkit.run.sharded.compare.blocks import SIZE, Block, block_rows, by_block
from textkit.run.sharded.compare.results import near_findings
from textkit.run.sharded.engine import Batch, Engine, blobs
from textkit.run.sharded.files import records
from textkit.run.sharded.steps import Job


def mark_passages(engine: Engine, job: Job, count: int) -> None:
    """Write the passages that repeat others, where the corpus is small or they are asked for."""
    if job.options.dedup.passages is False:
        return
    sizes = engine.gather(engine.map(partial(_stand, job), block_rows(count)))
    kept = int(sizes["count"].sum()) if sizes else 0
    if not kept or (job.options.dedup.passages is None and kept > MOST_DOCUMENTS):
        return
    found = engine.map(partial(_passages, job, count), [{"x": np.zeros(1)}])
    engine.gather(engine.group_by_key(partial(by_block, job, "repeats"), found, "block"))


def _standing(job: Job, number: int) -> tuple[Block, I64]:
    """The documents of a block that stand for their cluster."""
    block, known = Block(job, number), near_findings(job, number)
    copies = set(block.copies.tolist())
    rows = [
        row
        for row, at in enumerate(block.at.tolist())
        if at not in copies and (at not in known or known[at].cluster == at)
    ]
    return block, np.array(rows, dtype=np.int64)


def _stand(job: Job, batch: Batch) -> Batch:
    return {"count": np.array([len(_standing(job, n)[1]) for n in batch["block"].tolist()])}


def _passages(job: Job, count: int, _: Batch) -> Batch:
    wanted: dict[tuple[int, int], int] = {}
    for number in range(-(-count // SIZE)):
        block, chosen = _standing(job, number)
        shards, numbers = block.column("shard"), block.column("number")
        for row in chosen.tolist():
            wanted[int(shards[row]), int(numbers[row])] = int(block.at[row])
    found = {}
    for shard in job.shards:
        for number, document in enumerate(records(job.path("translated", shard))):
            if (shard.number, number) in wanted:
                found[wanted[shard.number, number]] = document
    order = sorted(found)
    documents = [found[at] for at in order]
    marks = [Finding(cluster=row) for row in range(len(order))]
    given(marks, documents, lambda row: passages_in(documents[row]), job.options.dedup)
    at = np.array(order, dtype=np.int64)
    return {
        "at": at,
        "block": at // SIZE,
        "repeats": blobs([msgspec.json.encode(mark.repeats) for mark in marks]),
    }
