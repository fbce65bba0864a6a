"""Numbers of a text, in any digits and with the words that scale them.

A number may be read in two ways (1.234 is one and a bit, or a thousand), so each has all values
that it may mean; two numbers agree where they share one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from textkit.text.languages import primary
from textkit.text.numbers import scale_of, scales
from textkit.text.scripts import COMBINING, INDIC, THAI_SIGNS
from textkit.text.tables import rows
from textkit.translate.checks.number import Number
from textkit.translate.checks.numbers_zh import chinese_numbers
from textkit.translate.gloss import numerals_zh

_NUMBER = re.compile(r"\d{1,2}:\d\d(?!\d)|\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,'’\u00a0\u202f]\d+)*")
_SPACED_LANGUAGES = frozenset("fr ru uk be bg pl cs sk sv nb no da fi et lv lt pt es hu".split())
_COMMA_LANGUAGES = frozenset(
    "de es fr it pt nl id tr da el ro hr sl sr ca".split()
)  # 1,5 and 1.500
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DECADE = re.compile(r"(?:1[5-9]|20)\d0er\b")  # 1990er Jahre
_WORD = re.compile(rf"[\s\u00a0-]*((?:[^\W\d_]|[{COMBINING}{INDIC}{THAI_SIGNS}])+)")
_GLUED = frozenset({"ja", "ko", "th"})  # units and scales without blanks between
# Times of day: 18h30, 18.30 Uhr, 6:30 p.m.
_CLOCK = re.compile(
    r"(?<![\w.,])(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?h\s?(?P<past>[0-5]\d)?(?!\w)|[.:](?P<minute>[0-5]\d)\s?(?:Uhr|uur)\b"
    r"|(?:[.:](?P<minutes>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?|:(?P<plain>[0-5]\d)(?![\d:]))"
)
_MONTH = re.compile(r"\s?[月월]")
_DATE = re.compile(  # 3.10.2024, 03/10/2024, 2024-10-03
    r"(?<![\w.,/-])(?:(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[./-])\s?(?P<month>0?[1-9]|1[0-2])"
    r"(?P=mark)\s?(?P<year>[12]\d{3})|(?P<year2>[12]\d{3})-(?P<month2>\d\d)-(?P<day2>\d\d))"
    r"(?![\w/-]|[.,]\d)"
)
_LETTERS = re.compile(r"(?<=\d)(tn|bn|[bmk])(?!\w)", re.IGNORECASE)
_LETTER_SCALES = {"tn": 10**12, "bn": 10**9, "b": 10**9, "m": 10**6, "k": 1000}
_HALF = Decimal(50)


def find_numbers(text: str, lang: str) -> list[Number]:
    """Return the numbers of a text in order.

    >>> [sorted(map(int, n.values)) for n in find_numbers("1.500 pessoas e 3 milhões", "pt")]
    [[1, 1500], [3000000]]
    >>> [int(min(n.values)) for n in find_numbers("去年6月, 约5年, 三百万人, ٣", "zh")]
    [6, 5, 3000000, 3]
    """
    base = primary(lang)
    plain = ascii_digits(text)
    if base in ("zh", "yue"):
        return list(chinese_numbers(text, plain))
    found = list(_digits(text, plain, base))
    if base == "en":
        taken = {i for n in found for i in range(n.start, n.end)}
        found += [n for n in _english_words(plain) if n.start not in taken]
    return sorted(found)


def ascii_digits(text: str) -> str:
    """Return the text with every decimal digit in ASCII; offsets stay.

    >>> ascii_digits("٢٠٢٣ ５")
    '2023 5'
    """
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in text
    )


def _digits(original: str, text: str, lang: str) -> Iterator[Number]:
    """Numbers in digits, with the scale words after them; `text` has them in ASCII."""
    for match in _CLOCK.finditer(text):
        yield Number(*match.span(), original[slice(*match.span())], _clock(match), "time")
    text = _CLOCK.sub(lambda m: " " * len(m[0]), text)
    for match in _DATE.finditer(text):
        yield from _date(match, original)
    text = _DATE.sub(lambda m: " " * len(m[0]), text)
    pattern = _SPACED if lang in _SPACED_LANGUAGES else _NUMBER
    last: Number | None = None
    for match in pattern.finditer(text):
        factor, end = _scale(text, match.end(), lang)
        values = frozenset(value * factor for value in readings(match[0]))
        if lang == "de" and _DECADE.match(text, match.start()):
            values |= {value % 100 for value in values}  # in the nineties
        if factor > 1 and lang in _COMMA_LANGUAGES and _GROUPED.fullmatch(match[0]):
            values = frozenset({max(values)})  # 1.500 millones: nobody writes 1,5 so
        if lang == "en":
            values |= _in_years(text, end, values)
        month = lang in ("ja", "ko") and _MONTH.match(text, end)
        number = Number(
            match.start(),
            end,
            original[match.start() : end],
            values,
            "month" if month else "number",
        )
        if last and lang in _GLUED and _adds_up(last, number, text):
            number = _sum(last, number, original)
        elif last:
            yield last
        last = number
    if last:
        yield last


def _adds_up(first: Number, second: Number, text: str) -> bool:
    """Are these sections of one number, as 3億5000万 has them?"""
    scaled = not first.text[-1:].isdigit() and min(first.values) > max(second.values)
    return scaled and not text[first.end : second.start].strip(" ")


def _sum(first: Number, second: Number, original: str) -> Number:
    values = frozenset(a + b for a in first.values for b in second.values)
    return Number(first.start, second.end, original[first.start : second.end], values)


def _date(match: re.Match[str], original: str) -> Iterator[Number]:
    """Day, month and year; the month may stand by name in the translation."""
    for name in ("day", "month", "year", "year2", "month2", "day2"):
        if match[name]:
            start, end = match.span(name)
            kind = name.rstrip("2") if name.startswith("month") else "number"
            yield Number(start, end, original[start:end], frozenset({Decimal(match[name])}), kind)


def _clock(match: re.Match[str]) -> frozenset[Decimal]:
    """A time of day as hours and minutes; 18.30 is 6.30 too, as p.m. may stand in other words."""
    hour = int(match["hour"])
    minute = match["past"] or match["minute"] or match["minutes"] or match["plain"] or "00"
    if match["half"] and match["half"] in "pP" and hour < 12:
        hour += 12
    hours = {hour, hour - 12 if hour > 12 else hour, 0 if hour == 24 else hour}
    return frozenset(Decimal(f"{h}.{minute}") for h in hours)


def readings(digits: str) -> Iterator[Decimal]:
    """Yield what a run of digits and separators may mean."""
    parts = re.split(r"[^\d]", digits)
    if ":" not in digits and all(len(part) == 3 for part in parts[1:]):
        yield Decimal("".join(parts))
    if len(parts) > 1:
        yield Decimal("".join(parts[:-1]) + "." + parts[-1])


def _scale(text: str, at: int, lang: str) -> tuple[Decimal, int]:
    """The product of the scale words from an offset on, and where they end."""
    factor = Decimal(1)
    letters = _LETTERS.match(text, at) if lang == "en" else None
    if letters:
        return Decimal(_LETTER_SCALES[letters[1].lower()]), letters.end()
    while match := _WORD.match(text, at):
        word = match[1].lower()
        if lang in _GLUED:
            word = _head(lang, word)
        found = _factor(lang, word)
        if found is None:
            break
        factor, at = factor * found, match.start(1) + len(word)
    return factor, at


def _head(lang: str, word: str) -> str:
    """The scale that a run of letters starts with, where units follow without a blank."""
    known = [w for w, _ in scales(lang) if word.startswith(w)]
    return max(known, key=len, default=word)


def _factor(lang: str, word: str) -> Decimal | None:
    factor = scale_of(word, lang) if len(word) > 1 or not word.isascii() else None
    return None if factor is None else Decimal(factor)


_ENGLISH_WORD = re.compile(r"[A-Za-z]+")


def _english_words(text: str) -> Iterator[Number]:
    """Numbers in English words: each run of them, with every value that a part of it has."""
    run: list[re.Match[str]] = []
    for match in _ENGLISH_WORD.finditer(text):
        if run and re.fullmatch(r"[\s-]*", text[run[-1].end() : match.start()]) is None:
            yield from _spelt(text, run)
            run = []
        word = match[0].lower()
        if word in _english() or (word == "and" and run):
            run.append(match)
        elif run:
            yield from _spelt(text, run)
            run = []
    if run:
        yield from _spelt(text, run)


def _spelt(text: str, run: list[re.Match[str]]) -> Iterator[Number]:
    values = [_english().get(m[0].lower()) for m in run]
    total = part = Decimal(0)
    for value in values:
        if value is None:
            continue
        if value >= 1000:
            total, part = total + (part or Decimal(1)) * value, Decimal(0)
        elif value == 100:
            part = (part or Decimal(1)) * 100
        else:
            part += value
    start, end = run[0].start(), run[-1].end()
    whole = frozenset({total + part})
    if len(run) > 1 and run[-1][0].lower() == "century":
        yield from _spelt(text, run[:-1])  # in the twenty-first century
    yield Number(start, end, text[start:end], whole | _in_years(text, end, whole))
    if len(run) > 1:
        for match, value in zip(run, values, strict=True):
            if value is not None:
                yield Number(match.start(), match.end(), match[0], frozenset({value}))


_LONG_TIME = re.compile(r"\s+(decades?|centur(?:y|ies))\b")


def _in_years(text: str, at: int, values: frozenset[Decimal]) -> frozenset[Decimal]:
    """Three decades are thirty years too."""
    match = _LONG_TIME.match(text, at)
    if not match:
        return frozenset()
    return frozenset(value * (10 if match[1].startswith("d") else 100) for value in values)


@cache
def _english() -> dict[str, Decimal]:
    table = rows("textkit.translate", "number_words_en.tsv")
    return {word: Decimal(value) for word, value in table}


def lost(source: list[Number], target: list[Number], text: str) -> list[Number]:
    """Return the source's numbers that the target does not have; each counts once.

    `text` is the target text in lower case, where months stand by name.
    """
    left = list(target)
    missing = []
    for number in source:
        if _has_month(number, text):
            continue
        match = next((n for n in left if n.values & number.values), None)
        if match is None and (_stands_verbatim(number, text) or _is_half(number, text)):
            continue
        if match is not None:
            left.remove(match)
        else:
            missing.append(number)
    return missing


def _is_half(number: Number, text: str) -> bool:
    return _HALF in number.values and re.search(r"\bhal(?:f|ve[sd]?)\b", text) is not None


def _stands_verbatim(number: Number, text: str) -> bool:
    """Is a number of several digits there as the original writes it, such as 545 796?"""
    written = number.text.lower()
    return len(written) > 2 and (
        re.search(rf"(?<![\w.,]){re.escape(written)}(?!\w|[.,]\d)", text) is not None
    )


def _has_month(number: Number, text: str) -> bool:
    month = int(min(number.values))
    if number.kind != "month" or not 1 <= month <= 12:
        return False
    name = numerals_zh.MONTHS[month - 1].lower()
    return re.search(rf"\b{name[:3]}(?:\b|{name[3:]})", text) is not None
