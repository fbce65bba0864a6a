"""The gloss: Chinese word by word in English, from a dictionary; never shown as a translation.

Good enough to see what a passage is about and to match it with others; word order stays Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from textkit.text.scripts import pattern
from textkit.text.tables import rows
from textkit.translate import numerals_zh as numerals
from textkit.translate import senses
from textkit.translate.cedict import Dictionary
from textkit.translate.segment import segment

_OTHER = re.compile(r"https?://[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[^\W_]+(?:[-'’_.&+][^\W_]+)*|\S")
UNREADABLE = "(?)"  # a character that no dictionary has


class Piece(NamedTuple):
    """A bit of the gloss and how it joins: word, after, before, both, none."""

    text: str
    place: str = "word"
    is_number: bool = False


class Gloss:
    """Glosses sentences with one dictionary; an engine like the others."""

    name = "gloss"
    version = ""  # quicker than remembering

    def __init__(self, dictionary: Dictionary, glossary: Mapping[str, str] | None = None) -> None:
        self._dictionary = dictionary
        self._terms = {**everyday(), **(glossary or {})}

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return the gloss of each sentence."""
        return [join(self._pieces(sentence)) for sentence in sentences]

    def _pieces(self, text: str) -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            found, at = self._number(text, at) or self._mark(text, at) or self._run(text, at)
            pieces += found
        return pieces

    # numbers and dates

    def _number(self, text: str, at: int) -> tuple[list[Piece], int] | None:
        """A date, share, ordinal or amount at this place, with its unit."""
        for kind in (numerals.DATE, numerals.YEAR, numerals.DECADE, numerals.PERCENT):
            match = kind.match(text, at)
            english = _expression(match) if match else None
            if match and english:
                return [Piece(english, is_number=True)], match.end()
        match = numerals.ORDINAL.match(text, at) or numerals.AMOUNT.match(text, at)
        if not match or self._is_latin_word(text, at, match):
            return None
        amount = numerals.value(match.groupdict().get("ordinal") or match[0])
        if amount is None:
            return None
        written = numerals.ordinal(int(amount)) if match[0][0] == "第" else numerals.english(amount)
        return self._with_unit(written, text, match.end())

    @staticmethod
    def _is_latin_word(text: str, at: int, match: re.Match[str]) -> bool:
        """Digits of a name such as 4K or 7-Eleven are not an amount."""
        following = _OTHER.match(text, at)
        return (
            text[at].isascii()
            and following is not None
            and following.end() > match.end()
            and following[0].isascii()
        )

    def _with_unit(self, written: str, text: str, at: int) -> tuple[list[Piece], int]:
        many = next((m for m in ("多", "余", "餘") if text.startswith(m, at)), "")
        at += len(many)
        pieces = [Piece(f"over {written}" if many else written, is_number=True)]
        unit = next((u for u in _measures() if text.startswith(u, at)), None)
        if unit:
            english = _measures()[unit]
            pieces += [Piece(_singular(english) if written == "1" else english)] if english else []
            at += len(unit)
        return pieces, at

    # everything else

    def _mark(self, text: str, at: int) -> tuple[list[Piece], int] | None:
        mark = _punctuation().get(text[at])
        if mark is None:
            return None
        return ([Piece(*mark)] if mark[0].strip() else []), at + 1

    def _run(self, text: str, at: int) -> tuple[list[Piece], int]:
        """A run of Chinese characters, or one word of anything else as it stands."""
        match = pattern("Hani").match(text, at)
        if not match:
            other = _OTHER.match(text, at)
            assert other is not None
            end = _up_to_han(other)
            return [Piece(text[at:end])], end
        return list(self._words(match[0], text[match.end() : match.end() + 8])), match.end()

    def _words(self, run: str, following: str) -> Iterator[Piece]:
        spans = segment(run, self._is_word, self._is_name, self._terms)
        words = [run[w.start : w.end] for w in spans]
        people: set[str] = set()
        at = 0
        while at < len(words):
            taken, pieces = self._numeral(words, at) or self._person(words, at, people) or (
                1, [Piece(self._english(words[at]))]
            )  # fmt: skip
            yield from (p for p in pieces if p.text)
            at += taken

    def _numeral(self, words: list[str], at: int) -> tuple[int, list[Piece]] | None:
        """Numbers written in characters, with the unit after them."""
        end = at
        while end < len(words) and all(c in numerals.HAN_NUMERALS for c in words[end]):
            end += 1
        number = numerals.value("".join(words[at:end])) if end > at else None
        if number is None:
            return None
        unit = _measures().get(words[end]) if end < len(words) else None
        pieces = [Piece(numerals.english(number), is_number=True)]
        if unit is None:
            return end - at, pieces
        return end - at + 1, [*pieces, Piece(unit)]

    def _person(
        self, words: list[str], at: int, people: set[str]
    ) -> tuple[int, list[Piece]] | None:
        """A surname with a given name that is in no dictionary; later the surname alone."""
        if words[at] not in surnames():
            return None
        given = []
        for word in words[at + 1 : at + 3]:
            if len(word) > 1 or word in everyday():
                break
            given.append(word)
        if len(given) == 2:
            people.add(words[at])
            first = "".join(senses.pinyin(self._dictionary.entries(c)) if
                            self._dictionary.entries(c) else UNREADABLE for c in given)  # fmt: skip
            return 3, [Piece(f"{self._surname(words[at])} {first.capitalize()}")]
        return (1, [Piece(self._surname(words[at]))]) if words[at] in people else None

    def _surname(self, word: str) -> str:
        entries = self._dictionary.entries(word)
        return senses.surname(entries) or senses.pinyin(entries).capitalize()

    def _english(self, word: str) -> str:
        """The English of one word; empty for a particle."""
        if word in self._terms:
            return self._terms[word]
        entries = self._dictionary.entries(word)
        simplified = entries[0].simplified if entries else word
        if simplified in self._terms:
            return self._terms[simplified]
        if not entries:
            return UNREADABLE
        named = senses.name(entries)
        plain = senses.gloss(entries)
        if named and (plain is None or (len(word) > 2)):
            return named
        return plain or named or senses.pinyin(entries).capitalize()

    def _is_word(self, word: str) -> bool:
        return bool(self._dictionary.entries(word))

    def _is_name(self, word: str) -> bool:
        return any(entry.is_name for entry in self._dictionary.entries(word))


