"""JSON Lines in: one record a line, a broken line costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from textkit.document import Document, from_fields
from textkit.errors import Failure, RecordError
from textkit.fields import fields_of
from textkit.read.sources import Namer, Source, display, stem_of


def read_records(
    stream: BinaryIO,
    source: Source,
    namer: Namer,
    on_failure: Callable[[Failure], None],
) -> Iterator[Document]:
    """Yield the records of a stream of JSON Lines; blank lines are passed over.

    A record without `id` is named after its source and line, one without `source` has this one.
    """
    where = display(source.path)
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            fields = fields_of(line)
            if "id" not in fields:
                fields["id"] = namer.take(f"{stem_of(source)}-{number}")
            fields.setdefault("source", where)
            yield from_fields(fields)
        except RecordError as error:
            on_failure(Failure(f"{where}:{number}", error))
