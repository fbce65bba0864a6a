"""What a worker does with a shard: each step reads what the one before it wrote, and writes.

A step that was done before, with the same inputs and options, is not done again.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from functools import partial

import msgspec
import numpy as np
from msgspec.structs import replace

from textkit.document import Dedup, Document, encode
from textkit.errors import Failure, TextkitError
from textkit.run.cards import Card, read_card
from textkit.run.options import RunOptions, fingerprint, translation_fingerprint
from textkit.run.sharded import attempts
from textkit.run.sharded.engine import Batch, Engine, Function, Once, blobs
from textkit.run.sharded.files import (
    Done,
    finish,
    finished,
    path_of,
    read_json,
    records,
    write,
)  # fmt: skip
from textkit.run.sharded.shards import Shard, shard_tasks, stamps
from textkit.run.sharded.tables import table_of
from textkit.run.stages import preparation
from textkit.run.work import Task, Unfinished, prepare, unfinished
from textkit.run.work import finish as finish_record
from textkit.translate import translate
from textkit.translate.routes import Routes


@dataclass(frozen=True)
class Job:
    """One run: what all of its workers know."""

    out: str
    options: RunOptions
    version: str
    base: str  # the folder that paths of inputs count from
    shards: tuple[Shard, ...] = field(default=(), repr=False)

    def __getstate__(self) -> dict[str, object]:
        """Workers need the names of all shards, but the inputs of their own alone."""
        return {**self.__dict__, "shards": tuple(Shard(s.number, ()) for s in self.shards)}

    def path(self, step: str, shard: Shard, ending: str = ".jsonl") -> str:
        """Return where a step's file of a shard lies."""
        return path_of(self.out, step, shard.name, ending)

    def article_path(self, shard: Shard) -> str:
        """Return where a shard's finished records lie."""
        ending = ".parquet" if self.options.shard_format == "parquet" else ".jsonl"
        return os.path.join(self.out, "articles", shard.name + ending)


Step = Callable[[Job, Shard], Done]


class Name(msgspec.Struct, array_like=True):
    """What a prepared record wants to be called, and where it comes from."""

    where: str
    wanted: str
    own: bool  # its own name, which must be free; another one is numbered


def by_shard(step: Step, job: Job, batch: Batch) -> Batch:
    """Do a step for the shards of a batch; return what was done."""
    shards = list(shards_in(batch))
    with chdir(job.base):
        done = [msgspec.json.encode(replace(step(job, s), failures=[])) for s in shards]
    return {"number": np.array([shard.number for shard in shards]), "done": blobs(done)}


def shards_in(batch: Batch) -> Iterator[Shard]:
    """Yield the shards that the rows of a batch are."""
    for row in batch["shard"]:
        yield msgspec.convert(json.loads(row), Shard)


def shard_rows(job: Job) -> list[Batch]:
    """Return the shards as work for an engine."""
    # The standard library takes paths that are not UTF-8; msgspec does not.
    rows = (json.dumps(msgspec.to_builtins(shard)).encode() for shard in job.shards)
    return [{"shard": blobs([row])} for row in rows]


def do_all(engine: Engine, job: Job, function: Function | Once) -> list[Done]:
    """Do a step for every shard; return what was done, in the order of shards."""
    rows = engine.gather(engine.map(function, shard_rows(job)))
    order = np.argsort(rows["number"]).tolist()
    return [msgspec.json.decode(rows["done"][at], type=Done) for at in order]


def prepare_shard(job: Job, shard: Shard) -> Done:
    """Read, clean and detect."""
    options = job.options
    key = fingerprint(preparation(options), options.max_bytes, stamps(shard))
    path, marker = job.path("prepared", shard), job.path("prepared", shard, ".done")
    if done := finished(marker, key, path):
        return done
    failures: list[Failure] = []
    lost: list[tuple[str, str, str]] = []
    names: list[Name] = []

    def found() -> Iterator[bytes]:
        tasks = shard_tasks(shard, options.max_bytes, failures.append)
        for task, outcome in attempts.outcomes(partial(prepare, options), tasks, job, shard):
            if outcome.problem:
                lost.append((task.where, outcome.problem, outcome.hint))
            if outcome.record is not None:
                names.append(_name(task, outcome.id))
                yield outcome.record

    size = write(path, found())
    write(job.path("prepared", shard, ".names"), [msgspec.json.encode(names)])
    lost += [(f.where, str(f.error), f.error.hint) for f in failures]
    return finish(marker, Done(key, len(names), lost, size))


