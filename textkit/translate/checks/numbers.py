"""Numbers of a text, in any digits and with the words that scale them.

A number has the reading that its language gives it. Some are said in several ways (the nineties,
a season, three decades) and so have several values; two numbers agree where they share one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from textkit.text.languages import primary
from textkit.text.numbers import scales
from textkit.text.scripts import COMBINING, INDIC, THAI_SIGNS
from textkit.translate.checks.english import english_halves, english_words, in_years
from textkit.translate.checks.number import Number, blanked
from textkit.translate.checks.numbers_zh import chinese_numbers
from textkit.translate.checks.spelt import spelt_numbers
from textkit.translate.checks.times import find_times

_NUMBER = re.compile(r"\d{1,2}:\d\d(?!\d)|\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,'’\u00a0\u202f]\d+)*")
_SPACED_LANGUAGES = frozenset("fr ru uk be bg pl cs sk sv nb no da fi et lv lt pt es hu".split())
_COMMA_LANGUAGES = frozenset(  # 1,5 and 1.500; or 1 500
    "de es fr it pt nl id tr da el ro hr sl sr ca ru uk be bg pl cs sk sv nb no nn fi et lv lt hu"
    " vi is gl eu az ka kk mk bs sq".split()
)
_DECADE = re.compile(r"(?:1[5-9]|20)\d0(?:er|s|-х|-е)\b")  # 1990er Jahre
_ENGLISH_WAY = re.compile(r"\d,\d{3}(?:,\d{3})+|\d,\d{3}\.\d")
_COMMA_WAY = re.compile(r"\d\.\d{3}(?:\.\d{3})+|\d\.\d{3},\d")
# 2022/23, 2022-23, the season; 3割, three tenths; 令和5年, the year of an era
_SEASON = re.compile(
    r"(?<![\w./-])(?P<first>(?:19|20)\d\d)[/–-](?P<second>\d\d|(?:19|20)\d\d)(?![\w/-])"
)
_TENTHS = re.compile(r"(?P<tenths>\d+)割(?!引)")
_ERA = re.compile(r"(?P<era>令和|平成|昭和|大正|明治)(?P<year>\d+|元)年")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_WORD = re.compile(rf"[\s\u00a0-]*((?:[^\W\d_]|[{COMBINING}{INDIC}{THAI_SIGNS}])+)")
_GLUED = frozenset({"ja", "ko", "th"})  # units and scales without blanks between
_MONTH = re.compile(r"\s?[月월]")
_DATE = re.compile(  # 3.10.2024, 03/10/2024, 2024-10-03
    r"(?<![\w.,/-])(?:(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[./-])\s?(?P<month>0?[1-9]|1[0-2])"
    r"(?P=mark)\s?(?P<year>[12]\d{3}|(?<=[./])\d\d)|(?P<year2>[12]\d{3})-(?P<month2>\d\d)-(?P<day2>\d\d))"
    r"(?![\w/-]|[.,]\d)"
)
_LETTERS = re.compile(r"(?<=\d)(tn|bn|[bmk])(?!\w)", re.IGNORECASE)
_LETTER_SCALES = {"tn": 10**12, "bn": 10**9, "b": 10**9, "m": 10**6, "k": 1000}


def find_numbers(text: str, lang: str) -> list[Number]:
    """Return the numbers of a text in order.

    >>> [sorted(map(int, n.values)) for n in find_numbers("1.500 pessoas e 3 milhões", "pt")]
    [[1500], [3000000]]
    >>> [int(min(n.values)) for n in find_numbers("去年6月, 约5年, 三百万人, ٣", "zh")]
    [6, 5, 3000000, 3]
    """
    base = primary(lang)
    plain = ascii_digits(text)
    if base in ("zh", "yue"):
        return list(chinese_numbers(text, plain))
    found = list(_digits(text, plain, base))
    taken = {i for n in found for i in range(n.start, n.end)}
    if base != "en":
        found += [n for n in spelt_numbers(plain, base) if n.start not in taken]
    else:
        halves = [n for n in english_halves(plain) if n.start not in taken]
        taken.update(i for n in halves for i in range(n.start, n.end))
        found += halves + [n for n in english_words(plain) if n.start not in taken]
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
    special = list(_special(original, text, lang))
    yield from special
    text = blanked(text, special)
    pattern = _SPACED if lang in _SPACED_LANGUAGES else _NUMBER
    convention = _convention(text, lang)
    last: Number | None = None
    for match in pattern.finditer(text):
        factor, end = _scale(text, match.end(), lang)
        found = readings(match[0], convention, strict=lang == "en")
        values = frozenset(value * factor for value in found)
        if _DECADE.match(text, match.start()):
            values |= {value % 100 for value in values}  # in the nineties
        if lang == "en":
            values |= in_years(text, end, values)
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


def _special(original: str, text: str, lang: str) -> Iterator[Number]:
    """Times of day, seasons, tenths, years of an era, dates."""
    times = list(find_times(text, original, lang))
    yield from times
    text = blanked(text, times)
    for match in _SEASON.finditer(text):
        yield from _season(match, original)
    text = _SEASON.sub(lambda m: " " * len(m[0]), text)
    for pattern, read in _OTHER_WAYS:
        for match in pattern.finditer(text):
            yield Number(*match.span(), original[slice(*match.span())], read(match))
        text = pattern.sub(lambda m: " " * len(m[0]), text)
    for match in _DATE.finditer(text):
        yield from _date(match, original)


def _convention(text: str, lang: str) -> str:
    """The language whose way of writing numbers a text follows, where one of its numbers tells."""
    if lang in _COMMA_LANGUAGES and _ENGLISH_WAY.search(text) and not _COMMA_WAY.search(text):
        return "en"
    return lang


def _season(match: re.Match[str], original: str) -> Iterator[Number]:
    """The two years of a season, the second in two digits or in four."""
    second = match["second"]
    full = second if len(second) == 4 else match["first"][:2] + second
    values = frozenset({Decimal(match["first"])}), frozenset({Decimal(full), Decimal(full[2:])})
    for name, readings_of in zip(("first", "second"), values, strict=True):
        span = match.span(name)
        yield Number(*span, original[slice(*span)], readings_of)


def _tenths(match: re.Match[str]) -> frozenset[Decimal]:
    return frozenset({Decimal(match["tenths"]) * 10, Decimal(match["tenths"]) / 10})


def _year_of_era(match: re.Match[str]) -> frozenset[Decimal]:
    year = 1 if match["year"] == "元" else int(match["year"])
    return frozenset({Decimal(year), Decimal(_ERAS[match["era"]] + year)})


_OTHER_WAYS = ((_TENTHS, _tenths), (_ERA, _year_of_era))


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
            values = {Decimal(match[name])}
            if name == "year" and len(match[name]) == 2:
                values |= {century + int(match[name]) for century in (Decimal(1900), Decimal(2000))}
            yield Number(start, end, original[start:end], frozenset(values), kind)


def readings(digits: str, lang: str = "en", strict: bool = False) -> Iterator[Decimal]:
    """Yield what digits and separators mean: one reading, in the convention of the language.

    Equal separators that are repeated are groups, the last of mixed ones is the decimal mark,
    whatever the language. If `strict`, what the language does not write so has no reading.

    >>> list(map(str, readings("1.500", "pt"))), list(map(str, readings("1.500", "en")))
    (['1500'], ['1.500'])
    >>> list(readings("1.204,550", "en", strict=True))
    []
    """
    marks = re.findall(r"\D", digits)
    parts = re.split(r"\D", digits)
    grouped = all(len(part) == 3 for part in parts[1:]) and 0 < len(parts[0]) < 4
    if not marks or ":" in marks:
        yield Decimal("".join(parts[:1]) if not marks else f"{parts[0]}.{parts[1]}")
        return
    decimal_mark = "," if lang in _COMMA_LANGUAGES else "."
    if len(set(marks)) > 1 and marks.count(marks[-1]) == 1:
        fits = marks[-1] not in ",." or marks[-1] == decimal_mark
        if fits or not strict:
            yield Decimal("".join(parts[:-1]) + "." + parts[-1])
    elif len(marks) > 1 or marks[-1] != decimal_mark:
        if grouped or len(marks) > 1:
            yield Decimal("".join(parts))
        elif not strict:
            yield Decimal(f"{parts[0]}.{parts[1]}")
    else:
        yield Decimal(f"{parts[0]}.{parts[1]}")


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


@cache
def _factor(lang: str, word: str) -> Decimal | None:
    """What a scale word of this language multiplies by; words of others are no scales here."""
    if len(word) == 1 and word.isascii():
        return None
    for known, factor in (*scales(lang), *scales("mul")):
        if word == known or (known.endswith("*") and word.startswith(known[:-1])):
            return Decimal(factor)
    return None
