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
    preferred = _pattern(options.prefer)

    def key(at: int) -> tuple[bool, int, str, str, str]:
        document = documents[at]
        wanted = preferred and (preferred.search(document.id) or preferred.search(document.source))
        length = sum(map(len, _LETTERS.findall(document.text)))
        return not wanted, -length, document.date or "\U0010ffff", document.id, document.text

    return sorted(range(len(documents)), key=key)


def _pattern(prefer: str | None) -> re.Pattern[str] | None:
    try:
        return re.compile(prefer) if prefer else None
    except re.error as error:
        raise ConfigError(f"prefer: not a regular expression: {error}") from None
