"""Dates as records hold them, in an order; any form that names year, month and day will do."""

from __future__ import annotations

import re

_MONTHS = {name: number + 1 for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split())}  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?(?:日?[T ]+(\d{1,2}):(\d{2}))?")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})")

Key = tuple[int, int, int, int, int, int]
UNDATED: Key = (1, 0, 0, 0, 0, 0)


def date_key(date: str | None) -> Key:
    """Return what dates sort by; those not known come last.

    >>> date_key("Sat, Mar 23 2024 06:52 AM EST") < date_key("2024-03-24T10:00:00Z")
    True
    """
    text = date or ""
    if match := _ISO.search(text):
        year, month, day, hour, minute = (int(part or 0) for part in match.groups())
        return (0, year, month, day, hour, minute)
    if match := _MONTH_FIRST.search(text):
        name, day_text, year_text = match.groups()
    elif match := _DAY_FIRST.search(text):
        day_text, name, year_text = match.groups()
    else:
        return UNDATED
    number = _MONTHS.get(name.lower())
    return (0, int(year_text), number, int(day_text), 0, 0) if number else UNDATED
