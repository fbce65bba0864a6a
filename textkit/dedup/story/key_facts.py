"""Anchors: the numbers and names by which a reader knows one event from another.

Two articles about one company share most of their words; those about one deal share its sum.
A number is its value with its unit, so that "$100 billion" and "1000亿" are one anchor, and so are
"10 gigawatts" and "10-gigawatt"; a name is a word that the text never writes in lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Set
from functools import cache
from typing import NamedTuple

from textkit.text.numbers import is_ambiguous_scale, scale_of
from textkit.text.scripts import HANGUL, UNSPACED_LETTERS, letters_by_script
from textkit.text.stopwords import likely_language
from textkit.text.words import words

# Expressions begin with what is rare, so that most of a text is passed over quickly.
_NUMBER = re.compile(
    r"(?P<value>\d(?<![\w.,]\d)(?:\d{0,2}(?:[,.   ]\d{3})+(?!\d)|\d*))(?P<part>[.,]\d+)?"
    r"(?:(?P<sign>%)|[\s-]?(?P<word>[^\W\d_]+))?"
)
_WIDE_NUMBER = re.compile(r"(?P<value>\d+)(?P<part>\.\d+)?\s?(?P<word>[万萬亿億만억]|[年月日])")
_NAME = re.compile(r"(?<![\w'’])[^\W\d_A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]*+[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]\w*+")
_UNSPACED = re.compile(f"[{UNSPACED_LETTERS}{HANGUL}]")
_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_A-Z]{2,}(?!\w)")
_CODE = re.compile(r"(?<!\w)[A-Za-z]++-?\d++[A-Za-z]*+(?!\w)")
_IN_CODE = re.compile(r"\d(?:(?<=[A-Za-z]\d)|(?<=[A-Za-z]-\d))")
_FIGURE = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_GROUPING = re.compile(r"[,٬](?=\d{3}(?!\d))")
_FAMILY = {"Hani": "Hani", "Hira": "Hani", "Kana": "Hani", "Bopo": "Hani", "Hang": "Hang"}
_DENSE = 3  # letters that one character of these stands for
_ROUND = re.compile(r"\d00?")
_POINTS = str.maketrans("٫,", "..")
FIRST_YEAR, LAST_YEAR = 1900, 2100
_SAMPLE = 3000  # characters to tell a text's language by where a scale word needs it


class Anchors(NamedTuple):
    """What identifies a text's subject: each once."""

    numbers: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str] = frozenset()  # numbers without their units, as any script has them
    script: str = ""  # of most letters


def numbers(text: str, lang: str | None = None) -> Iterator[str]:
    """Yield the numbers of a text, each as its value and its unit.

    >>> sorted(numbers("$100 billion for a 10-gigawatt site in 2026, 19 days"))
    ['10 gigawatt', '100000000000', '19 day', '2026']
    >>> list(numbers("1 Billion Euro", "de"))
    ['1000000000000']
    """
    for match in _NUMBER.finditer(text):
        yield from _number(match, lang)
    if not text.isascii():
        for match in _WIDE_NUMBER.finditer(text):
            yield from _number(match, lang)


def _scale(match: re.Match[str], lang: str | None) -> int | None:
    """Return what the word after a number multiplies it by, in the language of the text."""
    word = match.groupdict()["word"] or ""
    if word and lang is None and is_ambiguous_scale(word):
        lang = likely_language(words(match.string[:_SAMPLE]))
    return scale_of(word, lang) if word else None


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
    elif len(word) > 2:
        yield f"{value} {word.removesuffix('s')}"


def is_year(number: str) -> bool:
    """Is this number a year, and nothing else?"""
    return len(number) == 4 and number.isdigit() and FIRST_YEAR <= int(number) <= LAST_YEAR


def lower_words(text: str) -> set[str]:
    """Return the words that the text writes in lower case."""
    return set(_LOWER.findall(text))


def names(text: str) -> Iterator[str]:
    """Yield the words that the text writes with a capital letter or a digit, and never without.

    Each form of a word comes once.

    >>> sorted(names("The Hall opened. Later the hall, in Oslo, burnt: a DGX-1 too."))
    ['dgx', 'dgx-1', 'oslo']
    """
    yield from written_as_names(text, lower_words(text))


def written_as_names(text: str, lower: Set[str] = frozenset()) -> Iterator[str]:
    """Yield the words that the text writes as names somewhere, but for those in `lower`."""
    if not text.isascii():
        text = _UNSPACED.sub(" ", text)
    for word in dict.fromkeys(_NAME.findall(text)):
        name = word.casefold().removesuffix("'s").removesuffix("’s")
        if len(name) > 1 and name not in lower and not name.isdigit() and name not in _starters():
            yield name
    if _IN_CODE.search(text):
        yield from map(str.casefold, dict.fromkeys(_CODE.findall(text)))


@cache
def _starters() -> frozenset[str]:
    """Function words: a capital letter makes no name of them."""
    from importlib.resources import files

    text = files("sumy").joinpath("data", "stopwords", "english.txt").read_text("utf-8")
    return frozenset(text.casefold().split())


def anchors(text: str, lang: str | None = None) -> Anchors:
    """Return the anchors of a text; `lang` decides what its scale words mean."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    found = frozenset(numbers(text, lang))
    figures_found = {*figures(text), *filter(str.isdigit, found)}
    return Anchors(found, frozenset(names(text)), frozenset(figures_found), main_script(text))


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


def main_script(text: str) -> str:
    """Return the script of most of a text; "" where it has no letters.

    >>> main_script("OPEC 召开会议"), main_script("7")
    ('Hani', '')
    """
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else ""
    found: Counter[str] = Counter()
    for script, count in letters_by_script(text).items():
        found[_FAMILY.get(script, script)] += count * (_DENSE if script in _FAMILY else 1)
    return max(sorted(found), key=found.__getitem__, default="")


LEAST_OWN = 2  # numbers, and names, that each of two texts has for itself alone


def other_subject(one: Anchors, other: Anchors) -> bool:
    """Are two texts, alike in their words, about two subjects: reports from one template?

    Then each has numbers of its own and names of its own, no fewer than they share; what a copy
    leaves out or puts in stands mostly on one side. Of the 1,655 pairs of copies in the near-copy
    development set, by which it was chosen, this takes one for two subjects.

    >>> other_subject(anchors("Rain in Oslo, Norway: 40 litres, 1,200 homes."),
    ...               anchors("Rain in Kyiv, Ukraine: 30 litres, 1,900 homes."))
    True
    """
    return all(
        (own := min(len(mine - theirs), len(theirs - mine))) >= LEAST_OWN
        and len(mine & theirs) <= own
        for mine, theirs in ((one.numbers, other.numbers), (one.names, other.names))
    )
