"""Headings that say what stands below them: an article's own summary."""

from __future__ import annotations

from functools import cache

from textkit.text.tables import rows
from textkit.text.words import words

MAX_HEADING = 60  # characters; a longer line is no such heading


@cache
def _summary_headings() -> frozenset[tuple[str, ...]]:
    return frozenset(_key(text) for _, text in rows("textkit.text", "summary_headings.tsv"))


def _key(text: str) -> tuple[str, ...]:
    return tuple(word for token in words(text) for word in token.replace("’", "'").split("'"))


def is_summary_heading(line: str) -> bool:
    """Is this the heading of an article's own summary? Case and marks do not count.

    >>> is_summary_heading("AI Summary:"), is_summary_heading("Summary of charges")
    (True, False)
    """
    return len(line) <= MAX_HEADING and _key(line) in _summary_headings()
