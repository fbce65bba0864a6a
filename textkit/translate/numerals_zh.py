"""Chinese numbers and dates: their values, and the English for them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
HAN_NUMERALS = "".join([*_DIGITS, *_SMALL, *_LARGE])

_ARABIC = r"[\d０-９]+(?:[,，][\d０-９]{3})*(?:[.．][\d０-９]+)?"
NUMBER = rf"(?:{_ARABIC}[十百千]?[万萬亿億兆]*|[{HAN_NUMERALS}]+)"
_DAY = r"(?:[\d０-９]{1,2}|[一二三四五六七八九十]{1,3})"
DATE = re.compile(
    rf"(?:(?P<relative>去年|今年|明年|前年)|(?P<year>[\d０-９]{{4}}|[〇零一二三四五六七八九]{{4}})年)?"
    rf"(?P<month>{_DAY})月份?(?:(?P<day>{_DAY})[日号號]|(?P<part>底|初|中旬|上旬|下旬))?"
)
YEAR = re.compile(r"(?P<year>[12１２][\d０-９]{3}|[〇零一二三四五六七八九]{4})年(?!代)")
DECADE = re.compile(r"(?P<decade>[\d０-９]{2,3}0|[\d０-９]?０)年代")
PERCENT = re.compile(rf"百分之(?P<percent>{NUMBER})|(?P<sign>{_ARABIC})[%％]")
ORDINAL = re.compile(rf"第(?P<ordinal>{NUMBER})")
AMOUNT = re.compile(rf"(?P<amount>{_ARABIC}[十百千]?[万萬亿億兆]*)")

HAN_AMOUNT = re.compile(
    rf"(?P<amount>[一二两三四五六七八九][十百千万亿][{HAN_NUMERALS}]*"
    rf"|十[一二三四五六七八九万亿][{HAN_NUMERALS}]*)"
)

MONTHS = (
    "January February March April May June July August September October November December".split()
)
RELATIVE = {
    "去年": "last year", "今年": "this year", "明年": "next year", "前年": "the year before last",
}  # fmt: skip
PARTS = {
    "底": "the end of", "初": "the beginning of",
    "上旬": "early", "中旬": "mid", "下旬": "late",
}  # fmt: skip


def value(text: str) -> Decimal | None:
    """Return what a Chinese or Arabic number says; None where it is none.

    >>> [int(value(t) or 0) for t in ("三百五十", "1.5亿", "二〇二三", "３,０００万", "十二")]
    [350, 150000000, 2023, 30000000, 12]
    """
    text = unicodedata.normalize("NFKC", text).replace(",", "").replace("，", "")
    match = re.match(r"\d+(?:\.\d+)?", text)
    if match:
        return _scaled(Decimal(match[0]), text[match.end() :])
    if all(c in _DIGITS for c in text) and len(text) > 1:
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    return _han_value(text)


def _scaled(number: Decimal, scales: str) -> Decimal | None:
    for char in scales:
        factor = _SMALL.get(char) or _LARGE.get(char)
        if factor is None:
            return None
        number *= factor
    return number


def _han_value(text: str) -> Decimal | None:
    """The value of a number written with 十, 百, 千, 万, 亿."""
    total = part = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            part += (digit or 1) * _SMALL[char]
            digit = 0
        elif char in _LARGE:
            total = (total + part + digit or 1) * _LARGE[char]
            part = digit = 0
        else:
            return None
    return Decimal(total + part + digit) if text else None


def english(number: Decimal) -> str:
    """Return an amount as English writes it.

    >>> [english(Decimal(n)) for n in ("35000", "150000000", "2.5", "1000000000")]
    ['35,000', '150 million', '2.5', '1 billion']
    """
    for factor, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if number >= factor and (number / factor * 1000) % 1 == 0:
            return f"{_plain(number / factor)} {name}"
    return _plain(number)


def _plain(number: Decimal) -> str:
    whole = number == number.to_integral_value()
    return f"{int(number):,}" if whole else f"{number.normalize():,f}"


def ordinal(number: int) -> str:
    """Return an ordinal number.

    >>> [ordinal(n) for n in (1, 2, 3, 11, 22)]
    ['1st', '2nd', '3rd', '11th', '22nd']
    """
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def date_english(match: re.Match[str]) -> str | None:
    """Return a match of DATE in English; None where the month does not exist.

    >>> date_english(DATE.match("去年6月")), date_english(DATE.match("二〇二三年十二月3日"))
    ('June last year', 'December 3, 2023')
    """
    month = value(match["month"])
    if month is None or not 1 <= month <= 12:
        return None
    text = MONTHS[int(month) - 1]
    day = value(match["day"]) if match["day"] else None
    if day:
        text = f"{text} {day}"
    if match["part"]:
        text = f"{PARTS[match['part']]} {text}"
    if match["relative"]:
        return f"{text} {RELATIVE[match['relative']]}"
    if match["year"]:
        return f"{text}{',' if day else ''} {value(match['year'])}"
    return text
