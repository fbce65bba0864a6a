"""Byline words: what stands before an author's name."""

from __future__ import annotations

import re
from functools import cache

from textkit.text.tables import rows


@cache
def byline_words() -> tuple[tuple[str, bool], ...]:
    """Return each label in lower case, and whether a colon or another mark must follow it.

    >>> ("reported by", False) in byline_words(), ("autor", True) in byline_words()
    (True, True)
    """
    table = rows("textkit.text", "bylines.tsv")
    return tuple(dict.fromkeys((text.lower(), where == "strict") for _, where, text in table))


@cache
def byline_prefix() -> re.Pattern[str]:
    """Return a pattern for a byline's label with what parts it from the name.

    Outside the Latin script a blank parts every label from the name.

    >>> byline_prefix().sub("", "Reported by Jane Doe"), byline_prefix().sub("", "作者：王小明")
    ('Jane Doe', '王小明')
    """
    words = sorted(byline_words(), key=lambda row: (-len(row[0]), row))
    alternatives = (
        re.escape(word) + (r"\s*[:：/／|]\s*" if strict and word < "\u0250" else r"[\s:：/／]+")
        for word, strict in words
    )
    return re.compile(rf"^(?:{'|'.join(alternatives)})", re.IGNORECASE)
