"""The records of a report: read once, kept on disk beyond a size, with a card of each in memory."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import IO

from textkit.document import Document, decode, encode
from textkit.report.changes import counts
from textkit.report.show import shortened
from textkit.text.words import word_spans

IN_MEMORY = 32 * 1024 * 1024  # bytes of records that are kept off the disk
TITLE_WIDTH = 240


@dataclass(frozen=True, slots=True)
class Card:
    """What the report's lists say about an article."""

    index: int
    id: str
    title: str
    source: str
    author: str | None
    date: str | None
    lang: str | None
    languages: tuple[tuple[str, int], ...]  # as written, with their letters, most first
    words: int
    edits: int  # of cleaning
    removed: int  # edits that took something away
    translated: int
    glossed: int
    warnings: tuple[str, ...]
    dropped: bool
    canonical: str | None
    story: str | None
    cluster: str  # of copies


class Store:
    """Records by their place in the stream."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        self._places: list[tuple[int, int]] = []

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._places)

    def add(self, document: Document) -> int:
        """Keep a record and return its place."""
        return self.add_bytes(encode(document))

    def add_bytes(self, data: bytes) -> int:
        """Keep any bytes and return their place."""
        start = self._file.seek(0, 2)
        self._file.write(data)
        self._places.append((start, len(data)))
        return len(self._places) - 1

    def read(self, index: int) -> bytes:
        """Return the bytes kept at a place."""
        start, size = self._places[index]
        self._file.seek(start)
        return self._file.read(size)

    def size(self, index: int) -> int:
        """Return how many bytes are kept at a place."""
        return self._places[index][1]

    def __getitem__(self, index: int) -> Document:
        return decode(self.read(index))

    def __iter__(self) -> Iterator[Document]:
        for index in range(len(self)):
            yield self[index]


def gather(documents: Iterable[Document], store: Store) -> list[Card]:
    """Put the records into the store and return their cards."""
    return [card(store.add(document), document) for document in documents]


def card(index: int, document: Document) -> Card:
    """Return what the lists say about one record."""
    dedup = document.dedup
    counted = counts(document)
    return Card(
        index=index,
        id=document.id,
        title=_title(document),
        source=document.source,
        author=document.author,
        date=document.date,
        lang=document.lang,
        languages=_languages(document),
        words=len(word_spans(document.text)),
        edits=counted.edits,
        removed=counted.removed,
        translated=counted.translated,
        glossed=counted.glossed,
        warnings=document.warnings,
        dropped=bool(dedup and dedup.action == "drop"),
        canonical=dedup.canonical if dedup else None,
        story=dedup.story if dedup else None,
        cluster=dedup.cluster if dedup else document.id,
    )


def _title(document: Document) -> str:
    """The title, else the first line, else the id."""
    for text in (document.title, document.text.lstrip()[:2000].split("\n", 1)[0], document.id):
        if text and text.strip():
            return shortened(text, TITLE_WIDTH)
    return "(no title)"


def _languages(document: Document) -> tuple[tuple[str, int], ...]:
    """The languages that the article was written in, each with the length of its passages."""
    found: Counter[str] = Counter()
    for passage in document.passages:
        tag = passage.origin or passage.lang
        if tag not in ("zxx", "und"):
            found[tag] += passage.end - passage.start
    if not found:
        found[document.lang or "und"] = len(document.text)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))
