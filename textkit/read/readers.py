"""One table of readers: what makes records of a file's bytes, by its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from textkit.read.kinds import LOOK, format_of, kind_of
from textkit.read.options import ReadOptions

Fields = dict[str, Any]
_ONE = {  # formats of one text
    "docx": "textkit.read.office:read_docx",
    "odt": "textkit.read.office:read_odt",
    "epub": "textkit.read.office:read_epub",
    "eml": "textkit.read.feeds:read_mail",
}
_MANY = {  # formats of several; those of rows are told which field has the text
    "feed": "textkit.read.feeds:read_feed",
    "json": "textkit.read.columns:read_json",
    "csv": "textkit.read.columns:read_csv",
    "tsv": "textkit.read.columns:read_tsv",
    "parquet": "textkit.read.columns:read_parquet",
    "warc": "textkit.read.warc:read_warc",
}
MANY = frozenset(_MANY)


def settled(data: bytes, format: str, asked: str = "auto") -> str:
    """Return the format of a file: what was asked for, else its first bytes, else its ending.

    Text that only looks like markup stays what its ending says.
    """
    if asked != "auto":
        return format
    kind = kind_of(data[:LOOK])
    return (kind.format if kind else "") or format


def read_one(data: bytes, format: str) -> Fields | None:
    """Return the fields of a file that holds one text; None where the format has no reader here.

    Raises InputError where the file is damaged or too large.
    """
    if format not in _ONE:
        return None
    return _present(_function(_ONE[format])(data))


def read_items(data: bytes, format: str, options: ReadOptions) -> Iterator[Fields]:
    """Yield the fields of each text in a file that holds several. Raises InputError."""
    function = _function(_MANY[format])
    if format == "warc":
        items = function(data, options)
    elif format == "feed":
        items = function(data)
    else:
        items = function(data, options.text_field)
    for fields in items:
        yield _present(fields)


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)  # type: ignore[no-any-return]


def _present(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}


def sniffed(head: bytes) -> str:
    """Return the format of a file whose ending says nothing; empty where it is not read."""
    format = format_of(head)
    return format if format in _ONE or format in _MANY or format in ("html", "jsonl") else ""
