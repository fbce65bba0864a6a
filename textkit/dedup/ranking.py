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
    preferred = pattern(options.prefer)
    keys = [rank_key(document, preferred) for document in documents]
    return sorted(range(len(documents)), key=keys.__getitem__)


def rank_key(
    document: Document, preferred: re.Pattern[str] | None
) -> tuple[bool, int, str, str, str]:
    """Return what a document's rank depends on: less is better."""
    wanted = preferred and (preferred.search(document.id) or preferred.search(document.source))
    length = sum(map(len, _LETTERS.findall(document.text)))
    return not wanted, -length, document.date or "\U0010ffff", document.id, document.text


def pattern(prefer: str | None) -> re.Pattern[str] | None:
    """Return what `prefer` means. Raises ConfigError where it is no regular expression."""
    try:
        return re.compile(prefer) if prefer else None
    except re.error as error:
        raise ConfigError(f"prefer: not a regular expression: {error}") from None
