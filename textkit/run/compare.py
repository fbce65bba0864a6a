"""De-duplication over the state: what it needs of each document is kept, the rest is done anew.

What is alike depends on how rare words are in the whole corpus, so the comparison looks at all
documents whenever one has changed; but it reads packs of numbers, never the texts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace

from textkit.dedup import DedupOptions
from textkit.dedup.packed import (
    VERSION,
    Packed,
    dedup_packed,
    pack_features,
    pack_passages,
)
from textkit.dedup.passages.repeats import MOST_DOCUMENTS
from textkit.document import Dedup, Document, decode
from textkit.errors import Failure, InputError
from textkit.guards import problem_of
from textkit.run.executors import Executor
from textkit.run.progress import Progress
from textkit.run.state import BATCH, Row, State


class Packs(NamedTuple):
    """What is kept of a record for comparing it; of one that can't be compared, of no text."""

    source: str
    date: str | None
    features: bytes
    passages: bytes | None
    problem: str = ""
    hint: str = ""


def pack_all(
    state: State,
    executor: Executor,
    options: DedupOptions,
    progress: Progress,
) -> None:
    """Pack the records that are new or changed."""
    count = state.count()
    # Few copies among so many are likely; passages of the rest are packed when they are asked for.
    eager = options.passages or (options.passages is None and count <= 2 * MOST_DOCUMENTS)
    stale = deque[tuple[int, Row]]()

    def records() -> Iterator[bytes]:
        for at, row in enumerate(state.rows(), 1):
            if row.features_key != _key(row):
                stale.append((at, row))
                yield state.data("translated", row.number)

    made = executor.map(_pack_both if eager else _pack_one, records(), _pack_one)
    while batch := list(islice(made, BATCH)):
        with state.batch():
            for packs in batch:
                at, row = stale.popleft()
                state.keep("passages", row.number, packs.passages)
                key = _key(row)
                if packs.problem:
                    key = f"failed {key}"  # the next run tries again
                    progress.fail(Failure(row.place, InputError(packs.problem, packs.hint)))
                keys = {"source": packs.source, "date": packs.date, "features_key": key}
                state.keep("features", row.number, packs.features, **keys)
        progress.on_step("compare", at, count)


def _key(row: Row) -> str:
    return f"{VERSION} {row.translated_key}"


def _pack_both(record: bytes) -> Packs:
    return pack(decode(record), with_passages=True)


def _pack_one(record: bytes) -> Packs:
    return pack(decode(record), with_passages=False)


def pack(document: Document, with_passages: bool) -> Packs:
    """Return what is kept of a record for comparing it."""
    try:
        passages = pack_passages(document) if with_passages else None
        return Packs(document.source, document.date, pack_features(document), passages)
    except Exception as error:
        problem = problem_of(error)
        empty = replace(document, text="", title=None)
        packs = Packs(document.source, document.date, pack_features(empty), pack_passages(empty))
        return packs._replace(problem=f"dedup: {problem}", hint=problem.hint)


def compared(state: State, options: DedupOptions, progress: Progress) -> Iterator[Dedup]:
    """Yield what de-duplication finds about each record, in input order."""
    numbers: list[int] = []

    def packs() -> Iterator[Packed]:
        for row, features in state.stream("features"):
            numbers.append(row.number)
            yield Packed(row.id, row.source or "", row.date, features)

    def passages_of(at: int) -> bytes:
        known = state.find("passages", numbers[at])
        if known is not None:
            return known
        document = decode(state.data("translated", numbers[at]))
        packs = pack(document, with_passages=True)
        if packs.problem:
            progress.fail(Failure(document.source, InputError(packs.problem, packs.hint)))
        return packs.passages or b""

    return dedup_packed(packs(), options, passages_of)
