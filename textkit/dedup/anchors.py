"""Anchors: the numbers and names by which a reader knows one event from another.

Two articles about one company share most of their words; those about one deal share its sum.
A number is its value with its unit, so that "$100 billion" and "1000亿" are one anchor, and so are
"10 gigawatts" and "10-gigawatt"; a name is a word that the text never writes in lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set
from functools import cache
from typing import NamedTuple

from textkit.text.tables import rows

_NUMBER = re.compile(
    r"(?<![\w.,])(?P<value>\d{1,3}(?:[,.   ]\d{3})+(?!\d)|\d+)(?P<part>[.,]\d+)?"
    r"(?:(?P<sign>%)|[\s-]?(?P<word>[^\W\d_]+))?"
)
_WIDE_NUMBER = re.compile(r"(?P<value>\d+)(?P<part>\.\d+)?\s?(?P<word>[万萬亿億만억]|[年月日])")
_NAME = re.compile(r"(?<![\w'’])[^\W\d_]*[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]\w*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")
_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_A-Z]{2,}(?!\w)")
_CODE = re.compile(r"(?<!\w)[A-Za-z]+-?\d+[A-Za-z]*(?!\w)")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Anchors(NamedTuple):
    """What identifies a text's subject: each once."""

    numbers: frozenset[str]
    names: frozenset[str]


@cache
def _powers() -> dict[str, int]:
    return {word: int(power) for word, power in rows("textkit.dedup", "magnitudes.tsv")}


def numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a text, each as its value and its unit.

    >>> sorted(numbers("$100 billion for a 10-gigawatt site in 2026, 19 days"))
    ['10 gigawatt', '100000000000', '19 day', '2026']
    """
    for match in _NUMBER.finditer(text):
        yield from _number(match)
    if not text.isascii():
        for match in _WIDE_NUMBER.finditer(text):
            yield from _number(match)


def _number(match: re.Match[str]) -> Iterator[str]:
    groups = match.groupdict()
    digits = re.sub(r"\D", "", groups["value"])
    fraction = (groups["part"] or "")[1:]
    word = (groups["word"] or "").casefold()
    power = _powers().get(word)
    if power is not None and len(digits) < 16:
        value = f"{int(digits + fraction.ljust(power, '0')[:power])}" if power else digits
        yield value
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
    yield from map(str.casefold, dict.fromkeys(_CODE.findall(text)))


@cache
def _starters() -> frozenset[str]:
    """Function words: a capital letter makes no name of them."""
    from importlib.resources import files

    text = files("sumy").joinpath("data", "stopwords", "english.txt").read_text("utf-8")
    return frozenset(text.casefold().split())


def anchors(text: str) -> Anchors:
    """Return the anchors of a text."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return Anchors(frozenset(numbers(text)), frozenset(names(text)))


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
        for mine, theirs in zip(one, other, strict=True)
    )
