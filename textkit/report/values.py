"""The values that a sentence gives: amounts with their unit, and model names such as A100.

Two values can be told apart, and found to disagree, where they measure one thing: both durations,
both sums in dollars, both counts of the same noun, both names of one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from math import log10
from typing import NamedTuple

from textkit.text.numbers import scales
from textkit.text.scripts import FULL_WIDTH
from textkit.text.stopwords import stop_words
from textkit.text.tables import rows

FIRST_YEAR, LAST_YEAR = 1900, 2100
YEAR = "year"
CODE = "code"
COUNT = "count"
ROUNDING = 0.05  # "20" may stand for 19, "10" not for 13
LOOSE = 0.1  # values in different units are converted, and rounded before that
_NOUN_REACH = 4  # words behind a number among which the counted noun is looked for

_DIGITS = r"\d{1,3}(?:[,   ’']\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_CODE = re.compile(r"(?<![\w-])[A-Za-z]{1,6}-?\d{1,4}[A-Za-z]{0,2}(?![\w-])")
_ORDINAL = re.compile(r"\W*\d+(?:st|nd|rd|th)\b")
FIRST_WIDE = 0x2E80  # from here on scripts without blanks between words
# A number that opens a line and numbers it: `06 Council`, `3 市议会`, `12 – The bridge`.
_LABEL = re.compile(rf"\s*(?:0\d(?![\d.,])|\d{{1,3}}\s+(?=[{FULL_WIDTH}–—|]))")
_RANGE_AFTER = re.compile(r"\s?(?:[–—~～]|-(?=[$€£]?\d)|(?:to|bis|à|a) ([$€£\d]))")
_RANGE_BEFORE = re.compile(r"\d[\d.,]*\s?(?:[–—~～]|-|(?:to|bis|à|a) )$")
_OLD = re.compile(r"[ -]olds?\b")
_WORD = re.compile(r"[^\W\d_][\w'’-]*|[%％]|\d[\w.,]*")


class Value(NamedTuple):
    """A value and where it stands."""

    start: int
    end: int  # after its unit
    unit: str  # what it can be compared with
    amount: float | str
    tail: int  # the end of the noun that is counted, `end` for others
    number: float = 0.0  # the amount in the unit that is written


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {word: (kind, float(size)) for word, kind, size in rows("textkit.report", "units.tsv")}


@cache
def _numerals() -> dict[str, float]:
    return {word: float(value) for word, value in rows("textkit.report", "numerals.tsv")}


@cache
def _powers() -> dict[str, int]:
    """The powers of ten of scale words, for texts whose language is not asked for."""
    return {word: round(log10(factor)) for word, factor in scales("mul")}


@cache
def _number() -> re.Pattern[str]:
    words = "|".join(sorted(_numerals(), key=len, reverse=True))
    currency = "|".join(re.escape(word) for word in _units() if not word[0].isalnum())
    wide = "|".join(word for word in (*_units(), *_powers()) if ord(word[0]) >= FIRST_WIDE)
    return re.compile(
        rf"(?P<money>{currency})?\s?(?<![A-Za-zÀ-ɏ0-9.,])(?:(?P<digits>{_DIGITS})|(?P<word>{words}))"
        rf"(?=[^\w]|$|{wide}|[A-Za-z]{{1,3}}\b)",
        re.IGNORECASE,
    )


def values(text: str, start: int = 0, end: int | None = None) -> Iterator[Value]:
    """Yield the values between two offsets, in order.

    >>> [(v.unit, v.amount) for v in values("It took four months and $1.5 billion in 2026.")]
    [('time', 10519200.0), ('USD', 1500000000.0), ('year', 2026.0)]
    >>> [(v.unit, v.amount) for v in values("100,000 Nvidia H100 GPUs")]
    [('count gpu', 100000.0), ('code h#', 'H100')]
    """
    end = len(text) if end is None else end
    codes = list(_codes(text, start, end))
    amounts = []
    for match in _number().finditer(text, start, end):
        inside = any(c.start <= match.start("digits") < c.end for c in codes if match["digits"])
        labelled = _LABEL.match(text, match.start()) and _opens_line(text, match.start())
        if not inside and not labelled and not _ORDINAL.match(text, match.start()):
            amount = _amount(text, match, end)
            if not _is_open(text, amount):
                amounts.append(amount)
    yield from sorted(v for v in (*amounts, *codes) if v.unit != f"{COUNT} ")


def _opens_line(text: str, place: int) -> bool:
    return not text[text.rfind("\n", 0, place) + 1 : place].strip()


def _is_open(text: str, value: Value) -> bool:
    """Is the number one end of a range, or does something unknown stick to it ($5xy)?"""
    money = not text[value.start].isalnum()
    after = _RANGE_AFTER.match(text, value.end)
    before = _RANGE_BEFORE.search(text[max(0, value.start - 12) : value.start])
    stuck = text[value.end : value.end + 1]
    if stuck.isalpha() and ord(stuck) < FIRST_WIDE:
        return True
    return bool(before) or bool(after and (not after[1] or (after[1] in "$€£") is money))


def _codes(text: str, start: int, end: int) -> Iterator[Value]:
    for match in _CODE.finditer(text, start, end):
        code = match[0]
        if code[0].isupper() or code[:2].isupper():
            unit = f"{CODE} {re.sub(r'[0-9]+', '#', code.casefold())}"
            yield Value(match.start(), match.end(), unit, code.upper(), match.end())


def _amount(text: str, match: re.Match[str], end: int) -> Value:
    """The number with its magnitude and unit, or with the noun that it counts."""
    start = match.start("money" if match["money"] else "digits" if match["digits"] else "word")
    at = match.end()
    number = (
        _as_float(match["digits"]) if match["digits"] else _numerals()[match["word"].casefold()]
    )
    digits = match["digits"] or ""
    power, at = _magnitude(text, at, end)
    number *= 10.0**power
    if match["money"]:
        return Value(start, at, _units()[match["money"].upper()][0], number, at, number)
    unit, after = _unit(text, at, end)
    if unit:
        kind, size = unit
        kind = "age" if _OLD.match(text, after, end) else kind
        return Value(start, after, kind, number * size, after, number)
    if len(digits) == 4 and not power and FIRST_YEAR <= number <= LAST_YEAR:
        return Value(start, at, YEAR, number, at, number)
    noun, tail = _noun(text, at, end)
    return Value(start, at, f"{COUNT} {noun}", number, tail, number)


def _as_float(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[,   ’']\d{3})+(?:\.\d+)?", digits):
        return float(re.sub(r"[,   ’']", "", digits))
    return float(digits.replace(",", "."))


_NEXT = re.compile(r"[\s -]?([^\W\d_]+|[%％])")


def _magnitude(text: str, at: int, end: int) -> tuple[int, int]:
    match = _NEXT.match(text, at, end)
    if not match:
        return 0, at
    word = match[1].casefold()
    for size in (len(word), 1) if ord(word[0]) >= FIRST_WIDE else (len(word),):
        power = _powers().get(word[:size])
        if power is not None and (len(word) > 1 or ord(word[0]) >= FIRST_WIDE):
            return power, match.start(1) + size
    return 0, at


def _unit(text: str, at: int, end: int) -> tuple[tuple[str, float] | None, int]:
    match = _NEXT.match(text, at, end)
    if not match:
        return None, at
    word = match[1]
    for size in (len(word), 3, 2, 1) if ord(word[0]) >= FIRST_WIDE else (len(word),):
        found = _units().get(word[:size]) or _units().get(word[:size].casefold())
        if found:
            return found, match.start(1) + min(size, len(word))
    return None, at


def _noun(text: str, at: int, end: int) -> tuple[str, int]:
    """The last word of the noun phrase that a number opens, in its singular, and its end."""
    noun, tail = "", at
    for n, match in enumerate(_WORD.finditer(text, at, end)):
        between = text[tail : match.start()]
        word = match[0].casefold()
        if n >= _NOUN_REACH or between.strip(" -\xa0") or word in stop_words("en"):
            break
        noun, tail = word, match.end()
    return noun.removesuffix("s"), tail


def agree(one: Value, two: Value) -> bool:
    """Are two comparable values the same, as far as the rounder of them says?

    >>> agree(*values("100,000 chips, 99,500 chips")), agree(*values("19 days, 4 months"))
    (True, False)
    """
    first, second = one.amount, two.amount
    if isinstance(first, str) or isinstance(second, str) or one.unit == YEAR:
        return first == second
    if one.number and two.number and first * two.number == second * one.number:
        return _rounded(one.number, two.number) or _rounded(two.number, one.number)
    return abs(first - second) <= LOOSE * max(abs(first), abs(second))


def _rounded(rough: float, exact: float) -> bool:
    """Is `rough` what `exact` becomes with as many digits?"""
    digits = len(f"{rough:.15g}".replace(".", "").strip("0")) or 1
    return float(f"{exact:.{digits}g}") == rough and abs(exact - rough) <= ROUNDING * rough
