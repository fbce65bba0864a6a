"""What a run would do, found out without writing anything."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import quote

from textkit.read import Plan
from textkit.run.inputs import check_executor, check_output, inputs_of
from textkit.run.options import RunOptions, fingerprint, translation_fingerprint
from textkit.run.progress import Progress
from textkit.run.stages import preparation
from textkit.run.state import translated
from textkit.run.tasks import tasks


@dataclass
class Preview:
    """What a run would do."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    translated: int = 0  # unchanged ones that other options or models translate anew


def preview(
    found: Plan, out: str, options: RunOptions, progress: Progress, force: bool = False
) -> Preview:
    """Say what `run` would do, and write nothing. Raises OutputError where it would refuse."""
    check_output(out)
    check_executor(out)
    result, stages = Preview(), preparation(options)
    engines = translation_fingerprint(options.translate)
    known = {} if force else _known(os.path.join(out, ".textkit", "state.sqlite"))
    sources = inputs_of(found, out, progress.roots, progress.skip)
    for task in tasks(sources, options.max_bytes, progress.fail, read=options.read):
        key = fingerprint(stages, task.source, task.format, task.data)
        old = known.pop(task.key, None)
        if old is None:
            result.new.append(task.where)
        elif old[1] != key:
            result.changed.append(task.where)
        else:
            result.unchanged += 1
            result.translated += old[2] != fingerprint(key, old[0], engines)
    failed = {failure.where for failure in progress.failures}
    result.removed = sorted(place for place in known if place not in failed)
    return result


def _known(path: str) -> dict[str, tuple[str, str, str]]:
    """The ids and keys of the records of earlier runs, by place; the file is only read."""
    if not os.path.exists(path):
        return {}
    query = "SELECT place, id, prepared_key, translated_key FROM records"
    with translated(path), closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as db:
        return {place: tuple(row) for place, *row in db.execute(query)}
