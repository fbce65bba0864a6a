"""From what was found about ranks to the record of each document, by shard."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import msgspec
import numpy as np

from textkit.dedup.records import Finding, dedup_record
from textkit.document import Repeat
from textkit.run.sharded.compare.blocks import (
    SIZE,
    Block,
    block_rows,
    by_block,
    load,
    unpacked_bytes,
)
from textkit.run.sharded.engine import Batch, Engine, blobs, only
from textkit.run.sharded.files import write
from textkit.run.sharded.steps import Job


class Named(NamedTuple):
    """What a record asks of another document: its id."""

    id: str


def near_findings(job: Job, number: int) -> dict[int, Finding]:
    """Return what the near level found about documents of a block."""
    found = load(job, "near", number)
    if not found:
        return {}
    rows = unpacked_bytes(found["finding"])
    return {
        int(at): msgspec.json.decode(row, type=Finding)
        for at, row in zip(found["at"].tolist(), rows, strict=True)
    }


def story_findings(job: Job, number: int) -> dict[int, dict[str, Any]]:
    """Return what the story level found about documents of a block."""
    found = load(job, "story", number)
    if not found:
        return {}
    rows = (msgspec.json.decode(row) for row in unpacked_bytes(found["link"]))
    return dict(zip(found["at"].tolist(), rows, strict=True))


def findings_of(job: Job, number: int) -> dict[int, Finding]:
    """Return what is found about all documents of a block, but the story of copies."""
    block = Block(job, number)
    found = {int(at): Finding(cluster=int(at)) for at in block.at.tolist()}
    found.update(near_findings(job, number))
    resolved = load(job, "resolved", number)
    if resolved:
        for at, first, cluster in zip(*(resolved[n].tolist() for n in _COPY), strict=True):
            found[at] = Finding("exact", cluster, first, 1.0, 1.0, "duplicate")
    for at, link in story_findings(job, number).items():
        finding = found[at]
        finding.story = link["story"]
        if finding.level is None:
            finding.level, finding.relation = "story", finding.relation or "same_story"
            finding.matched, finding.similarity = link["matched"], link["similarity"]
            finding.measure = link["measure"]
    return found


_COPY = ("at", "first", "cluster")


def resolve_copies(engine: Engine, job: Job, count: int) -> None:
    """Write the cluster of each exact copy: that of what it is a copy of."""
    asked = engine.map(partial(_originals, job), block_rows(count))
    resolved = engine.group_by_key(partial(_resolved, job), asked, "block")
    engine.gather(engine.group_by_key(partial(by_block, job, "resolved"), resolved, "block"))


def _originals(job: Job, batch: Batch) -> Batch:
    blocks = [Block(job, number) for number in batch["block"].tolist()]
    first = np.concatenate([block.originals for block in blocks])
    at = np.concatenate([block.copies for block in blocks])
    return {"at": at, "first": first, "block": first // SIZE}


def _resolved(job: Job, batch: Batch) -> Batch:
    known: dict[int, Finding] = {}
    for number in np.unique(batch["block"]).tolist():
        known.update(near_findings(job, number))
    clusters = [
        known[first].cluster if first in known and known[first].level == "near" else first
        for first in batch["first"].tolist()
    ]
    at = batch["at"]
    return {
        "at": at, "first": batch["first"], "block": at // SIZE,
        "cluster": np.array(clusters, dtype=np.int64),
    }  # fmt: skip


def write_results(engine: Engine, job: Job, count: int) -> None:
    """Write the records of de-duplication of each shard, in the order of its documents."""
    asked = engine.map(partial(_copies, job), block_rows(count))
    told = engine.group_by_key(partial(_stories_of, job), asked, "block")
    engine.gather(engine.group_by_key(partial(by_block, job, "told"), told, "block"))
    rows = engine.map(partial(_references, job), block_rows(count))
    named = engine.group_by_key(partial(_ids, job), rows, "block")
    both = engine.both(named, engine.map(partial(_own, job), block_rows(count)))
    engine.gather(engine.group_by_key(partial(_write, job), both, "shard"))


def _copies(job: Job, batch: Batch) -> Batch:
    """The documents that tell the story of another one."""
    rows = [
        (at, finding.cluster)
        for number in batch["block"].tolist()
        for at, finding in findings_of(job, number).items()
        if finding.story is None and finding.cluster != at
    ]
    at, cluster = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    return {"at": at, "block": cluster // SIZE, "cluster": cluster}


def _stories_of(job: Job, batch: Batch) -> Batch:
    stories: dict[int, int] = {}
    for number in np.unique(batch["block"]).tolist():
        links = story_findings(job, number)
        stories.update((at, link["story"]) for at, link in links.items())
    story = np.array([stories.get(c, -1) for c in batch["cluster"].tolist()], dtype=np.int64)
    at = batch["at"][story >= 0]
    return {"at": at, "block": at // SIZE, "story": story[story >= 0]}


def _complete(job: Job, number: int) -> dict[int, Finding]:
    found = findings_of(job, number)
    told = load(job, "told", number)
    if told:
        for at, story in zip(told["at"].tolist(), told["story"].tolist(), strict=True):
            found[at].story = story
    repeats = load(job, "repeats", number)
    if repeats:
        rows = unpacked_bytes(repeats["repeats"])
        for at, row in zip(repeats["at"].tolist(), rows, strict=True):
            found[at].repeats = msgspec.json.decode(row, type=tuple[Repeat, ...])
    return found


def _places(block: Block) -> tuple[list[int], list[int]]:
    return block.column("shard").tolist(), block.column("number").tolist()


def _references(job: Job, batch: Batch) -> Batch:
    """For each document, the others that its record names."""
    rows = []
    for number in batch["block"].tolist():
        block = Block(job, number)
        shards, numbers = _places(block)
        for at, finding in _complete(job, number).items():
            others = {finding.cluster, finding.matched, finding.story, finding.inside}
            row = at - int(block.at[0])
            rows += [(shards[row], numbers[row], ref) for ref in {*others, *finding.held} - {None}]
    shard, place, ref = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return {"shard": shard, "number": place, "ref": ref, "block": ref // SIZE}


def _ids(job: Job, batch: Batch) -> Batch:
    ids = blobs([b""] * len(batch["ref"]))
    for number in np.unique(batch["block"]).tolist():
        block = Block(job, number)
        names = blobs(block.strings("ids"))
        mine = batch["block"] == number
        ids[mine] = names[batch["ref"][mine] - block.at[0]]
    return {**only(batch, slice(None)), "ids": ids, "finding": blobs([b""] * len(ids))}  # type: ignore[arg-type]


def _own(job: Job, batch: Batch) -> Batch:
    """What is found about each document, on its way back to its shard."""
    shard, place, at, rows = [], [], [], []
    for number in batch["block"].tolist():
        block = Block(job, number)
        shards, numbers = _places(block)
        for rank, finding in _complete(job, number).items():
            row = rank - int(block.at[0])
            shard.append(shards[row])
            place.append(numbers[row])
            at.append(rank)
            rows.append(msgspec.json.encode(finding))
    ranks = np.array(at, dtype=np.int64)
    return {
        "shard": np.array(shard, dtype=np.int64),
        "number": np.array(place, dtype=np.int64),
        "ref": ranks,
        "block": ranks // SIZE,
        "ids": blobs([b""] * len(rows)),
        "finding": blobs(rows),
    }


def _write(job: Job, batch: Batch) -> Batch:
    for number in np.unique(batch["shard"]).tolist():
        rows = only(batch, batch["shard"] == number)
        names = {
            ref: Named(id.decode())
            for ref, id, finding in zip(
                rows["ref"].tolist(), rows["ids"].tolist(), rows["finding"].tolist(), strict=True
            )
            if not finding
        }
        own = only(rows, np.array([bool(row) for row in rows["finding"]]))
        own = only(own, np.argsort(own["number"]))
        records = []
        for at, row in zip(own["ref"].tolist(), own["finding"].tolist(), strict=True):
            finding = {at: msgspec.json.decode(row, type=Finding)}
            records.append(dedup_record(at, finding, names))  # type: ignore[arg-type]
        path = job.path("dedup", job.shards[number], ".json")
        write(path, [msgspec.json.encode(records)])
    return {"shards": np.unique(batch["shard"])}