def _expression(match: re.Match[str]) -> str | None:
    """A date, year, decade or share in English."""
    groups = match.groupdict()
    if "month" in groups:
        return numerals.date_english(match)
    if groups.get("decade"):
        return f"{numerals.value(groups['decade'])}s"
    if "percent" in groups:
        share = numerals.value(groups["percent"] or groups["sign"])
        return None if share is None else f"{share}%"
    return str(numerals.value(groups["year"]))


def _up_to_han(match: re.Match[str]) -> int:
    """The end of a word of another script, which Chinese may follow without a blank."""
    han = pattern("Hani").search(match[0])
    return match.start() + han.start() if han else match.end()


def _singular(unit: str) -> str:
    return {"people": "person"}.get(unit, unit.removesuffix("s"))


@cache
def everyday() -> dict[str, str]:
    """Function words and everyday words; the first row of a word counts, units do not."""
    table: dict[str, str] = {}
    for word, english, kind in rows("textkit.translate", "gloss_zh.tsv"):
        if kind != "m":
            table.setdefault(word, "" if english == "-" else english)
    return table


@cache
def _measures() -> dict[str, str]:
    """Measure words, longest first."""
    table = {
        word: "" if english == "-" else english
        for word, english, kind in rows("textkit.translate", "gloss_zh.tsv")
        if kind == "m"
    }
    return dict(sorted(table.items(), key=lambda item: -len(item[0])))


@cache
def surnames() -> frozenset[str]:
    """The most frequent surnames."""
    return frozenset(word for (word,) in rows("textkit.translate", "surnames_zh.tsv"))


@cache
def _punctuation() -> dict[str, tuple[str, str]]:
    table = rows("textkit.translate", "punctuation_zh.tsv")
    return {mark: (new, place) for mark, new, place in table}


def join(pieces: Sequence[Piece]) -> str:
    """Return pieces as one line with blanks where English has them.

    >>> join([Piece("“", "before"), Piece("A"), Piece("”", "after"), Piece("B")])
    '“A” B'
    """
    text, glued = "", True
    for piece in pieces:
        if not glued and piece.place not in ("after", "both"):
            text += " "
        text += piece.text
        glued = piece.place in ("before", "both")
    return text
