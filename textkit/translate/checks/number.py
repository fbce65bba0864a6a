"""A number of a text: where it stands and what it may mean."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple


class Number(NamedTuple):
    """A number, where it stands, and what it may mean."""

    start: int
    end: int
    text: str
    values: frozenset[Decimal]
    kind: str = "number"  # number, month, time, share


def blanked(text: str, numbers: Iterable[Number]) -> str:
    """Return a text of the same length with blanks where these numbers stand.

    >>> blanked("at 7:15 and 8", [Number(3, 7, "7:15", frozenset())])
    'at      and 8'
    """
    pieces: list[str] = []
    at = 0
    for number in sorted(numbers):
        if number.start >= at:
            pieces += (text[at : number.start], " " * (number.end - number.start))
            at = number.end
    return "".join([*pieces, text[at:]])
