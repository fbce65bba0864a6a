"""Which document of a cluster is kept: the longest, then the earliest, then the lowest id."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textkit.dedup.options import DedupOptions
from textkit.document import Document
from textkit.errors import ConfigError
from textkit.text.dates import date_key

_LETTERS = re.compile(r"\w+")


def ranked(documents: Sequence[Document], options: DedupOptions) -> list[int]:
    """Return the positions of the documents, best first; the order they came in plays no part.

    Raises ConfigError where `prefer` is no regular expression.
    """
    lengths = [letters(document.text) for document in documents]
    return by_rank(documents, lengths, [document.text for document in documents], options)


def letters(text: str) -> int:
    """Return how many letters and digits a text has."""
    return sum(map(len, _LETTERS.findall(text)))


def by_rank(
    documents: Sequence[Document],
    lengths: Sequence[int],
    contents: Sequence[str] | Sequence[bytes],
    options: DedupOptions,
) -> list[int]:
    """Return the positions of documents with texts of so many letters, best first.

    What `contents` are decides between documents of one id alone.
    """
    preferred = pattern(options.prefer)
    keys = [
        (*rank_key(one, length, preferred), content)
        for one, length, content in zip(documents, lengths, contents, strict=True)
    ]
    return sorted(range(len(documents)), key=keys.__getitem__)


def rank_key(
    document: Document, length: int, preferred: re.Pattern[str] | None
) -> tuple[bool, int, tuple[int, str], str]:
    """Return what the rank of a document of so many letters depends on: less is better."""
    wanted = preferred and (preferred.search(document.id) or preferred.search(document.source))
    return not wanted, -length, date_key(document.date), document.id


def pattern(prefer: str | None) -> re.Pattern[str] | None:
    """Return what `prefer` means. Raises ConfigError where it is no regular expression."""
    try:
        return re.compile(prefer) if prefer else None
    except re.error as error:
        raise ConfigError(f"prefer: not a regular expression: {error}") from None
