"""Tables and lists of records: CSV, TSV, JSON arrays and Parquet, a text per row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from textkit.errors import InputError, MissingModelError, RecordError
from textkit.read.decoding import decode_bytes

Fields = dict[str, Any]
# Names that tables give to a text, the most telling first.
TEXT_FIELDS = (
    "text",
    "content",
    "body",
    "article",
    "article_text",
    "maintext",
    "story",
    "full_text",
)
MAX_FIELD = 1 << 24  # characters of one cell


def read_csv(data: bytes, text_field: str | None = None, separator: str = ",") -> Iterator[Fields]:
    """Yield the rows of a table with a line of names. Raises InputError."""
    csv.field_size_limit(MAX_FIELD)
    text = decode_bytes(data)[0].removeprefix("\ufeff")
    if separator == ",":
        first = text.partition("\n")[0]
        separator = max(",;\t|", key=lambda char: (first.count(char), char == ","))
    try:
        yield from with_text(csv.DictReader(io.StringIO(text), delimiter=separator), text_field)
    except csv.Error as error:
        raise InputError(f"a damaged table: {error}") from None


def read_json(data: bytes, text_field: str | None = None) -> Iterator[Fields]:
    """Yield the records of a JSON array, or the one of an object. Raises InputError."""
    try:
        value = json.loads(decode_bytes(data)[0].removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from None
    yield from with_text(value if isinstance(value, list) else [value], text_field)


def read_parquet(data: bytes, text_field: str | None = None) -> Iterator[Fields]:
    """Yield the rows of a Parquet table. Raises InputError; MissingModelError without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
    except ImportError:
        hint = "install textkit[formats], or export it as JSON Lines"
        raise MissingModelError("a Parquet table", hint) from None
    try:
        table = parquet.ParquetFile(io.BytesIO(data))
        rows = (row for batch in table.iter_batches() for row in batch.to_pylist())
        yield from with_text(rows, text_field)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"a damaged Parquet table: {error}") from None


def with_text(rows: Iterable[Any], text_field: str | None) -> Iterator[Fields]:
    """Yield each row with its text under `text`. Raises RecordError where none has any."""
    for row in rows:
        if not isinstance(row, dict):
            raise RecordError("not a record: a JSON object is needed")
        fields = {str(name): value for name, value in row.items() if name is not None}
        name = text_field or next((n for n in TEXT_FIELDS if fields.get(n)), None)
        if name is None or not isinstance(fields.get(name), str):
            names = ", ".join(sorted(fields)[:8])
            raise RecordError(f"no text in its fields ({names})", "say --text-field NAME")
        fields["text"] = fields.pop(name)
        yield fields


def read_tsv(data: bytes, text_field: str | None = None) -> Iterator[Fields]:
    """Yield the rows of a table whose columns tabs part. Raises InputError."""
    return read_csv(data, text_field, "\t")
