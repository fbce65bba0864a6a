"""The English of what a gloss finds in numbers: dates, shares, amounts; and where they start."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from textkit.text.marks import marks
from textkit.translate.gloss import numerals_zh as numerals
from textkit.translate.gloss.words import measures

COUNTED = {"几": "a few", "数": "several", "首": "first", "每": "each", "多": "many"}
DATES = (
    numerals.MONTHS_LISTED, numerals.DATE, numerals.DAY, numerals.YEARS, numerals.YEAR,
    numerals.DECADE, numerals.PERCENT, numerals.FRACTION, numerals.PLAN, numerals.TENTHS,
    numerals.DISCOUNT, numerals.VAGUE,
)  # fmt: skip
COUNTS = (numerals.VAGUE,)  # what a unit follows
DAYS = (numerals.DATE, numerals.DAY)
POINT = ("点", "點")  # of an index, or an hour
_ENDS = marks(shared=False) + marks("comma")  # of a clause
_COUNT = rf"(?:\d{{1,6}}|[{numerals.HAN_NUMERALS}]{{1,6}})"
# 三比一, 21比15; not 1比7.2, which is a ratio.
SCORE = re.compile(rf"(?P<for>{_COUNT})比(?P<against>{_COUNT})(?![.．\d万亿])")
RATIO = re.compile(r"(?P<ratio>\d+(?:\.\d+)?)比(?P<other>\d+(?:\.\d+)?)")
QUARTER = re.compile(r"(?<!\d)(?:第(?=.季)|(?=.季度))(?P<quarter>[一二三四1-4])季度?")
# 一起抢劫案 is one robbery; 一起 elsewhere means together. The look-ahead is bounded.
EVENT = re.compile(
    rf"(?P<events>{_COUNT})起(?=[^{_ENDS}\s]{{0,14}}?(?:案|事故|事件|诉讼|火灾|袭击|纠纷|爆炸|病例|命案|悲剧|丑闻))"
)
DISPATCH = re.compile(r"[电電](?=[（(，,、：:\s　]|$|记者|記者|综合|消息|（|题)")
EXPRESSIONS = (SCORE, RATIO, QUARTER, EVENT, *DATES)
_INDEX = re.compile(r"(?:指数?|[报於于达至]|[涨跌升降挫][了到至]?|[點点]位)$")
_MONEY = "[美欧日港加澳台韩]?元|块钱?|英镑|卢布|卢比|韩元|人民币|法郎|澳元|加元|比索"
MONEY = re.compile(rf"[{numerals.HAN_NUMERALS}]{{1,12}}(?=(?:{_MONEY})(?![化论素老旦宵]))")
MAX_HOUR = 24


def is_points(number: str, before: str) -> bool:
    """Is a number before 点 a number of points, not an hour?

    >>> is_points("3066.54", ""), is_points("12", "下跌"), is_points("9", "上午")
    (True, True, False)
    """
    amount = numerals.value(number.replace(",", ""))
    if amount is None or amount > MAX_HOUR or amount != int(amount):
        return True
    return _INDEX.search(before) is not None


@cache
def inner() -> re.Pattern[str]:
    """What starts something that is no word inside a run of characters: a date, a count."""
    units = "|".join(filter(None, measures()))
    return re.compile(
        rf"第[{numerals.HAN_NUMERALS}]|第$|{_unnamed(SCORE)}|{_unnamed(QUARTER)}"
        rf"|{_unnamed(EVENT)}|{MONEY.pattern}|[{numerals.HAN_NUMERALS}]+分之|{_unnamed(numerals.PLAN)}"
        rf"|{_unnamed(numerals.VAGUE)}|{_unnamed(numerals.TENTHS)}|{_unnamed(numerals.DISCOUNT)}|{_unnamed(numerals.PAIR)}(?=(?:{units}))|[{''.join(COUNTED)}](?=(?:{units}))"
        r"|(?:去年|今年|明年|前年)?[一二三四五六七八九十]{1,3}月|[〇零一二三四五六七八九]{4}年"
        rf"|(?:去年|今年|明年|前年)(?=\d)|{_unnamed(numerals.HAN_AMOUNT)}"
    )


def _unnamed(pattern: re.Pattern[str]) -> str:
    """A pattern's text as a part of another, without the names of its groups."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)


def written(match: re.Match[str]) -> str:
    """An ordinal or an amount; what is no amount but a code stays as it is."""
    amount = numerals.amount(match.groupdict().get("ordinal") or match[0])
    if amount is None or re.fullmatch(r"0\d+", match[0]):
        return match[0]
    return numerals.ordinal(int(amount.low)) if match[0][0] == "第" else amount.english()


def expression(match: re.Match[str]) -> str | None:
    """Return a date, year, decade, share, score or count in English."""
    groups = match.groupdict()
    reading = next(_READINGS[name] for name in groups if name in _READINGS)
    return reading(match)


def _day(match: re.Match[str]) -> str | None:
    day = numerals.value(match["date"]) or 0
    return f"the {numerals.ordinal(int(day))}" if 1 <= day <= 31 else None


def _percent(match: re.Match[str]) -> str | None:
    share = numerals.value(match["percent"] or match["sign"])
    return None if share is None else f"{share}%"


def _events(match: re.Match[str]) -> str:
    count = _count(match["events"])
    return "a" if count == "1" else count


def _count(number: str) -> str:
    return f"{numerals.value(number):f}"


# By the first group of a pattern: what makes English of its match.
_READINGS: dict[str, Callable[[re.Match[str]], str | None]] = {
    "relative": numerals.date_english,
    "month": numerals.date_english,
    "first": numerals.listed_months,
    "from": lambda match: f"{match['from']}-{match['to']}",
    "date": _day,
    "for": lambda match: f"{_count(match['for'])}-{_count(match['against'])}",
    "ratio": lambda match: f"{match['ratio']} to {match['other']}",
    "quarter": lambda match: f"the {numerals.ordinal(int(_count(match['quarter'])))} quarter",
    "events": _events,
    "vague": numerals.vague,
    "plan": lambda match: f"{numerals.ordinal(int(_count(match['plan'])))} Five-Year",
    "below": numerals.share,
    "tenths": numerals.share,
    "price": numerals.share,
    "decade": lambda match: f"{_count(match['decade'])}s",
    "percent": _percent,
    "year": lambda match: _count(match["year"]),
}
