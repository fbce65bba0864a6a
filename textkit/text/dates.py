"""Dates as pages and records write them: as ISO 8601, as days, and as what sorts."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from textkit.text.calendar import month_number
from textkit.text.calendars import han_digits, other_calendar

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?)[.\d]*\s*(Z|[+-]\d\d:?\d\d)?)?"
)
_EAST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_VIETNAMESE = re.compile(
    r"\b(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2})(?:,|\s+năm)?\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_MONTH = re.compile(r"(?<!\d)(\d{4})(?:-|\s*[年년]\s*)(\d{1,2})(?!\d)")
_YMD = re.compile(r"\b((?:19|20)\d\d)[/.](\d{1,2})[/.](\d{1,2})\b")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?$")
_DMY = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)\b")
# Words around a month's name; names in Indic scripts hold marks that are no letters for `re`.
_NAME = r"[^\W\d_][^\s\d,;:|·()/.-]*(?:\s[^\W\d_][^\s\d,;:|·()/.-]+)?"
_DAY = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"((?:19|2[05])\d\d)(?!\d)"
_WORDS = re.compile(
    rf"{_DAY}[\s-]+(?:de\s+|d['’]|of\s+)?({_NAME})\.?,?[\s-]+(?:de[l]?\s+|of\s+|,\s*)?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"({_NAME})\.?\s+{_DAY}(?!\d),?\s+(?:de\s+)?{_YEAR}")
_YEAR_FIRST = re.compile(rf"{_YEAR}\.?\s+(?:m\.\s+|gada\s+)?({_NAME})\s+{_DAY}(?!\d)")
_DAY_FIRST_WORDS = re.compile(rf"{_YEAR}\.?\s+(?:gada\s+)?{_DAY}\s+({_NAME})")
_ZONE = re.compile(r"\b(?:GMT|UTC)([+-]\d{4})\b.*")
_HALF = re.compile(r"\d\s?[ap]\.?m", re.IGNORECASE)  # of a day: mail dates have none
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_BUDDHIST = (2400, 543)  # years of the Thai calendar start here, and are so many ahead


def iso_date(value: Any, lang: str | None = None) -> str | None:
    """Return a date, with its time where there is one, as ISO 8601; null where there is no date.

    Digits and month names may be of any script and language; `lang` decides where a name is a
    month in one language and another month in another.

    >>> iso_date("Fri, 03 Oct 2025 10:00:00 GMT"), iso_date("October 8, 2025")
    ('2025-10-03T10:00:00+00:00', '2025-10-08')
    >>> iso_date("2025年9月4日 08:30"), iso_date("2025-09-04T08:30:00+0800"), iso_date("soon")
    ('2025-09-04', '2025-09-04T08:30:00+08:00', None)
    >>> iso_date("3 березня 2024"), iso_date("٣ مارس ٢٠٢٤"), iso_date("25/12/2024")
    ('2024-03-03', '2024-03-03', '2024-12-25')
    """
    if not isinstance(value, str) or not (text := value.strip()[:100]):
        return None
    if not text.isascii():
        text = han_digits(_OTHER_DIGIT.sub(lambda match: str(int(match[0])), text))
    if match := _ISO.search(text):
        return _iso(match)
    for pattern in (_EAST, _YMD, _COMPACT):
        if match := pattern.search(text):
            return _day(*(int(part) for part in match.groups()))
    for pattern in (_DMY, _VIETNAMESE):
        if match := pattern.search(text):
            return _day(int(match[3]), int(match[2]), int(match[1]))
    if other := other_calendar(text):
        return other.isoformat()
    if match := _SLASHED.search(text):
        return _slashed(*(int(part) for part in match.groups()))
    return _mail_date(text) or _in_words(text, lang)


def without_dates(text: str) -> str:
    """Return a text with a blank for each date.

    >>> without_dates("Updated on 4 May 2025 by Ada")
    'Updated on   by Ada'
    """
    for pattern in (_ISO, _EAST, _VIETNAMESE, _YMD, _DMY, _WORDS, _MONTH_FIRST):
        text = pattern.sub(" ", text)
    return text


def day_of(value: Any, lang: str | None = None) -> date | None:
    """Return the day that a date line names, the first of a bare month; none where none is plain.

    A date that leaves the order of day and month open (03/04/2024) is no day.

    >>> day_of("Sat, Mar 23 2024 06:52 AM EST"), day_of("2024年3月"), day_of("03/04/2024")
    (datetime.date(2024, 3, 23), datetime.date(2024, 3, 1), None)
    """
    day = iso_date(value, lang)
    if day is None and isinstance(value, str) and (match := _MONTH.search(value[:100])):
        day = _day(int(match[1]), int(match[2]), 1)
    return date.fromisoformat(day[:10]) if day else None


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
    text = _ZONE.sub(r"\1", text)  # as browsers write it: GMT+0200 (CEST)
    try:
        return (
            parsedate_to_datetime(text).isoformat()
            if ":" in text and not _HALF.search(text)
            else None
        )
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _slashed(first: int, second: int, year: int) -> str | None:
    """Read day/month/year or month/day/year where the numbers leave but one order."""
    if first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _in_words(text: str, lang: str | None) -> str | None:
    """Read a date with its month's name; the name may have a word of another kind beside it."""
    for pattern, order in (
        (_WORDS, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2)), (_YEAR_FIRST, (1, 2, 3)),
        (_DAY_FIRST_WORDS, (1, 3, 2)),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            year, name, day = (match[group] for group in order)
            stopped = text[match.end(order[2]) : match.end(order[2]) + 1] == "."
            if month := _month(name, lang, stopped):
                first, ahead = _BUDDHIST
                return _day(int(year) - (ahead if int(year) >= first else 0), month, int(day))
    return None


def _month(name: str, lang: str | None, stopped: bool) -> int | None:
    """Return the month that a name is, or one of its words (`Mon March`, `marzo del`)."""
    for part in (name, *reversed(name.split()), name.removeprefix("ב")):  # Hebrew `in`
        if month := month_number(part, lang, stopped):
            return month
    return None
