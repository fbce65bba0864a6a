"""Anchors: the numbers and names by which a reader knows one event from another.

Two articles about one company share most of their words; those about one deal share its sum.
A number is its value with its unit, so that "$100 billion" and "1000亿" are one anchor, and so are
"10 gigawatts" and "10-gigawatt"; a name is a word that the text never writes in lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from textkit.dedup.signatures.tokens import comparable_tokens, find_tokens, has_syllables
from textkit.dedup.story.amounts import figures, spelt_numbers
from textkit.text.calendar import names_of
from textkit.text.numbers import number_words
from textkit.text.scripts import HANGUL, KATAKANA, UNSPACED_LETTERS, letters_by_script
from textkit.text.tables import rows

_NAME = re.compile(r"(?<![\w'’])[^\W\d_A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]*+[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]\w*+")
_RUN = re.compile(rf"{_NAME.pattern}(?:[ -]{_NAME.pattern})*+")
_INSIDE = re.compile(r"(?:[^\W\d_]|[,;&]) ")  # before a name that opens no sentence
_QUOTED = re.compile(r"[「『《〈“]([^「」『』《》〈〉“”\n]{2,12})[」』》〉”]")
_KATAKANA = re.compile(f"[{KATAKANA}]{{3,}}(?:・[{KATAKANA}]{{2,}})*")
_COUNT = re.compile(r"(?<![^\W_])[^\W\d_]*+\d[^\W_]*+")
MAX_PHRASE = 5  # words
_BETWEEN = re.compile("[ -]")
_OPENERS = ("(", "-")  # a name after them opens no sentence
NOUN_CAPITALS = 0.08  # share of articles in a German text; a tenth and more
_LAST_WORD = re.compile(r"[^\W\d_]+(?=[ \xa0]\Z)")
_UNSPACED = re.compile(f"[{UNSPACED_LETTERS}{HANGUL}]")
_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_A-Z]{2,}(?!\w)")
_CODE = re.compile(r"(?<!\w)[A-Za-z]++-?\d++[A-Za-z]*+(?!\w)")
_IN_CODE = re.compile(r"\d(?:(?<=[A-Za-z]\d)|(?<=[A-Za-z]-\d))")
_FAMILY = {"Hani": "Hani", "Hira": "Hani", "Kana": "Hani", "Bopo": "Hani", "Hang": "Hang"}
_SAMPLE = 3000  # characters to tell by whether a language gives nouns capitals
_DENSE = 3  # letters that one character of these stands for


class Anchors(NamedTuple):
    """What identifies a text's subject: each once."""

    numbers: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str] = frozenset()  # numbers without their units, as any script has them
    weak: frozenset[str] = frozenset()  # names that only open sentences; weekdays and months
    counts: frozenset[str] = frozenset()  # tokens that are or hold a number
    joined: frozenset[str] = frozenset()  # tokens of names, where tokens are joined
    phrases: frozenset[str] = frozenset()  # names as they are spelt: `Vera Rubin`
    spelt: frozenset[str] = frozenset()  # numbers that are spelt otherwise: `4000000=$4 million`
    script: str = ""  # of most letters

    @property
    def firm(self) -> frozenset[str]:
        """Names that stand inside sentences."""
        return self.names - self.weak


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
    yield from _names(_spaced(text), lower)


def _spaced(text: str) -> str:
    """Return a text with a blank for each letter of a script that writes none between words."""
    return text if text.isascii() else _UNSPACED.sub(" ", text)


def _names(spaced: str, lower: Set[str]) -> Iterator[str]:
    starters = _starters()
    for word in dict.fromkeys(_NAME.findall(spaced)):
        name = _name_key(word)
        if len(name) > 1 and name not in lower and not name.isdigit() and name not in starters:
            yield name
    if _IN_CODE.search(spaced):
        yield from map(str.casefold, dict.fromkeys(_CODE.findall(spaced)))


@cache
def _starters() -> frozenset[str]:
    """Function words: a capital letter makes no name of them."""
    from importlib.resources import files

    text = files("sumy").joinpath("data", "stopwords", "english.txt").read_text("utf-8")
    return frozenset(text.casefold().split())


def anchors(text: str, lang: str | None = None) -> Anchors:
    """Return the anchors of a text; `lang` decides what its scale and number words mean."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    spelt: dict[str, str] = {}
    for number, spelling in spelt_numbers(text, lang):
        spelt.setdefault(number, " ".join(spelling.split()))
    lower, spaced = lower_words(text), _spaced(text)
    uncased = () if text.isascii() else tuple(_uncased_names(text))
    known = {*_names(spaced, lower), *uncased}
    phrases, inside = _phrases(text, known, lower)
    inside.update(uncased)
    return Anchors(
        numbers=frozenset(spelt),
        names=frozenset(known),
        figures=frozenset({*figures(text), *filter(str.isdigit, spelt)}),
        weak=frozenset(name for name in known if name not in inside or is_calendar_word(name)),
        counts=frozenset(map(str.casefold, _COUNT.findall(spaced))) | _number_words(lower, lang),
        joined=frozenset() if text.isascii() else _joined_names(text, inside, uncased),
        phrases=frozenset(phrases),
        spelt=frozenset(f"{n}={spelling}" for n, spelling in spelt.items() if n != spelling),
        script=main_script(text),
    )


def _phrases(text: str, known: Set[str], lower: Set[str]) -> tuple[set[str], set[str]]:
    """Return the runs of names as they are spelt, and the names that stand inside sentences."""
    phrases, inside = set[str](), set[str]()
    runs = {(text[max(m.start() - 2, 0) : m.start()], m[0]) for m in _RUN.finditer(text)}
    for before, run in runs:
        parts = _BETWEEN.split(run)
        keys = list(map(_name_key, parts))
        within = before[-1:] in _OPENERS or _INSIDE.fullmatch(before)
        inside.update(keys if within else keys[1:])
        while parts and keys[0] not in known:
            parts, keys = parts[1:], keys[1:]
        if 0 < len(parts) <= MAX_PHRASE and known >= set(keys):
            phrases.add(" ".join(parts))
    return phrases, inside - _capital_nouns(text, lower)


def _capital_nouns(text: str, lower: Set[str]) -> set[str]:
    """Return common nouns with capitals: what follows an article, where nouns have capitals."""
    if lower.isdisjoint(_determiners()) or not _has_noun_capitals(text):
        return set()
    nouns = set[str]()
    for match in _RUN.finditer(text):
        before = _LAST_WORD.search(text, max(match.start() - 8, 0), match.start())
        parts = [before[0] if before else "", *_BETWEEN.split(match[0])]
        nouns.update(
            _name_key(word) for article, word in pairwise(parts)
            if article.casefold() in _determiners()
        )  # fmt: skip
    return nouns


@cache
def _determiners() -> frozenset[str]:
    return frozenset(word for _, word in rows("textkit.text", "determiners.tsv"))


def _has_noun_capitals(text: str) -> bool:
    """Does a language write this that gives all nouns capitals?"""
    sample = find_tokens(text[:_SAMPLE])
    return sum(map(_determiners().__contains__, sample)) >= NOUN_CAPITALS * len(sample)


def _name_key(word: str) -> str:
    return word.casefold().removesuffix("'s").removesuffix("’s")


def _uncased_names(text: str) -> Iterator[str]:
    """Yield what scripts without capitals mark as names: quoted parts, katakana."""
    yield from _QUOTED.findall(text)
    yield from _KATAKANA.findall(text)


def _joined_names(text: str, inside: Set[str], uncased: Iterable[str]) -> frozenset[str]:
    """Return the joined tokens that hold part of a name; none where tokens are words."""
    held = {token for name in uncased for token in comparable_tokens(name)}
    if has_syllables(text):
        pairs = {token for token in comparable_tokens(text) if " " in token}
        held.update(token for token in pairs if not inside.isdisjoint(token.split()))
    return frozenset(held)


def _number_words(lower: Set[str], lang: str | None) -> frozenset[str]:
    """Return which words are numbers, taken as English where the language is not known."""
    return frozenset(lower & number_words(lang or "en").keys())


def is_calendar_word(name: str) -> bool:
    """Is this the name of a weekday or a month?"""
    return name in names_of("weekday") or name in names_of("month")


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


MIN_OWN = 2  # numbers, and names, that each of two texts has for itself alone


def other_subject(one: Anchors, other: Anchors) -> bool:
    """Has each of two texts, alike in their words, names and numbers of its own?

    No fewer than they share; what a copy leaves out or puts in stands mostly on one side. Of the
    1,655 pairs of copies by which it was chosen, this takes one for two subjects. It knows reports
    of one template that change other words as well as names and numbers.

    >>> other_subject(anchors("Rain in Oslo, Norway: 40 litres, 1,200 homes."),
    ...               anchors("Rain in Kyiv, Ukraine: 30 litres, 1,900 homes."))
    True
    """
    return all(
        (own := min(len(mine - theirs), len(theirs - mine))) >= MIN_OWN
        and len(mine & theirs) <= own
        for mine, theirs in ((one.numbers, other.numbers), (one.names, other.names))
    )
