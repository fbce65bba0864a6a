"""Dates as pages write them; the reading itself is shared with other stages."""

from textkit.text.dates import iso_date

<<<<<<< HEAD
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
        name: int(number)
        for number, *names in rows("textkit.read.html", "months.tsv")
        for name in names
    }
=======
__all__ = ["iso_date"]
>>>>>>> stage/fix-summarize
