"""The table of writers: how documents become bytes, a format each. Commands name no format."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from textkit.pieces import Output, one_line

if TYPE_CHECKING:
    from textkit.document import Document

Row = Mapping[str, Any]
BATCH = 1000  # rows of Parquet that are held before they are written
_NUMBERS = ("start", "end", "line", "column", "words")  # columns that Parquet has as integers
_SHARES = ("confidence", "similarity", "containment", "score")  # and as floats
_CELL = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"})


def document_record(document: Document) -> bytes:
    """Return a document as a line of JSON Lines."""
    from textkit.document import encode

    return encode(document)


def document_rows(document: Document) -> Iterator[Row]:
    """Yield a document as one row: its record's fields, and those of other tools."""
    import msgspec

    fields = msgspec.to_builtins(document)
    extra = fields.pop("extra")
    if document.summary:
        fields["summary"] = "\n".join(sentence.text for sentence in document.summary)
    yield {**extra, **fields}


def _same(item: Any) -> Any:
    return item


@dataclass(frozen=True)
class View:
    """What a command shows of each item: as text, as a record and as rows of a table.

    An item is a document, or what a command found out about one.
    """

    text: Callable[[Any], Output]
    rows: Callable[[Any], Iterable[Row]] = document_rows
    fields: tuple[str, ...] = ("id", "source", "title", "author", "date", "lang", "text")
    record: Callable[[Any], bytes] = document_record
    document: Callable[[Any], Document] = _same
    headed: bool = True  # text of several documents: each below its id


def outputs(
    items: Iterable[Any], view: View, format: str, fields: tuple[str, ...], several: bool
) -> Iterator[Output]:
    """Yield items in a format, piece by piece, so that each can be written at once.

    `fields` are the columns that were asked for; `several` texts stand below their ids.
    """
    if format in ("text", "table"):
        return _texts(items, view, several and view.headed)
    if format == "jsonl":
        return map(view.record, items)
    if format == "json":
        return _array(map(view.record, items))
    rows = chain.from_iterable(map(view.rows, items))
    return TABLES[format](rows, fields or view.fields)


def _texts(items: Iterable[Any], view: View, headed: bool) -> Iterator[Output]:
    for item in items:
        if headed:
            yield [(f"==> {one_line(view.document(item).id)} <==\n", "")]
        yield view.text(item)


def _array(records: Iterable[bytes]) -> Iterator[bytes]:
    """One JSON array with a line per record."""
    start = b"[\n"
    for record in records:
        yield start + record.rstrip(b"\n")
        start = b",\n"
    yield b"[]\n" if start == b"[\n" else b"\n]\n"


def _csv(rows: Iterable[Row], fields: tuple[str, ...]) -> Iterator[bytes]:
    """RFC 4180, with a header; lines end in LF, as this project's do."""
    yield _csv_line(fields)
    for row in rows:
        yield _csv_line([_cell(row.get(name)) for name in fields])


def _csv_line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


def _tsv(rows: Iterable[Row], fields: tuple[str, ...]) -> Iterator[bytes]:
    r"""A line per row; tabs, line ends and backslashes inside are \t, \n and \\."""
    for cells in chain([fields], ([_cell(row.get(name)) for name in fields] for row in rows)):
        yield ("\t".join(c.translate(_CELL) for c in cells) + "\n").encode("utf-8", "replace")


def _markdown(rows: Iterable[Row], fields: tuple[str, ...]) -> Iterator[bytes]:
    """A table as GitHub reads it."""
    yield (_markdown_line(fields) + _markdown_line(["---"] * len(fields))).encode()
    for row in rows:
        line = _markdown_line(_cell(row.get(name)) for name in fields)
        yield line.encode("utf-8", "replace")


def _markdown_line(cells: Iterable[str]) -> str:
    escaped = (" ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|") for cell in cells)
    return "| " + " | ".join(cell.replace("<", "&lt;") for cell in escaped) + " |\n"


def _parquet(rows: Iterable[Row], fields: tuple[str, ...]) -> Iterator[bytes]:
    """One file; where pyarrow is missing, a UsageError that says what to do."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise click.UsageError(
            "parquet needs pyarrow: pip install pyarrow, or write jsonl or csv"
        ) from None
    kinds = {**dict.fromkeys(_NUMBERS, pa.int64()), **dict.fromkeys(_SHARES, pa.float64())}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in fields])
    sink, rows = _Sink(), iter(rows)
    with pq.ParquetWriter(sink, schema) as writer:
        while batch := list(islice(rows, BATCH)):
            values = [{n: _value(row.get(n), n in kinds) for n in fields} for row in batch]
            writer.write_table(pa.Table.from_pylist(values, schema))
            yield sink.take()
    yield sink.take()


class _Sink(io.RawIOBase):
    """A stream that hands on what was written to it; nothing is kept."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return what was written since the last call."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def _value(value: Any, number: bool) -> Any:
    return value if number or value is None else _cell(value)


def _cell(value: Any) -> str:
    """A value as text: lists of words with commas, other structures as JSON."""
    import msgspec

    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(word, str) for word in value):
        return ", ".join(value)
    return msgspec.json.encode(value).decode()


TABLES: dict[str, Callable[[Iterable[Row], tuple[str, ...]], Iterator[bytes]]] = {
    "csv": _csv, "tsv": _tsv, "md": _markdown, "parquet": _parquet,
}  # fmt: skip
