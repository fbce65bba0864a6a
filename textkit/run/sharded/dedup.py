"""De-duplication over shards."""

from __future__ import annotations

from functools import partial

import msgspec
import numpy as np

from textkit.dedup import dedup
from textkit.run.sharded.engine import Batch, Engine
from textkit.run.sharded.files import Done, read_json, records, write
from textkit.run.sharded.steps import Job


def dedup_all(engine: Engine, job: Job) -> None:
    """Write what is found about the records of each shard."""
    engine.gather(engine.map(partial(_whole, job), [{"x": np.zeros(1)}]))


def _whole(job: Job, batch: Batch) -> Batch:
    documents = (d for shard in job.shards for d in records(job.path("translated", shard)))
    found = dedup(documents, job.options.dedup)
    for shard in job.shards:
        count = read_json(job.path("translated", shard, ".done"), Done).documents
        marks = [next(found).dedup for _ in range(count)]
        write(job.path("dedup", shard, ".json"), [msgspec.json.encode(marks)])
    return batch
