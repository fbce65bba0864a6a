"""Shards as Parquet: a few columns to select by, and the whole record as JSON."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

from textkit.document import Document, decode
from textkit.files import atomic_write

_ROWS = 1024
COLUMNS = ("id", "source", "lang", "title", "author", "date", "text")
FOUND = ("action", "level", "canonical", "story")


def table_of(lines: Iterator[bytes], path: str) -> int:
    """Write records as a whole Parquet file; return its size."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = (*COLUMNS, *FOUND, "summary", "record")
    schema = pa.schema([(name, pa.string()) for name in names])
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with atomic_write(path, follow=False) as stream, pq.ParquetWriter(stream, schema) as writer:
        while batch := list(islice(lines, _ROWS)):
            rows = [_row(decode(line), line) for line in batch]
            writer.write_table(pa.Table.from_pylist(rows, schema))
    return os.path.getsize(path)


def _row(document: Document, line: bytes) -> dict[str, str | None]:
    row = {name: getattr(document, name) for name in COLUMNS}
    row |= {name: getattr(document.dedup, name, None) for name in FOUND}
    row["summary"] = "\n".join(sentence.text for sentence in document.summary)
    row["record"] = line.decode().rstrip("\n")
    return row


def lines_of(path: str) -> Iterator[bytes]:
    """Yield the records of a shard, JSON Lines or Parquet, as they were written."""
    if not path.endswith(".parquet"):
        with open(path, "rb") as stream:
            yield from stream
        return
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS, columns=["record"]):
            for value in batch.column(0).to_pylist():
                yield value.encode() + b"\n"
