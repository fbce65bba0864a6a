"""A run over shards, for corpora that outgrow one machine: the same stages, on an engine.

    OUT/articles/part-00000.jsonl ...   all records     OUT/corpus.md         the corpus summary
    OUT/failures.jsonl                  what failed     OUT/.textkit/sharded  what steps leave

Workers read and write; the process that starts them knows paths, counts, keys and features. All
of them must see the same files. Each step of a shard leaves a whole file and a marker, so that a
run that ends early, however it ends, is taken up where it was.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import partial

import msgspec

from textkit.errors import Failure, InputError, OutputError
from textkit.files import atomic_write, remove_parts
from textkit.read import Source, reason
from textkit.run import Tally
from textkit.run.lock import locked
from textkit.run.options import RunOptions, base
from textkit.run.progress import Progress
from textkit.run.sharded.compare import compare_all, comparison_failures
from textkit.run.sharded.corpus import write_corpus
from textkit.run.sharded.counting import with_lines
from textkit.run.sharded.engine import Engine, Once
from textkit.run.sharded.files import HIDDEN, Done, read_json
from textkit.run.sharded.naming import name_all
from textkit.run.sharded.shards import shards_of
from textkit.run.sharded.steps import (
    Job,
    Translator,
    by_shard,
    do_all,
    finish_shard,
    prepare_shard,
)  # fmt: skip

SHOWN = 100  # failures that are told one by one; all of them are in failures.jsonl
STEPS = ("prepared", "translated", "packed", "finished")


def engine_of(options: RunOptions) -> Engine:
    """Return the engine that the options name. Raises ConfigError where it is not installed."""
    from textkit.run.sharded.ray_engine import Ray

    return Ray(options.ray_address, options.jobs)


def run_sharded(
    sources: list[Source],
    out: str,
    options: RunOptions,
    progress: Progress,
    force: bool = False,
    engine: Engine | None = None,
) -> Tally:
    """Run every stage over `sources`; what is done already is not done again, unless forced.

    Raises OutputError where `out` can't be written or another run holds it.
    """
    out = os.path.abspath(out)
    engine = engine or engine_of(options)
    try:
        with locked(os.path.join(out, ".textkit")):
            if os.path.exists(os.path.join(out, ".textkit", "state.sqlite")):
                raise OutputError(f"{out}: holds a run of another executor", "name another folder")
            job = Job(out, options, base(), os.getcwd(), tuple(shards_of(sources)))
            with engine:
                hidden = os.path.join(out, HIDDEN)
                if force:
                    shutil.rmtree(hidden, ignore_errors=True)
                os.makedirs(hidden, exist_ok=True)  # from now on, the folder is of this executor
                return _run(engine, job, progress)
    except OSError as error:
        where = error.filename or out
        raise OutputError(
            f"{where}: {reason(error)}", "mend that and run again; what is done stays done"
        ) from error


def _run(engine: Engine, job: Job, progress: Progress) -> Tally:
    job = with_lines(engine, job)
    prepared = do_all(engine, job, partial(by_shard, prepare_shard, job))
    _check_seen(job)
    progress.on_step("read, clean, detect", sum(d.documents for d in prepared), None)
    name_all(engine, job)
    loading = job.options.translate is not None
    translated = do_all(engine, job, Once(Translator, (job,)) if loading else Translator(job))
    progress.on_step("translate", sum(d.documents for d in translated), None)
    compare_all(engine, job)
    progress.on_step("dedup", sum(d.documents for d in translated), None)
    finished = do_all(engine, job, partial(by_shard, finish_shard, job))
    progress.on_step("summarize", sum(d.documents for d in finished), None)
    write_corpus(engine, job, finished)
    _remove_stale(job)
    tally = _tally(finished)
    for read, named in zip(prepared, translated, strict=True):
        tally.unchanged += named.documents * read.again
        tally.new += named.documents * (not read.again)
    tally.failed = _tell_failures(job, progress)
    return tally


def _check_seen(job: Job) -> None:
    """Raise OutputError where this process does not see what the workers wrote."""
    if not all(os.path.exists(job.path("prepared", shard, ".done")) for shard in job.shards):
        raise OutputError(
            f"{job.out}: what other nodes wrote is not there",
            "all nodes need the same view of the input and output folders",
        )


def _tally(finished: list[Done]) -> Tally:
    counts = sum((Counter(d.counts) for d in finished), Counter[str]())
    languages = {name: n for name, n in counts.most_common() if name.startswith("lang:")}
    return Tally(
        documents=counts["documents"],
        edits=counts["edits"],
        translated=counts["translated"],
        glossed=counts["glossed"],
        copies=counts["copies"],
        variants=counts["variants"],
        stories=counts["stories"],
        languages={name.removeprefix("lang:"): n for name, n in languages.items()},
    )


def _tell_failures(job: Job, progress: Progress) -> int:
    """Write failures.jsonl and tell the first failures; return how many there are."""
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        for where, problem, hint in _failures(job):
            count += 1
            if count <= SHOWN:
                progress.fail(Failure(where, InputError(problem, hint)))
            yield msgspec.json.encode({"input": where, "reason": problem}) + b"\n"

    path = os.path.join(job.out, "failures.jsonl")
    with atomic_write(path, follow=False) as stream:
        for line in lines():
            stream.write(line)
    if not count:
        os.unlink(path)
    if count > SHOWN:
        left = InputError(f"{count - SHOWN} more, all in failures.jsonl")
        progress.on_failure(Failure(job.out, left))
    return count


def _failures(job: Job) -> Iterator[tuple[str, str, str]]:
    yield from comparison_failures(job)
    last = None
    for step in STEPS:
        for shard in job.shards:
            for failure in read_json(job.path(step, shard, ".done"), Done).failures:
                if failure != last:  # a file that can't be opened fails in each of its spans
                    yield failure
                last = failure


def _remove_stale(job: Job) -> None:
    """Remove the shards of an earlier run that this one has not."""
    folder = os.path.join(job.out, "articles")
    current = {os.path.basename(job.article_path(shard)) for shard in job.shards}
    for name in os.listdir(folder):
        if name.startswith("part-") and name not in current:
            os.unlink(os.path.join(folder, name))
    remove_parts(folder)
