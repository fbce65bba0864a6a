"""De-duplication over shards: the steps of `textkit.dedup`, each on the engine.

Documents are put in the order of rank, in blocks, so that their features are found by rank alone.
Then exact copies, keys, pairs, groups of pairs, the statistics of terms, and what each group says
are found by grouping on keys; no process sees the whole corpus (but for repeated passages, which
are looked for in small ones), and the records are the same.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from glob import glob

from textkit.run.options import fingerprint
from textkit.run.sharded.compare.blocks import build
from textkit.run.sharded.compare.near import mark_near
from textkit.run.sharded.compare.pairing import Hot, mark_exact
from textkit.run.sharded.compare.passages import mark_passages
from textkit.run.sharded.compare.results import resolve_copies, write_results
from textkit.run.sharded.compare.stories import mark_stories
from textkit.run.sharded.engine import Engine
from textkit.run.sharded.files import HIDDEN, Done, finish, finished, read_json, write
from textkit.run.sharded.steps import Job

__all__ = ["compare_all"]


def compare_all(engine: Engine, job: Job) -> list[str]:
    """Write what is found about the records of each shard; return what is to be said about it."""
    before = [done.key for done in _translated(job)]
    key = fingerprint(job.version, before, job.options.dedup)
    marker = os.path.join(job.out, HIDDEN, "dedup", "all.done")
    done = finished(marker, key)
    if done:  # a run that was stopped after the marker leaves its steps
        shutil.rmtree(_folder(job), ignore_errors=True)
    if done and all(os.path.exists(job.path("dedup", shard, ".json")) for shard in job.shards):
        return [where for where, _, _ in done.failures]
    shutil.rmtree(os.path.dirname(marker), ignore_errors=True)
    count = _compare(engine, job, key)
    said = _hot_keys(_folder(job))
    for shard in job.shards:
        if not os.path.exists(job.path("dedup", shard, ".json")):  # a shard without documents
            write(job.path("dedup", shard, ".json"), [b"[]"])
    finish(marker, Done(key, count, [(warning, "", "") for warning in said]))
    shutil.rmtree(_folder(job), ignore_errors=True)
    return said


def _folder(job: Job) -> str:
    return os.path.join(job.out, HIDDEN, "compare")


def _translated(job: Job) -> Iterator[Done]:
    return (read_json(job.path("translated", s, ".done"), Done) for s in job.shards)


def _compare(engine: Engine, job: Job, key: str) -> int:
    """Take the steps, but for those that an earlier run with this key has taken."""
    options = job.options.dedup
    engine.expect(sum(d.documents for d in _translated(job)))
    if not finished(_marker(job, "blocks"), key):
        shutil.rmtree(_folder(job), ignore_errors=True)
    count = _step(job, "blocks", key, partial(build, engine, job))
    if not count:
        return 0
    kept = _step(job, "exact", key, partial(mark_exact, engine, job, count))
    if options.near:
        _step(job, "near", key, partial(mark_near, engine, job, count, kept))
    _step(job, "copies", key, partial(resolve_copies, engine, job, count))
    if options.story:
        _step(job, "stories", key, partial(mark_stories, engine, job, count))
    _step(job, "passages", key, partial(mark_passages, engine, job, count))
    write_results(engine, job, count)
    return count


def _step(job: Job, name: str, key: str, step: Callable[[], int | None]) -> int:
    """Take a step, unless it was taken; return the count that it gave."""
    done = finished(_marker(job, name), key)
    if not done:
        done = finish(_marker(job, name), Done(key, step() or 0))
    return done.documents


def _marker(job: Job, name: str) -> str:
    return os.path.join(_folder(job), f"{name}.done")


def _hot_keys(folder: str) -> list[str]:
    """Say which keys too many documents shared, by kind."""
    found: dict[str, list[Hot]] = {}
    for path in sorted(glob(os.path.join(folder, "hot", "*.json"))):
        hot = read_json(path, Hot)
        found.setdefault(hot.kind, []).append(hot)
    return [_told(kind, some) for kind, some in found.items()]


def _told(kind: str, found: list[Hot]) -> str:
    """Say of the hot keys of a kind how many there are.

    >>> _told("sentence", [Hot("sentence", 1, 60, dropped=True)])
    "1 hot key of the step 'sentence' left out; the largest is shared by 60 documents"
    """
    keys, most = sum(hot.keys for hot in found), max(hot.most for hot in found)
    left = f"{keys} hot key{'s' if keys > 1 else ''} of the step {kind!r}"
    what = "left out" if found[0].dropped else "cut"
    return f"{left} {what}; the largest is shared by {most} documents"
