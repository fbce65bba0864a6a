"""The gloss: Chinese word by word in English, from a dictionary; never shown as a translation.

Good enough to see what a passage is about and to match it with others; word order stays Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from textkit.text.scripts import pattern
from textkit.translate.checks.numbers import find_numbers
from textkit.translate.gloss import numerals_zh as numerals
from textkit.translate.gloss import senses
from textkit.translate.gloss.cedict import Dictionary
from textkit.translate.gloss.layout import Piece, line
from textkit.translate.gloss.numbers import (
    COUNTED,
    COUNTS,
    EXPRESSIONS,
    expression,
    inner,
    written,
)
from textkit.translate.gloss.people import (
    given_name,
    head_of_foreign_name,
    tail_of_foreign_name,
)
from textkit.translate.gloss.segment import segment
from textkit.translate.gloss.words import everyday, measures, punctuation, sounds, surnames

_HAN = pattern("Hani").pattern.removesuffix("+")
_LETTER = rf"(?:(?!{_HAN})[^\W_])"
# A word of another script, up to the Chinese that may follow without a blank. What stands before
# the @ of an address is bounded: a text of nothing but such characters has no address in it.
_OTHER = re.compile(
    rf"https?://[!-~]+|(?:(?!{_HAN})[\w.+-]){{1,64}}@(?:(?!{_HAN})[\w.-])+"
    rf"|{_LETTER}+(?:[-'’_.&+]{_LETTER}+)*(?:[-'’_.&+](?={_HAN}))?|\S"
)
_TIME = re.compile(r"(\d{1,2})\s*(?:[:：]|[点點时時])\s*(\d\d)(?!\d)(?:\s*分(?!钟))?")
UNREADABLE = "(?)"  # a character that no dictionary has

_Taken = tuple[int, list[Piece]]  # how many words, and what they become


class Gloss:
    """Glosses sentences with one dictionary; an engine like the others."""

    name = "gloss"
    version = ""  # quicker than remembering

    def __init__(self, dictionary: Dictionary, glossary: Mapping[str, str] | None = None) -> None:
        self._dictionary = dictionary
        self._terms = {**everyday(), **(glossary or {})}

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return the gloss of each sentence."""
        return [line(self._pieces(sentence)) or "..." for sentence in sentences]

    def _pieces(self, text: str) -> list[Piece]:
        pieces: list[Piece] = []
        people: set[str] = set()  # surnames that stood there with a given name
        at = 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            found, at = (
                self._number(text, at) or self._mark(text, at) or self._run(text, at, people)
            )
            pieces += found
        return pieces

    # numbers and dates

    def _number(self, text: str, at: int) -> tuple[list[Piece], int] | None:
        """A date, share, ordinal or amount at this place, with its unit."""
        if time := _TIME.match(text, at):
            return [Piece(f"{time[1]}:{time[2]}")], time.end()
        for kind in EXPRESSIONS:
            match = kind.match(text, at)
            english = expression(match) if match else None
            if match and english:
                return (
                    self._with_unit(english, text, match.end())
                    if kind in COUNTS
                    else ([Piece(english)], match.end())
                )
        if text[at] in COUNTED and not (text[at] == "首" and self._is_word(text[at : at + 2])):
            return self._with_unit(COUNTED[text[at]], text, at + 1, needed=True)
        if match := numerals.PAIR.match(text, at):
            pair = self._with_unit(written(match), text, match.end(), needed=True)
            if pair:
                return pair
        amounts = (numerals.ORDINAL, numerals.AMOUNT, numerals.HAN_AMOUNT)
        match = next((m for kind in amounts if (m := kind.match(text, at))), None)
        if not match or self._is_latin_word(text, at, match) or self._is_saying(text, match):
            return None
        return self._with_unit(written(match), text, match.end())

    def _is_saying(self, text: str, match: re.Match[str]) -> bool:
        """Is the number only the head of a longer word that the dictionary has: 十万火急?"""
        start, end = match.span()
        head = self._is_plain_word(match[0])
        return head or any(self._is_word(text[start:to]) for to in (start + 4,) if to > end + 1)

    def _is_plain_word(self, word: str) -> bool:
        """Is this a dictionary word whose English is no number: 万一, 一一?"""
        if len(word) < 2 or any(c not in numerals.HAN_NUMERALS for c in word):
            return False
        english = senses.gloss(self._dictionary.entries(word))
        if english is None:
            return False
        return all(number.text != english for number in find_numbers(english, "en"))

    @staticmethod
    def _is_latin_word(text: str, at: int, match: re.Match[str]) -> bool:
        """Digits of a name such as 4K or 7-Eleven are not an amount."""
        following = _OTHER.match(text, at)
        return (
            text[at].isascii()
            and following is not None
            and following.end() > match.end()
            and following[0].isascii()
            and not pattern("Hani").match(text, following.end())
        )

    def _with_unit(
        self, written: str, text: str, at: int, needed: bool = False
    ) -> tuple[list[Piece], int] | None:
        many = next((m for m in ("多", "余", "餘") if text.startswith(m, at)), "")
        at += len(many)
        blanks = len(text[at:]) - len(text[at:].lstrip(" "))
        at += 0 if needed else blanks
        unit = next((u for u in measures() if text.startswith(u, at)), None)
        if unit is None and needed:
            return None
        pieces = [Piece(f"over {written}" if many else written)]
        english = measures()[unit] if unit else ""
        if english:
            one = written in ("1", "first", "each")
            pieces.append(Piece(_singular(english) if one else english))
        return pieces, at + len(unit or "")

    # everything else

    def _mark(self, text: str, at: int) -> tuple[list[Piece], int] | None:
        mark = punctuation().get(text[at])
        if mark is None:
            return None
        return ([Piece(*mark)] if mark[0].strip() else []), at + 1

    def _run(self, text: str, at: int, people: set[str]) -> tuple[list[Piece], int]:
        """A run of Chinese characters, or one word of anything else as it stands."""
        match = pattern("Hani").match(text, at)
        if not match:
            other = _OTHER.match(text, at)
            assert other is not None
            return [Piece(other[0])], other.end()
        end = next((m.start() for m in inner().finditer(match[0]) if m.start()), len(match[0]))
        run, before = match[0][:end], text[max(0, at - 1) : at]
        first = head_of_foreign_name(run, before)
        last = tail_of_foreign_name(run, text[at + end : at + end + 1])
        middle = run[first:last] if first < last else ""
        pieces = [self._part(run[:first])] if first else []
        pieces += self._words(middle, people, before)
        if last < len(run) and last >= first:
            pieces.append(self._part(run[last:]))
        return pieces, at + end

    def _part(self, spelt: str) -> Piece:
        """A part of a foreign name between dots: as the dictionary has it, else its reading."""
        named = senses.name(self._dictionary.entries(spelt))
        return Piece(named.split()[-1] if named else "".join(map(self._sound, spelt)).capitalize())

    def _words(self, run: str, people: set[str], before: str) -> Iterator[Piece]:
        spans = segment(run, self._is_word, self._is_name, self._terms)
        words = [run[w.start : w.end] for w in spans]
        at = 0
        while at < len(words):
            if len(words[at]) == 2 and words[at][0] in people and words[at][1] in everyday():
                words[at : at + 1] = words[at]  # the person, and what they do
            taken, pieces = (
                self._numeral(words, at)
                or self._person(words, at, people, words[at - 1] if at else before)
                or self._foreign_name(words, at)
                or (1, [Piece(self._english(words[at]), word=words[at])])
            )
            yield from (p for p in pieces if p.text)
            at += taken

    def _numeral(self, words: list[str], at: int) -> _Taken | None:
        """Numbers written in characters, with the unit after them."""
        end, size = at, 0
        while end < len(words) and all(c in numerals.HAN_NUMERALS for c in words[end]):
            size += len(words[end])
            if size > numerals.MAX_NUMERAL:
                break
            if words[end] in self._terms or self._is_plain_word(words[end]):
                break
            end += 1
        number = numerals.amount("".join(words[at:end])) if end > at else None
        if number is None:
            return None
        unit = measures().get(self._simplified(words[end])) if end < len(words) else None
        if unit is None:
            return end - at, [Piece(number.english())]
        return end - at + 1, [Piece(number.english()), Piece(unit)]

    def _person(self, words: list[str], at: int, people: set[str], before: str) -> _Taken | None:
        """A surname with a given name that is in no dictionary; later the surname alone."""
        if words[at] not in surnames():
            return None
        taken = given_name(words, at, before)
        if taken:
            people.add(words[at])
            given = "".join(words[at + 1 : at + 1 + taken])
            first = "".join(map(self._sound, given)).capitalize()
            return taken + 1, [Piece(f"{self._surname(words[at])} {first}")]
        return (1, [Piece(self._surname(words[at]))]) if words[at] in people else None

    def _foreign_name(self, words: list[str], at: int) -> _Taken | None:
        """Characters that spell a name by sound and make no words: their reading, as one word."""
        end = at
        while end < len(words) and self._is_spelt(words[end]):
            end += 1
        spelt = "".join(words[at:end])
        if end - at < 2 or len(spelt) < 3:
            return None
        return end - at, [Piece("".join(map(self._sound, spelt)).capitalize())]

    def _is_spelt(self, word: str) -> bool:
        """A single character of the kind, or a short name made of them."""
        if word in everyday() or not all(char in sounds() for char in word):
            return False
        return len(word) == 1 or (len(word) == 2 and self._is_name(word))

    def _sound(self, char: str) -> str:
        entries = self._dictionary.entries(char)
        return senses.pinyin(entries) if entries else UNREADABLE

    def _surname(self, word: str) -> str:
        entries = self._dictionary.entries(word)
        return senses.surname(entries) or self._sound(word).capitalize()

    def _english(self, word: str) -> str:
        """The English of one word; empty for a particle."""
        entries = self._dictionary.entries(word)
        for spelling in (word, self._simplified(word)):
            if spelling in self._terms:
                return self._terms[spelling]
        if not entries:
            return UNREADABLE
        named = senses.name(entries)
        plain = senses.gloss(entries)
        if named and (plain is None or len(word) > 2 or senses.is_company(entries)):
            return named
        return plain or named or senses.pinyin(entries).capitalize()

    def _simplified(self, word: str) -> str:
        entries = self._dictionary.entries(word)
        return entries[0].simplified if entries else word

    def _is_word(self, word: str) -> bool:
        return bool(self._dictionary.entries(word))

    def _is_name(self, word: str) -> bool:
        return any(entry.is_name for entry in self._dictionary.entries(word))


def _singular(unit: str) -> str:
    return {"people": "person"}.get(unit, unit.removesuffix("s"))
