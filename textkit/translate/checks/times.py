"""Times of day, each with the one reading that its text gives it: hours count to 24."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from textkit.translate.checks.number import Number
from textkit.translate.gloss import numerals_zh

_CLOCK = re.compile(  # 18h30, 18.30 Uhr, 6:30 p.m., 18:30
    r"(?<![\w.,])(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?h\s?(?P<past>[0-5]\d)?(?!\w)|[.:](?P<minute>[0-5]\d)\s?(?:Uhr|uur)\b"
    r"|(?:[.:](?P<minutes>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?|:(?P<plain>[0-5]\d)(?![\d:]))"
)
_HALF_BEFORE = re.compile(  # half 8, halb acht: half an hour before eight
    r"(?i)\b(?:half|halb|halv)\s(?P<hour>1[0-2]|[1-9])(?!\d|[.,]\d)"
)
_HALF_LANGUAGES = frozenset({"de", "nl", "da", "sv", "nb", "nn", "no"})
_HALF_PAST = re.compile(
    r"(?i)\bhalf past (?P<hour>midnight|noon|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|\d{1,2})\b"
)
_HOURS = (
    "midnight one two three four five six seven eight nine ten eleven twelve".split()
)  # twelve of the clock is noon or midnight
_HAN_HOUR = r"[\d０-９]{1,2}|[一二两三四五六七八九十]{1,3}"
_CHINESE = re.compile(
    rf"(?P<part>凌晨|清晨|早晨|早上|上午|中午|下午|午後|午前|傍晚|晚上|晚间|夜间|深夜|晚|早)?\s*"
    rf"(?P<hour>{_HAN_HOUR})\s*(?P<mark>[:：]|点钟|点|點|时|時)"
    r"\s*(?:(?P<minute>\d\d)(?!\d)(?:\s*分(?!钟))?|(?P<half>半)|(?P<quarter>一刻|三刻))?"
)
_AFTERNOON = frozenset({"下午", "午後", "傍晚", "晚上", "晚间", "夜间", "深夜", "晚", "中午"})


def find_times(text: str, original: str, lang: str) -> Iterator[Number]:
    """Yield the times of day of a text; `text` is `original` with its digits in ASCII.

    A time in hours to 24, with `h`, `Uhr`, `a.m.` or `p.m.` has one reading; a bare 7:15 may be
    of the morning or the evening.
    """
    for match in _CLOCK.finditer(text):
        yield _time(match, original, _readings(match))
    if lang == "en":
        for match in _HALF_PAST.finditer(text):
            hour = match["hour"].lower()
            number = int(hour) if hour.isdigit() else 12 if hour == "noon" else _HOURS.index(hour)
            yield _time(match, original, _both(number, "30"))
    if lang in _HALF_LANGUAGES:
        for match in _HALF_BEFORE.finditer(text):
            yield _time(match, original, _both(int(match["hour"]) - 1, "30"))


def chinese_times(text: str) -> Iterator[tuple[tuple[int, int], frozenset[Decimal]]]:
    """Yield spans and readings of the times of day of a Chinese text."""
    for match in _CHINESE.finditer(text):
        minute = match["minute"] or {"一刻": "15", "三刻": "45"}.get(match["quarter"] or "")
        minute = minute or ("30" if match["half"] else None)
        bare = minute is None
        hour = numerals_zh.value(match["hour"])
        if hour is None or hour > 24 or (bare and not match["part"]):
            continue  # 3点 may be a point of a list or an index
        number = int(hour)
        part = match["part"]
        if part is None:
            yield match.span(), _both(number, minute or "00")
            continue
        if part in _AFTERNOON and number < 12 and not (part == "中午" and number > 2):
            number += 12
        yield match.span(), frozenset({_value(number, minute or "00")})


def _time(match: re.Match[str], original: str, values: frozenset[Decimal]) -> Number:
    return Number(*match.span(), original[slice(*match.span())], values, "time")


def _readings(match: re.Match[str]) -> frozenset[Decimal]:
    hour = int(match["hour"])
    minute = match["past"] or match["minute"] or match["minutes"] or match["plain"] or "00"
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"] in "pP") if hour <= 12 else hour
        return frozenset({_value(hour, minute)})
    if match["plain"]:
        return _both(hour, minute)
    return frozenset({_value(hour, minute), _value(hour % 24, minute)})


def _both(hour: int, minute: str) -> frozenset[Decimal]:
    """The two times that a clock shows in one way; after noon there is one."""
    hours = {hour, hour + 12} if hour < 12 else {hour % 24, *({0} if hour == 12 else ())}
    return frozenset(_value(h, minute) for h in hours)


def _value(hour: int, minute: str) -> Decimal:
    return Decimal(f"{hour}.{minute}")
