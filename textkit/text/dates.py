"""Dates as pages and records write them: as ISO 8601, as days, and as what sorts."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

from textkit.text.tables import rows

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?)[.\d]*\s*(Z|[+-]\d\d:?\d\d)?)?"
)
_EAST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_MONTH = re.compile(r"(?<!\d)(\d{4})(?:-|\s*[年년]\s*)(\d{1,2})(?!\d)")
_YMD = re.compile(r"\b((?:19|20)\d\d)[/.](\d{1,2})[/.](\d{1,2})\b")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?$")
_DMY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\b")
_WORDS = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+)?([^\W\d_]{3,})\.?,?[\s-]+(?:de\s+)?"
    r"|([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+)((?:19|20)\d\d)\b"
)


def iso_date(value: Any) -> str | None:
    """Return a date, with its time where there is one, as ISO 8601; null where there is no date.

    >>> iso_date("Fri, 03 Oct 2025 10:00:00 GMT"), iso_date("October 8, 2025")
    ('2025-10-03T10:00:00+00:00', '2025-10-08')
    >>> iso_date("2025年9月4日 08:30"), iso_date("2025-09-04T08:30:00+0800"), iso_date("soon")
    ('2025-09-04', '2025-09-04T08:30:00+08:00', None)
    """
    if not isinstance(value, str) or not (text := value.strip()[:100]):
        return None
    if match := _ISO.search(text):
        return _iso(match)
    for pattern in (_EAST, _YMD, _COMPACT):
        if match := pattern.search(text):
            return _day(*(int(part) for part in match.groups()))
    if match := _DMY.search(text):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    return _mail_date(text) or _in_words(text)


def without_dates(text: str) -> str:
    """Return a text with a blank for each date.

    >>> without_dates("Updated on 4 May 2025 by Ada")
    'Updated on   by Ada'
    """
    for pattern in (_ISO, _EAST, _YMD, _DMY, _WORDS):
        text = pattern.sub(" ", text)
    return text


def day_of(value: Any) -> date | None:
    """Return the day that a date line names, the first of a bare month; none where none is plain.

    A date that leaves the order of day and month open (03/04/2024) is no day here.

    >>> day_of("Sat, Mar 23 2024 06:52 AM EST"), day_of("2024年3月"), day_of("03/04/2024")
    (datetime.date(2024, 3, 23), datetime.date(2024, 3, 1), None)
    """
    found = iso_date(value)
    if found is None and isinstance(value, str) and (match := _MONTH.search(value[:100])):
        found = _day(int(match[1]), int(match[2]), 1)
    return date.fromisoformat(found[:10]) if found else None


def date_key(value: str | None) -> tuple[int, str]:
    """Return what dates sort by; those not known come last.

    >>> date_key("Sat, Mar 23 2024 06:52 AM EST") < date_key("2024-03-24T10:00:00Z") < date_key("")
    True
    """
    day = day_of(value)
    return (0, iso_date(value) or day.isoformat()) if day else (1, "")


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _iso(match: re.Match[str]) -> str | None:
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    if day is None or match[4] is None:
        return day
    zone = (match[5] or "").replace("Z", "+00:00")
    if zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    try:
        return datetime.fromisoformat(f"{day}T{match[4]:0>5}{zone}").isoformat()
    except ValueError:
        return day


def _mail_date(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat() if ":" in text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _in_words(text: str) -> str | None:
    match = _WORDS.search(text)
    if not match:
        return None
    month = _months().get((match[2] or match[3]).casefold())
    return _day(int(match[5]), month, int(match[1] or match[4])) if month else None


@cache
def _months() -> dict[str, int]:
    return {
        name: int(number) for number, *names in rows("textkit.text", "months.tsv") for name in names
    }
