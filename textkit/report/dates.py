"""Dates as articles write them, as days of the calendar."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from textkit.text.tables import rows

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)")
_HAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?")
_SLASHED = re.compile(r"(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?([^\W\d_]{3,})\.?,?\s+(?:de\s+)?(\d{4})"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, name in rows("textkit.report", "months.tsv")}


def parse(text: str | None) -> date | None:
    """Return the day that a date line names; none where it is not plain which.

    A date that leaves the order of day and month open (03/04/2024) is no day here.

    >>> parse("Sat, Mar 23 2024 06:52 AM EST"), parse("2024年3月"), parse("03/04/2024")
    (datetime.date(2024, 3, 23), datetime.date(2024, 3, 1), None)
    """
    if not text:
        return None
    text = text[:200]
    for pattern in (_ISO, _HAN, _SLASHED):
        if match := pattern.search(text):
            return _day(int(match[1]), int(match[2]), int(match[3] or 1))
    if match := _MONTH_DAY.search(text):
        return _named(match[1], match[2], match[3])
    if match := _DAY_MONTH.search(text):
        return _named(match[2], match[1], match[3])
    return None


def _named(month: str, day: str, year: str) -> date | None:
    number = _months().get(month.casefold()) or _months().get(month.casefold()[:3])
    return _day(int(year), number, int(day)) if number else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
