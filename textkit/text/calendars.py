"""Dates of other calendars than the Gregorian: Japanese eras, Minguo and the Persian year."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ERAS = {  # the year before an era's first
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
    "民國": 1911, "民国": 1911,
}  # fmt: skip
_HAN = {char: str(n) for n, char in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_HAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十元]+(?=\s*[年月日])")
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(\d{{1,3}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日?")
PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_PERSIAN_YEAR = r"(1[34]\d\d)"
_PERSIAN = re.compile(rf"\b{_PERSIAN_YEAR}[/-](\d{{1,2}})[/-](\d{{1,2}})\b")
_PERSIAN_WORDS = re.compile(
    rf"\b(\d{{1,2}})\s+({'|'.join(PERSIAN_MONTHS)})(?:\s+ماه)?،?\s+{_PERSIAN_YEAR}\b"
)
_YEAR, _NOWRUZ = 1403, date(2024, 3, 20)  # a Persian year and its first day
# Leap years of the solar Hijri calendar come in a cycle of 33 years, true of 1178 to 1633.
_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))


def han_digits(text: str) -> str:
    """Return a text in which numbers before 年, 月 and 日 are in digits; 元 is the first year.

    >>> han_digits("二〇二四年十二月三十一日"), han_digits("令和元年五月一日")
    ('2024年12月31日', '令和1年5月1日')
    """
    return _HAN_NUMBER.sub(lambda match: _number(match[0]), text)


def _number(han: str) -> str:
    if han == "元":
        return "1"
    tens, ten, ones = han.rpartition("十")
    if not ten:
        return "".join(_HAN.get(char, char) for char in han)
    return str(int(_HAN.get(tens, "1") if tens else "1") * 10 + int(_HAN.get(ones, "0") or "0"))


def other_calendar(text: str) -> date | None:
    """Return the day that a date of another calendar names; null where there is none.

    >>> other_calendar("令和6年5月5日"), other_calendar("民國113年5月5日")
    (datetime.date(2024, 5, 5), datetime.date(2024, 5, 5))
    >>> other_calendar("1403/02/16"), other_calendar("16 اردیبهشت 1403"), other_calendar("2024")
    (datetime.date(2024, 5, 5), datetime.date(2024, 5, 5), None)
    """
    try:
        if match := _ERA.search(text):
            return date(_ERAS[match[1]] + int(match[2]), int(match[3]), int(match[4]))
        if match := _PERSIAN.search(text):
            return _persian(int(match[1]), int(match[2]), int(match[3]))
        if match := _PERSIAN_WORDS.search(text):
            month = PERSIAN_MONTHS.index(match[2]) + 1
            return _persian(int(match[3]), month, int(match[1]))
    except ValueError:
        return None
    return None


def _persian(year: int, month: int, day: int) -> date:
    """The day of a Persian date. Raises ValueError where there is no such day."""
    longest = 31 if month <= 6 else 30
    if not (1 <= month <= 12 and 1 <= day <= longest):
        raise ValueError
    days = sum(366 if _is_leap(y) else 365 for y in range(_YEAR, year))
    days -= sum(366 if _is_leap(y) else 365 for y in range(year, _YEAR))
    days += min(month - 1, 6) * 31 + max(month - 7, 0) * 30 + day - 1
    return _NOWRUZ + timedelta(days=days)


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAP
