"""The English of what a gloss finds in numbers: dates, shares, amounts; and where they start."""

from __future__ import annotations

import re
from functools import cache

from textkit.translate.gloss import numerals_zh as numerals
from textkit.translate.gloss.words import measures

COUNTED = {"几": "a few", "数": "several", "首": "first", "每": "each", "多": "many"}
EXPRESSIONS = (
    numerals.MONTHS_LISTED, numerals.DATE, numerals.DAY, numerals.YEARS, numerals.YEAR,
    numerals.DECADE, numerals.PERCENT, numerals.FRACTION, numerals.PLAN, numerals.TENTHS,
    numerals.DISCOUNT, numerals.VAGUE,
)  # fmt: skip
COUNTS = (numerals.VAGUE,)  # what a unit follows


@cache
def inner() -> re.Pattern[str]:
    """What starts something that is no word inside a run of characters: a date, a count."""
    units = "|".join(filter(None, measures()))
    return re.compile(
        rf"第[{numerals.HAN_NUMERALS}]|[{numerals.HAN_NUMERALS}]+分之|{_unnamed(numerals.PLAN)}"
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
    """A date, year, decade or share in English."""
    groups = match.groupdict()
    if "month" in groups:
        return numerals.date_english(match)
    if "first" in groups:
        return numerals.listed_months(match)
    if "from" in groups:
        return f"{groups['from']}-{groups['to']}"
    if "date" in groups:
        day = numerals.value(groups["date"]) or 0
        return f"the {numerals.ordinal(int(day))}" if 1 <= day <= 31 else None
    if "vague" in groups:
        return numerals.vague(match)
    if "plan" in groups:
        return f"{numerals.ordinal(int(numerals.value(groups['plan']) or 0))} Five-Year"
    if groups.keys() & {"below", "tenths", "price"}:
        return numerals.share(match)
    if groups.get("decade"):
        return f"{numerals.value(groups['decade'])}s"
    if "percent" in groups:
        share = numerals.value(groups["percent"] or groups["sign"])
        return None if share is None else f"{share}%"
    return str(numerals.value(groups["year"]))
