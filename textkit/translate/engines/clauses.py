"""Splitting sentences that are too long for a model, at the best place there is."""

from __future__ import annotations

import re
from collections.abc import Callable

# From the best place to the worst: after a semicolon, after a comma, at a blank, anywhere.
_PLACES = tuple(
    re.compile(p)
    for p in (r"(?<=[;:；：،؛])\s*|(?<=—)\s*", r"(?<=[,，、،])\s*", r"\s+", r"(?<=.)(?=.)")
)


def split_long(text: str, limit: int, size: Callable[[str], int]) -> list[str]:
    """Return `text` in pieces of at most `limit` tokens; nothing but blanks is left out.

    >>> split_long("one two, three four; five six", 4, lambda s: len(s.split()))
    ['one two, three four;', 'five six']
    """
    if size(text) <= limit or len(text) < 2:
        return [text]
    for place in _PLACES:
        cuts = [m.span() for m in place.finditer(text) if m.start() > 0 and m.end() < len(text)]
        if cuts:
            middle = len(text) / 2
            left, right = min(cuts, key=lambda c: abs(c[0] - middle))
            halves = (text[:left], text[right:])
            return [p for half in halves for p in split_long(half, limit, size)]
    return [text]


def clauses(text: str) -> list[str]:
    """Return a text cut after its semicolons and commas; in one piece where there are none.

    >>> clauses("one, two; three")
    ['one,', 'two;', 'three']
    """
    strong, weak = _PLACES[:2]
    parts = [part for piece in strong.split(text) for part in weak.split(piece)]
    return [part for part in parts if part.strip()]
