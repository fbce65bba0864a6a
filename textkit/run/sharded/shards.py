"""Shards: the inputs of a run, cut into pieces that a worker reads, and writes, by itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from textkit.errors import Failure, InputError
from textkit.read import Source, reason
from textkit.read.sources import display, stem_of
from textkit.run.tasks import key_of, tasks
from textkit.run.work import Task

TEXTS = 500  # texts and pages in a shard; a file of records is a shard by itself
PARQUET = ".parquet"
_ROWS = 1024


@dataclass(frozen=True)
class Shard:
    """Some inputs, in their order; shards are in order too."""

    number: int
    sources: tuple[Source, ...]

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
    groups: list[list[Source]] = []
    for source in sources:
        alone = source.format in ("jsonl", "parquet")
        if alone or not groups or _is_full(groups[-1]):
            groups.append([])
        groups[-1].append(source)
    return [Shard(number, tuple(group)) for number, group in enumerate(groups)]


def _is_full(group: list[Source]) -> bool:
    return len(group) == TEXTS or group[-1].format in ("jsonl", "parquet")


def stamps(shard: Shard) -> list[tuple[str, str, int, int]]:
    """What a shard's inputs are known by: path, format, size, time of change."""
    found = []
    for source in shard.sources:
        try:
            status = os.stat(source.path)
            size, changed = status.st_size, status.st_mtime_ns
        except OSError:
            size, changed = -1, 0
        found.append((key_of(source.path), source.format, size, changed))
    return found


def shard_tasks(
    shard: Shard, max_bytes: int, on_failure: Callable[[Failure], None]
) -> Iterator[Task]:
    """Yield the tasks of a shard; an input that can't be read goes to `on_failure`."""
    for source in shard.sources:
        if source.format != "parquet":
            yield from tasks([source], max_bytes, on_failure)
            continue
        try:
            yield from _rows(source)
        except InputError as error:
            on_failure(Failure(display(source.path), error))


def _rows(source: Source) -> Iterator[Task]:
    """Yield a task for each row of a Parquet file: its columns are the fields of a record."""
    where, stem, key = display(source.path), stem_of(source), key_of(source.path)
    for number, row in enumerate(_parquet(source.path), 1):
        record = row.get("record")
        if not isinstance(record, str):  # what --shard-format parquet writes holds the whole one
            fields = {name: value for name, value in row.items() if value is not None}
            record = msgspec.json.encode(fields).decode()
        place = f"{where}:{number}"
        yield Task(f"{key}:{number}", place, where, f"{stem}-{number}", "record", record.encode())


def _parquet(path: str) -> Iterator[dict[str, object]]:
    """Yield the rows of a Parquet file. Raises InputError."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError("needs Parquet's reader", "pip install 'textkit[ray]'") from None
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_ROWS):
                yield from batch.to_pylist()
    except OSError as error:
        raise InputError(reason(error) if error.errno else f"not Parquet: {error}") from None
    except (pa.ArrowException, ValueError) as error:
        problem = str(error).splitlines()[0]
        raise InputError(f"not Parquet: {problem}") from None
