"""The stages of a run over the state: each redoes only the records whose key has changed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from msgspec.structs import replace

from textkit.document import Document, decode, encode
from textkit.errors import Failure, InputError, TextkitError
from textkit.read.sources import Namer
from textkit.run.compare import compared, pack_all
from textkit.run.executors import Executor
from textkit.run.options import RunOptions, base, fingerprint, translation_fingerprint
from textkit.run.progress import Progress
from textkit.run.state import BATCH, Row, State
from textkit.run.work import WORKER_DIED, Outcome, Task, Unfinished, finish, prepare, unfinished
from textkit.translate import translate

FAILED = "failed "  # before the key of a stage that failed on a record: the next run tries again
AT_ONCE = 4096  # inputs between two pauses of the workers: what is known of them is held meanwhile


class Seen(NamedTuple):
    """An input on its way: its task without the bytes, and whether the state has its record."""

    place: str  # the key in the state
    where: str  # the same, for people
    id: str  # made up from the place, where a record brings none
    is_record: bool
    key: str
    cached: bool


def prepare_all(
    tasks: Iterable[Task],
    state: State,
    executor: Executor,
    options: RunOptions,
    progress: Progress,
    unlisted: Sequence[str] = (),
) -> list[tuple[str, int]]:
    """Read, clean and detect what is new or changed; forget what is gone.

    Records below folders that can't be listed (`unlisted`) are not gone; returns how many stay.
    """
    run, namer, seen = state.next_run(), Namer(), deque[Seen]()
    key_of = partial(fingerprint, preparation(options))

    def fresh(some: Iterable[Task]) -> Iterator[Task]:
        for task in some:
            key = key_of(task.source, task.format, task.data)
            cached = state.known(task.key)[0] == key
            is_record = task.format == "record"
            seen.append(Seen(task.key, task.where, task.id, is_record, key, cached))
            if not cached:
                yield task

    seq, rest = 0, iter(tasks)
    for first in rest:
        some = fresh(chain((first,), islice(rest, AT_ONCE - 1)))
        finished = _in_order(executor.map(partial(prepare, options), some, killed), seen)
        while batch := list(islice(finished, BATCH)):
            with state.batch():
                for item, outcome in batch:
                    seq += _keep(state, progress, namer, run, seq, item, outcome)
            progress.on_step("read, clean, detect", seq, progress.inputs)
    kept = [(folder, state.see_below(folder, run, seq)) for folder in unlisted]
    state.forget_unseen(run)
    return kept


def preparation(options: RunOptions) -> str:
    """Return what a prepared record depends on beside its input."""
    return fingerprint(base(), options.read, options.clean, options.detect)


def killed(_: object) -> Outcome:
    """What becomes of an input that killed its worker."""
    return Outcome(None, WORKER_DIED, "it may need too much memory")


def _in_order(
    outcomes: Iterator[Outcome], seen: deque[Seen]
) -> Iterator[tuple[Seen, Outcome | None]]:
    """Yield old and new results in input order. Asking for an outcome fills `seen`."""
    for outcome in outcomes:
        while seen[0].cached:
            yield seen.popleft(), None
        yield seen.popleft(), outcome
    while seen:
        yield seen.popleft(), None


def _keep(
    state: State,
    progress: Progress,
    namer: Namer,
    run: int,
    seq: int,
    item: Seen,
    outcome: Outcome | None,
) -> bool:
    """Store one prepared record under an id of its own; was there one to store?"""
    if outcome is not None and outcome.problem:
        progress.fail(Failure(item.where, InputError(outcome.problem, outcome.hint)))
        if outcome.record is None:
            return False
    record = outcome.record if outcome else None
    if outcome:
        own, wanted = outcome.id, outcome.id if item.is_record else item.id
    else:
        _, own, wanted = state.known(item.place)
    if wanted != item.id and namer.has(wanted):
        progress.fail(Failure(item.where, InputError(f"id {wanted!r} is taken already")))
        return False
    id = namer.take(wanted)
    progress.new += outcome is not None
    progress.unchanged += outcome is None
    if record is None and own == id:
        state.see_again(item.place, run, seq)
        return True
    record = record or state.data("prepared", state.number(item.place))
    if own != id:
        record = encode(replace(decode(record), id=id))
    key = FAILED + item.key if outcome is not None and outcome.problem else item.key
    state.keep_prepared(item.place, run, seq, id, wanted, key, record)
    return True


def translate_all(state: State, options: RunOptions, progress: Progress) -> None:
    """Translate what is new or changed, batched across documents, in this process."""
    todo: deque[tuple[int, Row, str, bytes]] = deque()
    failed: set[int] = set()
    engines = translation_fingerprint(options.translate)

    def stale() -> Iterator[Document]:
        for at, row in enumerate(state.rows(), 1):
            key = fingerprint(row.prepared_key, row.id, engines)
            if row.translated_key != key:
                record = state.data("prepared", row.number)
                todo.append((at, row, key, record))
                yield decode(record)

    def on_failure(document: Document, problem: TextkitError) -> None:
        row = next(row for _, row, _, _ in todo if row.id == document.id)
        failed.add(row.number)
        progress.fail(Failure(row.place, problem))

    def made() -> Iterator[bytes | None]:
        if options.translate is None:
            yield from (None for _ in stale())
        else:
            done = translate(stale(), options.translate, on_failure=on_failure)
            yield from (encode(document) for document in done)

    results, count = made(), state.count()
    while batch := list(islice(results, BATCH)):
        with state.batch():
            for record in batch:
                at, row, key, before = todo.popleft()
                changed = None if record == before else record
                key = FAILED + key if row.number in failed else key
                state.keep("translated", row.number, changed, translated_key=key)
        progress.on_step("translate", at, count)


def finish_all(state: State, executor: Executor, options: RunOptions, progress: Progress) -> None:
    """De-duplicate the whole corpus, then finish the records that this or else has changed."""
    pack_all(state, executor, options.dedup, progress)
    stale: deque[tuple[int, Row, str, str]] = deque()

    def changed() -> Iterator[Unfinished]:
        pairs = zip(state.rows(), compared(state, options.dedup, progress), strict=True)
        for at, (row, found) in enumerate(pairs, 1):
            summary = fingerprint(row.translated_key, found.repeats, options.summarize)
            finished = fingerprint(summary, found)
            if row.finished_key != finished:
                stale.append((at, row, summary, finished))
                last = state.data("finished", row.number) if row.summary_key == summary else None
                yield Unfinished(state.data("translated", row.number), found, last)

    count = state.count()
    outcomes = executor.map(partial(finish, options), changed(), unfinished)
    while batch := list(islice(outcomes, BATCH)):
        with state.batch():
            for outcome in batch:
                at, row, summary, finished = stale.popleft()
                state.keep("cards", row.number, outcome.card)
                keys = {"summary_key": summary, "finished_key": finished}
                if outcome.problem:
                    progress.fail(Failure(row.place, InputError(outcome.problem, outcome.hint)))
                    keys = {name: FAILED + key for name, key in keys.items()}
                state.keep("finished", row.number, outcome.record, **keys)
        progress.on_step("summarize", at, count)
