"""Amounts: the numbers of a text as a value and a unit, whatever they are spelt like.

"$100 billion" and "1000亿" are one amount, and so are "10 gigawatts" and "10-gigawatt".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from textkit.dedup.signatures.tokens import word_hash
from textkit.text.numbers import is_ambiguous_scale, scale_of
from textkit.text.stopwords import likely_language
from textkit.text.words import words

# Expressions begin with what is rare, so that most of a text is passed over quickly.
_NUMBER = re.compile(
    r"(?P<value>\d(?<![\w.,]\d)(?:\d{0,2}(?:[,.   ]\d{3})+(?!\d)|\d*))(?P<part>[.,]\d+)?"
    r"(?:(?P<sign>%)|[\s-]?(?P<word>[^\W\d_]+))?"
)
_WIDE_NUMBER = re.compile(r"(?P<value>\d+)(?P<part>\.\d+)?\s?(?P<word>[万萬亿億만억]|[年月日])")
_FIGURE = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_GROUPING = re.compile(r"[,٬](?=\d{3}(?!\d))")
_ROUND = re.compile(r"\d00?")
_CURRENCIES = frozenset("$€£¥₹₽₩")
_POINTS = str.maketrans("٫,", "..")
FIRST_YEAR, LAST_YEAR = 1900, 2100
_SAMPLE = 3000  # characters to tell a text's language by where a scale word needs it


def numbers(text: str, lang: str | None = None) -> Iterator[str]:
    """Yield the numbers of a text, each as its value and its unit.

    >>> sorted(numbers("$100 billion for a 10-gigawatt site in 2026, 19 days"))
    ['10 gigawatt', '100000000000', '19 day', '2026']
    >>> list(numbers("1 Billion Euro", "de"))
    ['1000000000000']
    """
    return (number for number, _ in spelt_numbers(text, lang))


def spelt_numbers(text: str, lang: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield the numbers of a text, each with its first spelling.

    >>> dict(spelt_numbers("$100 billion for a 10-gigawatt site"))
    {'100000000000': '$100 billion', '10 gigawatt': '10-gigawatt'}
    """
    wide = () if text.isascii() else _WIDE_NUMBER.finditer(text)
    for match in (*_NUMBER.finditer(text), *wide):
        for number in _number(match, lang):
            sign = text[match.start() - 1 : match.start()]
            bare = number.replace(".", "").isdigit() and scale_of(match["word"] or "", lang) is None
            digits = match["value"] + (match["part"] or "")
            yield number, (sign if sign in _CURRENCIES else "") + (digits if bare else match[0])


def _scale(match: re.Match[str], lang: str | None) -> int | None:
    """Return what the word after a number multiplies it by, in the language of the text."""
    word = match.groupdict()["word"] or ""
    if word and lang is None and is_ambiguous_scale(word):
        lang = _guess(match.string)
    return scale_of(word, lang) if word else None


@lru_cache(maxsize=1)  # one guess for a text, however many scale words it has
def _guess(text: str) -> str | None:
    return likely_language(words(text[:_SAMPLE]))


def _number(match: re.Match[str], lang: str | None) -> Iterator[str]:
    groups = match.groupdict()
    digits = re.sub(r"\D", "", groups["value"])
    fraction = (groups["part"] or "")[1:]
    word = (groups["word"] or "").casefold()
    scale = _scale(match, lang)
    if scale is not None and len(digits) < 16:
        yield str(int(digits) * scale + int(fraction or 0) * scale // 10 ** len(fraction))
        return
    if len(digits) > 15:
        return
    value = str(int(digits)) + (f".{fraction}" if fraction else "")
    if groups.get("sign"):
        yield f"{value} %"
    elif len(digits) >= 4 or FIRST_YEAR <= int(digits) <= LAST_YEAR:
        yield value
    elif len(word) > 2 and not _is_function_word(word):
        yield f"{value} {word.removesuffix('s')}"


def is_year(number: str) -> bool:
    """Is this number a year, and nothing else?"""
    return len(number) == 4 and number.isdigit() and FIRST_YEAR <= int(number) <= LAST_YEAR


@cache
def _function_hashes() -> frozenset[int]:
    from textkit.dedup.arrays.vectors import function_words

    return frozenset(function_words().tolist())


def _is_function_word(word: str) -> bool:
    return word_hash(word) >> 32 in _function_hashes()


def figures(text: str) -> Iterator[str]:
    """Yield the numbers of two or more digits as they are written, without units.

    Tens and hundreds are in every text and say nothing.

    >>> list(figures("7.8 % of 1,140 in ٢٠٠٧, and 5 or 300"))
    ['7.8', '1140', '2007']
    """
    for match in _FIGURE.findall(text):
        digits = match
        if not match.isascii():
            digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in match)
        figure = _GROUPING.sub("", digits).translate(_POINTS).strip(".")
        if sum(map(str.isdigit, figure)) > 1 and not _ROUND.fullmatch(figure):
            yield figure
