"""Which document of a cluster is kept: the longest, then the earliest, then the lowest id."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textkit.dedup.options import DedupOptions
from textkit.document import Document
from textkit.errors import ConfigError

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
    preferred = _pattern(options.prefer)

    def key(at: int) -> tuple[bool, int, str, str, str | bytes]:
        one = documents[at]
        wanted = preferred and (preferred.search(one.id) or preferred.search(one.source))
        return not wanted, -lengths[at], one.date or "\U0010ffff", one.id, contents[at]

    return sorted(range(len(documents)), key=key)


def _pattern(prefer: str | None) -> re.Pattern[str] | None:
    try:
        return re.compile(prefer) if prefer else None
    except re.error as error:
        raise ConfigError(f"prefer: not a regular expression: {error}") from None
