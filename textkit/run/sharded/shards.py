"""Shards: the inputs of a run, cut into pieces that a worker reads, and writes, by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from textkit.errors import Failure, InputError
from textkit.read import Source, reason
from textkit.read.sources import display, stem_of
from textkit.run.tasks import WHOLE, Span, key_of, tasks
from textkit.run.work import Task

TEXTS = 500  # texts and pages in a shard; a file of records is at least one shard by itself
LARGEST = 64 << 20  # bytes of records in a shard: a larger file is cut
_RECORDS = ("jsonl", "parquet")
_ROWS = 1024


@dataclass(frozen=True)
class Shard:
    """Some inputs, in their order; shards are in order too."""

    number: int
    sources: tuple[Source, ...]
    span: Span = WHOLE  # of its source, where that is a large file

    @property
    def name(self) -> str:
        """The stem of all files of this shard."""
        return f"part-{self.number:05}"


def shards_of(sources: list[Source]) -> list[Shard]:
    """Cut inputs into shards.

    >>> texts = [Source(f"{n}.txt", "text") for n in range(TEXTS + 1)]
    >>> [len(s.sources) for s in shards_of([*texts, Source("a.jsonl", "jsonl")])]
    [500, 1, 1]
    """
    groups: list[tuple[list[Source], Span]] = []
    for source in sources:
        if source.format in _RECORDS:
            groups += [([source], span) for span in spans_of(_size(source), LARGEST)]
        elif groups and not _is_full(groups[-1][0]):
            groups[-1][0].append(source)
        else:
            groups.append(([source], WHOLE))
    return [Shard(number, tuple(group), span) for number, (group, span) in enumerate(groups)]


def _is_full(group: list[Source]) -> bool:
    return len(group) == TEXTS or group[-1].format in _RECORDS


def _size(source: Source) -> int:
    try:
        return 0 if source.problem else os.stat(source.path).st_size
    except OSError:  # reading it gives the reason
        return 0


def spans_of(size: int, largest: int) -> list[Span]:
    """Cut so many bytes into equal spans; the lines before each are not known yet.

    >>> [(span.start, span.end) for span in spans_of(10, 4)], spans_of(4, 4) == [WHOLE]
    ([(0, 3), (3, 6), (6, 10)], True)
    """
    count = -(-size // largest)
    if count < 2:
        return [WHOLE]
    return [Span(size * n // count, size * (n + 1) // count) for n in range(count)]


def stamps(shard: Shard) -> list[tuple[str, str, int, int, Span]]:
    """What a shard's inputs are known by: path, format, size, time of change, and the part."""
    found = []
    for source in shard.sources:
        try:
            status = os.stat(source.path)
            size, changed = status.st_size, status.st_mtime_ns
        except OSError:
            size, changed = -1, 0
        found.append((key_of(source.path), source.format, size, changed, shard.span))
    return found


def shard_tasks(
    shard: Shard, max_bytes: int, on_failure: Callable[[Failure], None]
) -> Iterator[Task]:
    """Yield the tasks of a shard; an input that can't be read goes to `on_failure`."""
    for source in shard.sources:
        if source.format != "parquet":
            yield from tasks([source], max_bytes, on_failure, shard.span)
            continue
        try:
            yield from _rows(source, shard.span)
        except InputError as error:
            on_failure(Failure(display(source.path), error))


def _rows(source: Source, span: Span) -> Iterator[Task]:
    """Yield a task for each row of a Parquet file: its columns are the fields of a record."""
    where, stem, key = display(source.path), stem_of(source), key_of(source.path)
    for number, row in enumerate(_parquet(source.path, span), span.before + 1):
        record = row.get("record")
        if not isinstance(record, str):  # what --shard-format parquet writes holds the whole one
            fields = {name: value for name, value in row.items() if value is not None}
            record = msgspec.json.encode(fields).decode()
        place = f"{where}:{number}"
        yield Task(f"{key}:{number}", place, where, f"{stem}-{number}", "record", record.encode())


def _parquet(path: str, span: Span) -> Iterator[dict[str, object]]:
    """Yield the rows of a span of a Parquet file. Raises InputError."""
    with open_parquet(path) as file:
        for batch in file.iter_batches(_ROWS, row_groups=row_groups(file, path, span)):
            yield from batch.to_pylist()


def row_groups(file: Any, path: str, span: Span) -> list[int]:
    """Return the row groups of a span, as if all were of one size."""
    count, size = file.metadata.num_row_groups, os.path.getsize(path)
    return [n for n in range(count) if span.start <= size * n // count < span.end]


@contextmanager
def open_parquet(path: str) -> Iterator[Any]:
    """Open a Parquet file. Raises InputError, also for what goes wrong within the block."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError("needs Parquet's reader", "pip install 'textkit[ray]'") from None
    try:
        with pq.ParquetFile(path) as file:
            yield file
    except OSError as error:
        raise InputError(reason(error) if error.errno else f"not Parquet: {error}") from None
    except (pa.ArrowException, ValueError) as error:
        problem = str(error).splitlines()[0]
        raise InputError(f"not Parquet: {problem}") from None
