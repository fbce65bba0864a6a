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
from itertools import pairwise
from typing import NamedTuple

from textkit.dedup.signatures.tokens import comparable_tokens, find_tokens, word_hash
from textkit.text.calendar import names_of
from textkit.text.numbers import is_ambiguous_scale, number_words, scale_of
from textkit.text.scripts import HANGUL, KATAKANA, UNSPACED_LETTERS, letters_by_script
from textkit.text.stopwords import likely_language
from textkit.text.tables import rows
from textkit.text.words import words

# Expressions begin with what is rare, so that most of a text is passed over quickly.
_NUMBER = re.compile(
    r"(?P<value>\d(?<![\w.,]\d)(?:\d{0,2}(?:[,.   ]\d{3})+(?!\d)|\d*))(?P<part>[.,]\d+)?"
    r"(?:(?P<sign>%)|[\s-]?(?P<word>[^\W\d_]+))?"
)
_WIDE_NUMBER = re.compile(r"(?P<value>\d+)(?P<part>\.\d+)?\s?(?P<word>[万萬亿億만억]|[年月日])")
_NAME = re.compile(r"(?<![\w'’])[^\W\d_A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]*+[A-ZÀ-ÖØ-ÞА-ЯΑ-Ω]\w*+")
_RUN = re.compile(rf"{_NAME.pattern}(?:[  -]{_NAME.pattern})*+")
_INSIDE = re.compile(r"(?:[^\W\d_]|[,;&])[  ]|[(-]")  # before a name that opens no sentence
_QUOTED = re.compile(r"[「『《〈“]([^「」『』《》〈〉“”\n]{2,12})[」』》〉”]")
_KATAKANA = re.compile(f"[{KATAKANA}]{{3,}}(?:・[{KATAKANA}]{{2,}})*")
_COUNT = re.compile(r"(?<![^\W_])[^\W\d_]*+\d[^\W_]*+")
MAX_PHRASE = 5  # words
NOUN_CAPITALS = 0.08  # share of articles in a German text; a tenth and more
_LAST_WORD = re.compile(r"[^\W\d_]+(?=[ \xa0]\Z)")
_UNSPACED = re.compile(f"[{UNSPACED_LETTERS}{HANGUL}]")
_LOWER = re.compile(r"(?<![\w'’-])[^\W\d_A-Z]{2,}(?!\w)")
_CODE = re.compile(r"(?<!\w)[A-Za-z]++-?\d++[A-Za-z]*+(?!\w)")
_IN_CODE = re.compile(r"\d(?:(?<=[A-Za-z]\d)|(?<=[A-Za-z]-\d))")
_FIGURE = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_GROUPING = re.compile(r"[,٬](?=\d{3}(?!\d))")
_FAMILY = {"Hani": "Hani", "Hira": "Hani", "Kana": "Hani", "Bopo": "Hani", "Hang": "Hang"}
_DENSE = 3  # letters that one character of these stands for
_ROUND = re.compile(r"\d00?")
_CURRENCIES = frozenset("$€£¥₹₽₩")
_POINTS = str.maketrans("٫,", "..")
FIRST_YEAR, LAST_YEAR = 1900, 2100
_SAMPLE = 3000  # characters to tell a text's language by where a scale word needs it


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
    elif len(word) > 2 and not _is_function_word(word):
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
    """Return the anchors of a text; `lang` decides what its scale and number words mean."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    spelt: dict[str, str] = {}
    for number, spelling in spelt_numbers(text, lang):
        spelt.setdefault(number, " ".join(spelling.split()))
    lower = lower_words(text)
    found = {*written_as_names(text, lower), *(() if text.isascii() else _uncased_names(text))}
    phrases, inside = _phrases(text, found)
    return Anchors(
        numbers=frozenset(spelt),
        names=frozenset(found),
        figures=frozenset({*figures(text), *filter(str.isdigit, spelt)}),
        weak=frozenset(name for name in found if name not in inside or is_calendar_word(name)),
        counts=frozenset(_counts(text)) | _number_words(lower, lang),
        joined=frozenset() if text.isascii() else _joined_names(text, inside),
        phrases=frozenset(phrases),
        spelt=frozenset(f"{n}={spelling}" for n, spelling in spelt.items() if n != spelling),
        script=main_script(text),
    )


def _phrases(text: str, found: Set[str]) -> tuple[set[str], set[str]]:
    """Return the runs of names as they are spelt, and the names that stand inside sentences."""
    phrases, inside, nouns = set(), set(), set[str]()
    for match in _RUN.finditer(text):
        within = bool(_INSIDE.fullmatch(text, max(match.start() - 2, 0), match.start())) or (
            text[match.start() - 1 : match.start()] in ("(", "-")
        )
        parts = re.split("[  -]", match[0])
        keys = [_name_key(word) for word in parts]
        inside.update(keys if within else keys[1:])
        before = _LAST_WORD.search(text, max(match.start() - 8, 0), match.start())
        nouns.update(
            key
            for word, key in pairwise([before[0] if before else "", *keys])
            if word.casefold() in _determiners()
        )
        while parts and keys[0] not in found:
            parts, keys = parts[1:], keys[1:]
        if 0 < len(parts) <= MAX_PHRASE and all(key in found for key in keys):
            phrases.add(" ".join(parts))
    if not text.isascii():
        inside.update(_uncased_names(text))
    return phrases, inside - nouns if _has_noun_capitals(text) else inside


@cache
def _determiners() -> frozenset[str]:
    return frozenset(word for _, word in rows("textkit.text", "determiners.tsv"))


def _has_noun_capitals(text: str) -> bool:
    """Does a language write this that gives all nouns capitals?"""
    sample = find_tokens(text[:_SAMPLE])
    return sum(word in _determiners() for word in sample) >= NOUN_CAPITALS * len(sample)


def _name_key(word: str) -> str:
    return word.casefold().removesuffix("'s").removesuffix("’s")


def _uncased_names(text: str) -> Iterator[str]:
    """Yield what scripts without capitals mark as names: quoted parts, katakana."""
    yield from _QUOTED.findall(text)
    yield from _KATAKANA.findall(text)


def _joined_names(text: str, inside: Set[str]) -> frozenset[str]:
    """Return the joined tokens that hold part of a name; none where tokens are words."""
    tokens = comparable_tokens(text)
    pairs = [token for token in set(tokens) if " " in token]
    held = {token for token in pairs if not inside.isdisjoint(token.split())}
    for name in _uncased_names(text):
        held.update(comparable_tokens(name))
    return frozenset(held)


def _counts(text: str) -> Iterator[str]:
    """Yield the tokens that hold a digit."""
    spaced = text if text.isascii() else _UNSPACED.sub(" ", text)
    return map(str.casefold, _COUNT.findall(spaced))


def _number_words(lower: Set[str], lang: str | None) -> frozenset[str]:
    """Return which words are numbers, taken as English where the language is not known."""
    return frozenset(lower & number_words(lang or "en").keys())


def is_calendar_word(name: str) -> bool:
    """Is this the name of a weekday or a month?"""
    return name in names_of("weekday") or name in names_of("month")


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
