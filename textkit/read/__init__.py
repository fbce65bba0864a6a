"""The read stage: paths and streams become records.

Text comes in as it is: a byte-order mark and carriage returns stay in `text`, so that what `undo`
gives back is the file, byte for byte. Taking them out is cleaning, and an edit like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from textkit.document import Document
from textkit.errors import Failure, InputError, TextkitError
from textkit.library import make_callable
from textkit.read.decoding import decode_bytes, encode_text
from textkit.read.options import ReadOptions
from textkit.read.records import read_records
from textkit.read.sources import Namer, Plan, Source, display, plan

__all__ = ["Plan", "ReadOptions", "Source", "plan", "read", "read_bytes"]


def read(
    sources: Iterable[Source],
    options: ReadOptions,
    on_failure: Callable[[Failure], None],
    stdin: BinaryIO | None = None,
) -> Iterator[Document]:
    """Yield the records of `sources`, in order, one at a time.

    What can't be read is handed to `on_failure` and left out; the rest goes on.
    """
    namer = Namer()
    for source in sources:
        try:
            if source.format == "jsonl":
                with source.open(stdin) as stream:
                    yield from read_records(stream, source, namer, on_failure)
            else:
                yield read_bytes(
                    source.read(stdin),
                    namer.name(source),
                    display(source.path),
                    source.format,
                    options,
                )
        except TextkitError as error:
            on_failure(Failure(display(source.path), error))
        except OSError as error:
            on_failure(Failure(display(source.path), InputError(reason(error))))


def reason(error: OSError) -> str:
    """The system's words for what went wrong, in the style of our own."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


def read_bytes(data: bytes, id: str, source: str, format: str, options: ReadOptions) -> Document:
    """Return the record of one text or page. Raises InputError where the bytes hold neither."""
    if format == "html":
        from textkit.read.page import read_page

        return read_page(data, id, source, options)
    text, encoding = decode_bytes(data, options.encoding)
    warnings = _doubts(data, text, encoding, options)
    return Document(id=id, source=source, text=text, encoding=encoding, warnings=warnings)


def _doubts(data: bytes, text: str, encoding: str | None, options: ReadOptions) -> tuple[str, ...]:
    """What a person should know of how a text in another encoding than UTF-8 was read."""
    doubts = []
    if encoding and not options.encoding and not text.startswith("\ufeff"):
        doubts.append(f"no encoding declared: read as {encoding}, by its letters")
    if encoding and encode_text(text, encoding) != data:
        doubts.append(f"not all bytes come back from {encoding}: undo gives another file")
    return tuple(doubts)


make_callable(__name__)
