"""The read stage: paths and streams become records.

Text comes in as it is: a byte-order mark and carriage returns stay in `text`, so that what `undo`
gives back is the file, byte for byte. Taking them out is cleaning, and an edit like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from msgspec.structs import replace

from textkit.document import Document, from_fields
from textkit.errors import Failure, InputError, TextkitError
from textkit.library import make_callable
from textkit.read.decoding import Reading, encode_text, read_text
from textkit.read.kinds import refuse_other
from textkit.read.options import ReadOptions
from textkit.read.packed import unpacked
from textkit.read.readers import MANY, read_items, read_one, settled
from textkit.read.records import read_records
from textkit.read.sources import Namer, Plan, Source, display, plan, stem_of
from textkit.text.dates import iso_date
from textkit.text.markdown import MARKDOWN_ENDINGS, front_matter

__all__ = ["Plan", "ReadOptions", "Source", "plan", "read", "read_bytes"]


class Unread(NamedTuple):
    """A text or page whose bytes are there, and not yet its record."""

    data: bytes
    id: str
    source: str
    format: str


Item = Unread | Document | Failure
Result = Document | Failure
Spread = Callable[[Callable[[Item], Result], Iterable[Item]], Iterable[Result]]


def read(
    sources: Iterable[Source],
    options: ReadOptions,
    on_failure: Callable[[Failure], None],
    stdin: BinaryIO | None = None,
    spread: Spread = map,
) -> Iterator[Document]:
    """Yield the records of `sources`, in order, one at a time.

    What can't be read is handed to `on_failure` and left out; the rest goes on. `spread` maps a
    function over items in order: over worker processes, where pages take their time.
    """
    items = _items(sources, options, on_failure, stdin)
    for result in spread(partial(_record, options), items):
        if isinstance(result, Failure):
            on_failure(result)
        else:
            yield result


def _items(
    sources: Iterable[Source],
    options: ReadOptions,
    on_failure: Callable[[Failure], None],
    stdin: BinaryIO | None,
) -> Iterator[Item]:
    """Yield the records of files that hold several, and the bytes of each other input."""
    namer = Namer()
    for source in sources:
        name = display(source.path)
        try:
            if source.format == "jsonl":
                with source.open(stdin) as stream:
                    yield from read_records(unpacked(stream), source, namer, on_failure)
                continue
            data = source.read(stdin)
            format = settled(data, source.format, options.format)
            if format in MANY:
                yield from _documents(data, format, source, options, namer)
            else:
                yield Unread(data, namer.name(source), name, format)
        except TextkitError as error:
            yield Failure(name, error)
        except OSError as error:
            yield Failure(name, InputError(reason(error)))


def _record(options: ReadOptions, item: Item) -> Result:
    if not isinstance(item, Unread):
        return item
    try:
        return read_bytes(item.data, item.id, item.source, item.format, options)
    except TextkitError as error:
        return Failure(item.source, error)


def _documents(
    data: bytes, format: str, source: Source, options: ReadOptions, namer: Namer
) -> Iterator[Document]:
    """Yield the records of a file that holds several texts; one without an id gets one."""
    for number, fields in enumerate(read_items(data, format, options), 1):
        if not isinstance(fields.get("id"), str):
            fields["id"] = namer.take(f"{stem_of(source)}-{number}")
        fields.setdefault("source", display(source.path))
        yield from_fields(fields)


def reason(error: OSError) -> str:
    """The system's words for what went wrong, in the style of our own."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


def read_bytes(data: bytes, id: str, source: str, format: str, options: ReadOptions) -> Document:
    """Return the record of one text or page. Raises InputError where the bytes hold neither."""
    if format == "html":
        from textkit.read.page import read_page

        return read_page(data, id, source, options)
    if fields := read_one(data, format):
        return from_fields({**fields, "id": id, "source": source})
    try:
        reading = read_text(data, options.encoding)
    except InputError:
        refuse_other(data, "a text")  # which says more
        raise
    document = Document(
        id=id,
        source=source,
        text=reading.text,
        encoding=reading.encoding,
        warnings=(*reading.doubts, *_losses(data, reading)),
    )
    return _as_markdown(document) if source.lower().endswith(MARKDOWN_ENDINGS) else document


def _as_markdown(document: Document) -> Document:
    """A text in Markdown: marked as such, with what its front matter says."""
    facts = front_matter(document.text)
    date = facts.pop("date", None)
    return replace(
        document, date=iso_date(date), date_text=date, extra={"markup": "markdown"}, **facts
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
