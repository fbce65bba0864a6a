"""A number of a text: where it stands and what it may mean."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Number(NamedTuple):
    """A number, where it stands, and what it may mean."""

    start: int
    end: int
    text: str
    values: frozenset[Decimal]
    kind: str = "number"  # number, month, time, share
