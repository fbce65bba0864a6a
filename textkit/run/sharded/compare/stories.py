"""The story level over blocks: candidates by rare words, pairs, components, groups.

What every worker must know of the whole corpus is the statistics of its words and facts, which
grow as its vocabulary does; all else meets by key. Products are added up in the order of words,
so that the sums are those of one matrix product, bit for bit.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.sorting import distinct, heads
from textkit.dedup.arrays.vectors import word_vectors
from textkit.dedup.signatures.features import PERMUTATIONS, Features
from textkit.dedup.signatures.tokens import I64
from textkit.dedup.story.groups import (
    CANDIDATE,
    fact_vectors,
    measure_of,
    rarer,
    shared_facts,
    story_pairs,
    within_days,
)
from textkit.run.sharded.compare.across import across
from textkit.run.sharded.compare.blocks import (
    SIZE,
    Block,
    block_rows,
    by_block,
    cut,
    end_to_end,
    read_facts,
)
from textkit.run.sharded.compare.linkage import linked
from textkit.run.sharded.compare.vocabulary import (
    Known,
    Rows,
    date_of,
    keys_of,
    known,
    rows_of,
    sums,
    tallies,
    write_statistics,
)
from textkit.run.sharded.engine import Batch, Engine, blobs, joined, only
from textkit.run.sharded.steps import Job


def mark_stories(engine: Engine, job: Job, count: int) -> None:
    """Write the story group of each document that has one."""
    counted = engine.map(partial(tallies, job), block_rows(count))
    added = engine.group_by_key(sums, counted, "term")
    written = engine.gather(engine.group_by_key(partial(write_statistics, job), added, "one"))
    documents = int(written["documents"][0]) if written else 0
    if documents < 2:
        return
    weights = engine.map(partial(_weights, job), block_rows(count))
    products = engine.group_by_key(_products, weights, "term")
    least = job.options.dedup.story_similarity * CANDIDATE
    met = engine.keep(engine.group_by_key(partial(_enough, least), products, "code"))
    asked = engine.group_by_key(_asked, engine.map(_seconds, met), "block")
    sent = engine.map(partial(_documents, job), asked)
    cells = engine.both(engine.map(_in_cells, met), sent)
    pairs = engine.keep(engine.group_by_key(partial(_similar, job), cells, "cell"))
    others = across(engine, job, count, documents)
    if others is not None:
        pairs = engine.keep(engine.group_by_key(_best, engine.both(pairs, others), "one"))
    links = linked(engine, pairs, job.options.dedup)
    mine = engine.group_by_key(partial(_with_facts, job), links, "block")
    said = engine.group_by_key(partial(_said, job), mine, "block")
    engine.gather(engine.group_by_key(partial(by_block, job, "story"), said, "block"))


# candidates


def _weights(job: Job, batch: Batch) -> Batch:
    """The weights of rare words in documents."""
    statistics, parts = known(job), []
    for number in batch["block"].tolist():
        rows = rows_of(job, number)
        some = rarer(word_vectors(rows.features, statistics.words), statistics.cheap)
        owners = np.repeat(np.arange(len(rows.at)), np.diff(some.indptr))
        parts.append({
            "term": some.indices.astype(np.int64), "at": rows.at[owners], "weight": some.data,
        })  # fmt: skip
    return joined(parts)


def _products(batch: Batch) -> Batch:
    """The product of each two documents that have a word."""
    order = np.lexsort((batch["at"], batch["term"]))
    term, at, weight = (batch[name][order] for name in ("term", "at", "weight"))
    starts = np.flatnonzero(heads(term))
    sizes = np.diff(np.append(starts, len(term)))
    after = np.repeat(starts + sizes, sizes) - np.arange(len(term)) - 1  # others with this word
    first = np.repeat(np.arange(len(term)), after)
    before = np.repeat(np.cumsum(after) - after, after)
    second = first + 1 + np.arange(len(first)) - before
    return {
        "code": (at[first] << 32) | at[second],
        "term": term[first].astype(np.int32),
        "product": weight[first] * weight[second],
    }


def _enough(least: float, batch: Batch) -> Batch:
    """The pairs whose products come to enough, added up in the order of words."""
    order = np.lexsort((batch["term"], batch["code"]))
    codes = batch["code"][order]
    new = heads(codes)
    sums = np.bincount(np.cumsum(new) - 1, batch["product"][order])
    found = codes[new][sums >= least]
    return {"one": found >> 32, "other": found & 0xFFFFFFFF}


# pairs: the block of the first document is a cell, to which the second ones are sent


def _seconds(batch: Batch) -> Batch:
    codes = distinct((batch["one"] // SIZE << 32) | batch["other"])
    return {"cell": codes >> 32, "at": codes & 0xFFFFFFFF, "block": (codes & 0xFFFFFFFF) // SIZE}


def _asked(batch: Batch) -> Batch:
    codes = distinct((batch["cell"] << 32) | batch["at"])
    return {"cell": codes >> 32, "at": codes & 0xFFFFFFFF}


_SENT = ("words", "facts", "date")


def _documents(job: Job, batch: Batch) -> Batch:
    """What was asked for, on its way to the cells."""
    parts = []
    for number in distinct(batch["at"] // SIZE).tolist():
        asked = only(batch, batch["at"] // SIZE == number)
        rows = rows_of(job, number)
        sent = only(_columns(rows), np.searchsorted(rows.at, asked["at"]))
        parts.append({"cell": asked["cell"], "one": asked["at"], "other": asked["at"], **sent})
    return joined(parts)


def _columns(rows: Rows) -> Batch:
    """What comparing needs of each document, as bytes."""
    words, facts = cut(rows.features.words, rows.features.starts), cut(*keys_of(rows.facts))
    return {"words": words, "facts": facts, "date": blobs(rows.dates)}


def _in_cells(batch: Batch) -> Batch:
    nothing = {name: blobs([b""] * len(batch["one"])) for name in _SENT}
    return {"cell": batch["one"] // SIZE, "one": batch["one"], "other": batch["other"], **nothing}


def _similar(job: Job, batch: Batch) -> Batch:
    """The pairs that are similar enough to count, cell by cell."""
    statistics, parts = known(job), []
    for cell in distinct(batch["cell"]).tolist():
        rows = only(batch, batch["cell"] == cell)
        parts.append(_similar_in(job, statistics, cell, rows))
    return joined(parts)


def _similar_in(job: Job, statistics: Known, cell: int, rows: Batch) -> Batch:
    own, mine = rows["one"] == rows["other"], rows_of(job, cell)
    sent = only(rows, own & ~np.isin(rows["one"], mine.at))
    at = np.concatenate([mine.at, sent["one"]])
    order = np.argsort(at)
    at = at[order]
    columns = {n: np.concatenate([c, sent[n]])[order] for n, c in _columns(mine).items()}
    features = _features(columns["words"])
    facts = fact_vectors(*end_to_end(columns["facts"], np.uint64), statistics.facts)
    vectors = word_vectors(features, statistics.words)
    pairs = np.stack([rows["one"][~own], rows["other"][~own]], axis=1)
    local = np.searchsorted(at, pairs).reshape(-1, 2)
    found = story_pairs(local, vectors.rows, facts, features.sizes)
    days = job.options.dedup.story_days
    if days is not None:
        stamps = [date_of(stamp) for stamp in columns["date"]]
        found = found.only(within_days(found.pairs, stamps, days))
    ranks = at[found.pairs].reshape(-1, 2)
    return {"one": ranks[:, 0], "other": ranks[:, 1], "similarity": found.similarity}


def _features(parts: NDArray[Any]) -> Features:
    words, starts = end_to_end(parts, np.uint32)
    none = np.zeros(len(parts) + 1, dtype=np.int64)
    return Features(
        np.zeros((len(parts), 2), np.uint64), words, starts,
        np.zeros((0, PERMUTATIONS), np.uint32), np.zeros(0, np.uint64), none,
    )  # fmt: skip


def _best(batch: Batch) -> Batch:
    """Each pair once, with its higher similarity."""
    rows = only(batch, np.lexsort((-batch["similarity"], batch["other"], batch["one"])))
    return only(rows, heads(rows["one"]) | heads(rows["other"]))


# groups


def _facts_at(job: Job, ranks: I64) -> list[bytes]:
    found: list[bytes] = [b""] * len(ranks)
    for number in distinct(ranks // SIZE).tolist():
        block = Block(job, number)
        facts = block.strings("facts")
        for place in np.flatnonzero(ranks // SIZE == number).tolist():
            found[place] = facts[int(ranks[place] - block.at[0])]
    return found


def _with_facts(job: Job, batch: Batch) -> Batch:
    facts = blobs(_facts_at(job, batch["at"]))
    return {**batch, "facts": facts, "block": batch["matched"] // SIZE}


def _said(job: Job, batch: Batch) -> Batch:
    """What is said of each member: its group, what it is most like, and what both have."""
    rows: list[dict[str, Any]] = []
    theirs = _facts_at(job, batch["matched"])
    for place, (own, other) in enumerate(zip(batch["facts"].tolist(), theirs, strict=True)):
        one, two = read_facts(own), read_facts(other)
        similarity = float(batch["similarity"][place])
        rows.append({
            "story": int(batch["story"][place]), "matched": int(batch["matched"][place]),
            "similarity": similarity, "measure": measure_of(similarity, shared_facts(one, two)),
        })  # fmt: skip
    at = batch["at"]
    links = blobs([msgspec.json.encode(row) for row in rows])
    return {"at": at, "block": at // SIZE, "link": links}