def _name(task: Task, own: str) -> Name:
    if task.format == "record" and own != task.id:
        return Name(task.where, own, True)
    return Name(task.where, task.id, False)


def names_of(job: Job, shard: Shard) -> list[Name]:
    """Return what the prepared records of a shard want to be called."""
    names: list[Name] = read_json(job.path("prepared", shard, ".names"), list[Name])
    return names


def renames_of(job: Job, shard: Shard) -> dict[int, str | None]:
    """Return the names that records of a shard get instead; None where a name is taken."""
    path = job.path("names", shard, ".json")
    return read_json(path, dict[int, str | None]) if os.path.exists(path) else {}


class Translator:
    """Gives records their ids and translates them; loads each model once."""

    def __init__(self, job: Job) -> None:
        self._job = job
        options = job.options.translate
        self._engines = translation_fingerprint(options)
        self._routes = Routes(options) if options else None

    def __call__(self, batch: Batch) -> Batch:
        return by_shard(lambda _, shard: self._shard(shard), self._job, batch)

    def _shard(self, shard: Shard) -> Done:
        job, options = self._job, self._job.options.translate
        renames = renames_of(job, shard)
        before = read_json(job.path("prepared", shard, ".done"), Done)
        key = fingerprint(before.key, sorted(renames.items()), self._engines)
        path, marker = job.path("translated", shard), job.path("translated", shard, ".done")
        if done := finished(marker, key, path):
            return done
        lost: list[tuple[str, str, str]] = []
        count = 0

        def on_failure(document: Document, problem: TextkitError) -> None:
            lost.append((f"{document.source}: {document.id}", str(problem), problem.hint))

        def found() -> Iterator[bytes]:
            nonlocal count
            named = _named(job, shard, renames, lost)
            done = translate(named, options, self._routes, on_failure) if options else named
            for document in done:
                count += 1
                yield encode(document)

        size = write(path, found())
        return finish(marker, Done(key, count, lost, size))


def _named(
    job: Job, shard: Shard, renames: dict[int, str | None], lost: list[tuple[str, str, str]]
) -> Iterator[Document]:
    names = names_of(job, shard) if renames else []
    for number, document in enumerate(records(job.path("prepared", shard))):
        id = renames.get(number, names[number].wanted if renames else document.id)
        if id is None:
            name = names[number]
            lost.append((name.where, f"id {name.wanted!r} is taken already", ""))
        else:
            yield document if id == document.id else replace(document, id=id)


def _places(job: Job, shard: Shard) -> list[str]:
    """Where the records of a shard come from, without those that got no name."""
    renames = renames_of(job, shard)
    names = enumerate(names_of(job, shard))
    return [name.where for number, name in names if renames.get(number, "") is not None]


def finish_shard(job: Job, shard: Shard) -> Done:
    """Add what de-duplication found, and summarise."""
    options = job.options
    before = read_json(job.path("translated", shard, ".done"), Done)
    with open(job.path("dedup", shard, ".json"), "rb") as stream:
        found = stream.read()
    key = fingerprint(before.key, found, options.summarize, options.shard_format)
    path, marker = job.article_path(shard), job.path("finished", shard, ".done")
    if done := finished(marker, key, path):
        return done
    lost: list[tuple[str, str, str]] = []
    counts: dict[str, int] = {}
    marks = msgspec.json.decode(found, type=list[Dedup])

    def finished_records() -> Iterator[bytes]:
        documents = zip(records(job.path("translated", shard)), marks, strict=True)
        given = (Unfinished(encode(document), mark, None) for document, mark in documents)
        work = partial(finish_record, options)
        found = attempts.outcomes(work, given, job, shard, unfinished)
        for number, (_, outcome) in enumerate(found):
            if outcome.problem:
                lost.append((_places(job, shard)[number], outcome.problem, outcome.hint))
            if outcome.record is not None:
                count(counts, read_card(outcome.card))
                yield outcome.record

    if options.shard_format == "parquet":
        size = table_of(finished_records(), path)
    else:
        size = write(path, finished_records())
    return finish(marker, Done(key, counts.get("documents", 0), lost, size, counts))


def count(counts: dict[str, int], card: Card) -> None:
    """Count what the closing table says; languages as `lang:en`."""
    found = Counter(
        edits=card.edits,
        translated=card.translated,
        glossed=card.glossed,
        copies=card.copy_of is not None,
        variants=card.variant,
        stories=card.story == card.id,
    )
    found.update(("documents", f"lang:{card.lang or 'und'}"))
    for name, number in found.items():
        if number:
            counts[name] = counts.get(name, 0) + number
