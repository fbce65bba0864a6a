"""De-duplication over the state: what it needs of each document is kept, the rest is done anew.

What is alike depends on how rare words are in the whole corpus, so the comparison looks at all
documents whenever one has changed; but it reads packs of numbers, never the texts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

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
from textkit.run.executors import Executor
from textkit.run.state import BATCH, Row, State


class Packs(NamedTuple):
    """What is kept of a record for comparing it."""

    source: str
    date: str | None
    features: bytes
    passages: bytes | None


def pack_all(
    state: State,
    executor: Executor,
    options: DedupOptions,
    on_step: Callable[[str, int, int | None], None],
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
                keys = {"source": packs.source, "date": packs.date, "features_key": _key(row)}
                state.keep("features", row.number, packs.features, **keys)
        on_step("compare", at, count)


def _key(row: Row) -> str:
    return f"{VERSION} {row.translated_key}"


def _pack_both(record: bytes) -> Packs:
    document = decode(record)
    return _packs(document, pack_passages(document))


def _pack_one(record: bytes) -> Packs:
    return _packs(decode(record), None)


def _packs(document: Document, passages: bytes | None) -> Packs:
    return Packs(document.source, document.date, pack_features(document), passages)


def compared(state: State, options: DedupOptions) -> Iterator[Dedup]:
    """Yield what de-duplication finds about each record, in input order."""
    numbers: list[int] = []

    def packs() -> Iterator[Packed]:
        for row, features in state.stream("features"):
            numbers.append(row.number)
            yield Packed(row.id, row.source or "", row.date, features)

    def passages_of(at: int) -> bytes:
        known = state.find("passages", numbers[at])
        return known or pack_passages(decode(state.data("translated", numbers[at])))

    return dedup_packed(packs(), options, passages_of)
