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
from textkit.read.decoding import Reading, encode_text, read_text
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
    reading = read_text(data, options.encoding)
    return Document(
        id=id,
        source=source,
        text=reading.text,
        encoding=reading.encoding,
        warnings=(*reading.doubts, *_losses(data, reading)),
    )


def _losses(data: bytes, reading: Reading) -> Iterator[str]:
    """Warn where the text does not give the file's bytes back."""
    if reading.encoding or "\ufffd" in reading.text:
        try:
            same = encode_text(reading.text, reading.encoding) == data
        except TextkitError:  # U+FFFD is in no other encoding
            same = False
        if not same:
            name = reading.encoding or "utf-8"
            yield f"not all bytes come back from {name}: undo gives another file"


make_callable(__name__)
