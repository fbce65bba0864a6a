"""Stories told in several scripts, over blocks: the rare marks of texts meet on the engine.

In how many texts a mark stands is counted block by block, added up by mark, and handed to the
blocks that have it. A mark of few texts is then a key; the products of those that share one are
added up by pair, in the order of marks, so that the sums are those of one matrix product.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from textkit.dedup.arrays.frequencies import Frequencies
from textkit.dedup.arrays.sorting import heads, tally
from textkit.dedup.signatures.tokens import I64
from textkit.dedup.story.across_scripts import Marked, marked, marks_of, related
from textkit.dedup.story.groups import are_near, day_of
from textkit.dedup.story.key_facts import Anchors
from textkit.run.sharded.compare.blocks import block_rows, by_block, load, read_facts
from textkit.run.sharded.compare.vocabulary import Rows, date_of, rows_of
from textkit.run.sharded.engine import Batch, Data, Engine, blobs, joined, only
from textkit.run.sharded.steps import Job


class Scripts(NamedTuple):
    """The scripts of the corpus in order, and the place of the most common one."""

    names: list[str]
    major: int


def across(engine: Engine, job: Job, count: int, documents: int) -> Data | None:
    """Return the pairs of texts in two scripts, with their similarity; None where one is all.

    `count` documents are in blocks; of them, `documents` are compared.
    """
    scripts = _scripts(engine.gather(engine.map(partial(_script_counts, job), block_rows(count))))
    if len(scripts.names) < 2:
        return None
    counted = engine.map(partial(_mark_counts, job), block_rows(count))
    added = engine.group_by_key(_added_up, counted, "mark")
    engine.gather(engine.group_by_key(partial(by_block, job, "marks"), added, "block"))
    rows = engine.map(partial(_marks, job, documents, scripts), block_rows(count))
    products = engine.group_by_key(partial(_products, scripts.major), rows, "mark")
    days = job.options.dedup.story_days
    return engine.group_by_key(partial(_related, documents, days), products, "code")


def _facts(rows: Rows) -> list[Anchors]:
    return [read_facts(one) for one in rows.facts]


# scripts


def _script_counts(job: Job, batch: Batch) -> Batch:
    found = [one.script for n in batch["block"].tolist() for one in _facts(rows_of(job, n))]
    names = sorted(set(found) - {""})
    counts = np.array([found.count(name) for name in names], dtype=np.int64)
    return {"script": blobs([name.encode() for name in names]), "count": counts}


def _scripts(counted: Batch) -> Scripts:
    sizes: dict[str, int] = {}
    for name, count in zip(counted.get("script", ()), counted.get("count", ()), strict=True):
        sizes[name.decode()] = sizes.get(name.decode(), 0) + int(count)
    names = sorted(sizes)
    return Scripts(names, names.index(max(names, key=sizes.__getitem__)) if names else 0)


# how many texts have a mark


def _mark_counts(job: Job, batch: Batch) -> Batch:
    parts = []
    for number in batch["block"].tolist():
        terms, counts = tally(marks_of(_facts(rows_of(job, number)))[0])
        blocks = np.full(len(terms), number)
        parts.append({"mark": terms, "block": blocks, "count": counts.astype(np.int64)})
    return joined(parts)


def _added_up(batch: Batch) -> Batch:
    """The sum of each mark over all blocks, for each block that has it; of one text, none."""
    rows = only(batch, np.argsort(batch["mark"]))
    which = np.cumsum(heads(rows["mark"])) - 1
    total = np.bincount(which, rows["count"]).astype(np.int64)[which]
    kept = total > 1
    mark = rows["mark"][kept]
    return {
        "mark": mark, "block": rows["block"][kept], "count": total[kept], "at": mark.view(np.int64),
    }  # fmt: skip


# pairs


_NO_MARKS: Batch = {"mark": np.zeros(0, np.uint64), "count": np.zeros(0, np.int64)}


def _marks(job: Job, documents: int, scripts: Scripts, batch: Batch) -> Batch:
    """The weights of the marks of texts, where few have them."""
    return joined([_marks_in(job, documents, scripts, n) for n in batch["block"].tolist()])


def _marks_in(job: Job, documents: int, scripts: Scripts, number: int) -> Batch:
    rows, known = rows_of(job, number), load(job, "marks", number) or _NO_MARKS
    facts, known = _facts(rows), only(known, np.argsort(known["mark"]))
    counts = known["count"].astype(np.int32)
    found = marked(*marks_of(facts), Frequencies(documents, known["mark"], counts))
    script = [scripts.names.index(one.script) if one.script else -1 for one in facts]
    days = [day_of(date_of(stamp)) for stamp in rows.dates]
    looked_at = _looked_at(found, known["mark"])
    owners = np.repeat(np.arange(len(facts)), np.diff(found.rows.indptr))[looked_at]
    return {
        "mark": found.known[found.rows.indices[looked_at]],
        "weight": found.rows.data[looked_at],
        "at": rows.at[owners],
        "script": np.array(script, dtype=np.int8)[owners],
        "norm": found.norms[owners],
        "day": np.array(days, dtype=np.int32)[owners],
    }


def _looked_at(found: Marked, shared: np.ndarray) -> I64:
    """The entries of marks that several texts have, and not too many."""
    columns = np.flatnonzero(np.isin(found.known, shared) & ~found.common)
    return np.flatnonzero(np.isin(found.rows.indices, columns))


_BOTH = ("norm", "day")


def _products(major: int, batch: Batch) -> Batch:
    """The product of each two texts in two scripts that have a mark; one is in a minor script."""
    rows = only(batch, np.lexsort((batch["at"], batch["mark"])))
    starts = np.flatnonzero(heads(rows["mark"]))
    sizes = np.diff(np.append(starts, len(rows["mark"])))
    group = np.repeat(np.arange(len(starts)), sizes)
    minor = np.flatnonzero((rows["script"] >= 0) & (rows["script"] != major))
    times = sizes[group[minor]]
    one = np.repeat(minor, times)
    before = np.repeat(np.cumsum(times) - times, times)
    other = np.repeat(starts[group[minor]], times) + np.arange(len(one)) - before
    script, theirs = rows["script"][one], rows["script"][other]
    kept = (theirs >= 0) & (theirs != script) & ((theirs == major) | (one < other))
    first, second = np.minimum(one, other)[kept], np.maximum(one, other)[kept]
    return {
        "code": (rows["at"][first] << 32) | rows["at"][second],
        "mark": rows["mark"][first],
        "product": rows["weight"][first] * rows["weight"][second],
        **{name: rows[name][first] for name in _BOTH},
        **{f"other_{name}": rows[name][second] for name in _BOTH},
    }


def _related(documents: int, days: int | None, batch: Batch) -> Batch:
    """The pairs that have much in common."""
    rows = only(batch, np.lexsort((batch["mark"], batch["code"])))
    first = np.flatnonzero(heads(rows["code"]))
    which = np.cumsum(heads(rows["code"])) - 1
    shared = np.bincount(which, rows["product"]).astype(np.float64)
    pairs = only(rows, first)
    many = np.bincount(which).astype(np.float64)
    kept, alike = related(shared, many, (pairs["norm"], pairs["other_norm"]), documents)
    if days is not None:
        kept &= are_near(pairs["day"], pairs["other_day"], days)
    codes = pairs["code"][kept]
    return {"one": codes >> 32, "other": codes & 0xFFFFFFFF, "similarity": alike[kept]}
