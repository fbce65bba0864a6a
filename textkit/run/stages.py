"""The stages of a run over the state: each redoes only the records whose key has changed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from msgspec.structs import replace

from textkit.dedup import dedup
from textkit.document import Document, decode, encode
from textkit.errors import Failure, InputError
from textkit.read.sources import Namer
from textkit.run.executors import Executor
from textkit.run.options import RunOptions, fingerprint, translation_fingerprint
from textkit.run.state import State
from textkit.run.work import Outcome, Task, prepare, summarize_record
from textkit.translate import translate

BATCH = 64  # records a transaction
AT_ONCE = 4096  # inputs between two pauses of the workers: what is known of them is held meanwhile


@dataclass
class Progress:
    """What a run has done so far, and who is told."""

    failures: list[Failure] = field(default_factory=list)
    new: int = 0
    unchanged: int = 0
    on_failure: Callable[[Failure], None] = lambda _: None
    on_step: Callable[[str, int], None] = lambda _stage, _done: None

    def fail(self, failure: Failure) -> None:
        """Count a failed input and tell."""
        self.failures.append(failure)
        self.on_failure(failure)


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
    base: str,
    progress: Progress,
) -> None:
    """Read, clean and detect what is new or changed; forget what is gone."""
    run, namer, seen = state.next_run(), Namer(), deque[Seen]()
    key_of = partial(fingerprint, base, options.read, options.clean, options.detect)

    def fresh(some: Iterable[Task]) -> Iterator[Task]:
        for task in some:
            key = key_of(task.source, task.format, task.data)
            cached = state.key("prepared", task.key) == key
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
            progress.on_step("read, clean, detect", seq)
    with state.batch():
        state.db.execute("DELETE FROM records WHERE run != ?", (run,))


def killed(_: object) -> Outcome:
    """What becomes of an input that killed its worker."""
    return Outcome(None, "a worker process died on this input", "it may need too much memory")


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
    if outcome is not None and outcome.record is None:
        progress.fail(Failure(item.where, InputError(outcome.problem, outcome.hint)))
        return False
    record = outcome.record if outcome else None
    own = decode(record).id if record else state.id_of(item.place)
    wanted = own if item.is_record and own != item.id else item.id
    if wanted != item.id and namer.has(wanted):
        progress.fail(Failure(item.where, InputError(f"id {wanted!r} is taken already")))
        return False
    id = namer.take(wanted)
    progress.new += outcome is not None
    progress.unchanged += outcome is None
    if record is None and own == id:
        state.see_again(item.place, run, seq)
        return True
    record = record or state.record("prepared", item.place)
    if own != id:
        record = encode(replace(decode(record), id=id))
    state.keep_prepared(item.place, run, seq, id, item.key, record)
    return True


def translate_all(state: State, options: RunOptions, progress: Progress) -> None:
    """Translate what is new or changed, batched across documents, in this process."""
    todo: deque[tuple[str, str]] = deque()
    engines = translation_fingerprint(options.translate)

    def stale() -> Iterator[Document]:
        for place, id, prepared_key, old in state.keys("prepared", "translated"):
            key = fingerprint(prepared_key, id, engines)
            if old != key:
                todo.append((place, key))
                yield decode(state.record("prepared", place))

    done = 0
    results = translate(stale(), options.translate) if options.translate else stale()
    while batch := list(islice(results, BATCH)):
        with state.batch():
            for document in batch:
                place, key = todo.popleft()
                state.keep("translated", place, key, encode(document))
        done += len(batch)
        progress.on_step("translate", done)


def finish_all(state: State, executor: Executor, options: RunOptions, progress: Progress) -> None:
    """De-duplicate the whole corpus, then summarise the records that this or else has changed."""
    places: list[tuple[str, str]] = []

    def records() -> Iterator[Document]:
        for _, place, key, record in state.records("translated"):
            places.append((place, key))
            yield decode(record)

    stale: deque[tuple[str, str]] = deque()

    def changed() -> Iterator[bytes]:
        for number, document in enumerate(dedup(records(), options.dedup)):
            place, key = places[number]
            finished_key = fingerprint(key, document.dedup, options.summarize)
            if state.key("finished", place) != finished_key:
                stale.append((place, finished_key))
                yield encode(document)

    done = 0
    outcomes = executor.map(partial(summarize_record, options), changed(), killed)
    while batch := list(islice(outcomes, BATCH)):
        with state.batch():
            for outcome in batch:
                place, key = stale.popleft()
                _finish(state, progress, place, key, outcome)
        done += len(batch)
        progress.on_step("summarize", done)


def _finish(state: State, progress: Progress, place: str, key: str, outcome: Outcome) -> None:
    if outcome.record is None:
        progress.fail(Failure(place, InputError(outcome.problem, outcome.hint)))
        state.db.execute("DELETE FROM records WHERE place = ?", (place,))
        return
    state.keep("finished", place, key, outcome.record)
