"""The gloss: Chinese word by word in English, from a dictionary; never shown as a translation.

Good enough to see what a passage is about and to match it with others; word order stays Chinese.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from textkit.text.scripts import pattern
from textkit.translate.gloss import numerals_zh as numerals
from textkit.translate.gloss import senses
from textkit.translate.gloss.cedict import Dictionary
from textkit.translate.gloss.figures import FOREIGN_WORD, figure, is_plain_word
from textkit.translate.gloss.layout import Piece, line
from textkit.translate.gloss.lexicon import part_of_speech
from textkit.translate.gloss.numbers import inner
from textkit.translate.gloss.people import (
    UNNAMED,
    head_of_foreign_name,
    people_in,
    tail_of_foreign_name,
)
from textkit.translate.gloss.segment import segment
from textkit.translate.gloss.words import (
    classes,
    everyday,
    measures,
    names,
    news_senses,
    punctuation,
    sounds,
    surnames,
)

DETERMINERS = frozenset(["这一", "那一", "每一", *"这那该此某各另本每"])
# Nouns and adjectives that say how before a verb.
ADVERBS = {"高度": "highly", "大力": "vigorously", "全力": "with all force", "严重": "seriously"}
UNREADABLE = "(?)"  # a character that no dictionary has

_Taken = tuple[int, list[Piece]]  # how many words, and what they become


class Gloss:
    """Glosses sentences with one dictionary; an engine like the others."""

    name = "gloss"
    version = ""  # quicker than remembering

    def __init__(self, dictionary: Dictionary, glossary: Mapping[str, str] | None = None) -> None:
        self._dictionary = dictionary
        self._terms = {**news_senses(), **everyday(), **names(), **(glossary or {})}

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return the gloss of each sentence."""
        return [line(self._pieces(sentence)) or "..." for sentence in sentences]

    def _pieces(self, text: str) -> list[Piece]:
        pieces: list[Piece] = []
        people: set[str] = set()  # of this sentence, with surname and given name
        text = self._in_simplified(text)
        at = 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            pieces_here, at = (
                figure(text, at, self._dictionary)
                or self._mark(text, at)
                or self._run(text, at, people)
            )
            pieces += pieces_here
        return pieces

    def _mark(self, text: str, at: int) -> tuple[list[Piece], int] | None:
        mark = punctuation().get(text[at])
        if mark is None:
            return None
        return ([Piece(*mark)] if mark[0].strip() else []), at + 1

    def _run(self, text: str, at: int, people: set[str]) -> tuple[list[Piece], int]:
        """A run of Chinese characters, or one word of anything else as it stands."""
        match = pattern("Hani").match(text, at)
        if not match:
            other = FOREIGN_WORD.match(text, at)
            assert other is not None
            return [Piece(other[0])], other.end()
        end = next((m.start() for m in inner().finditer(match[0]) if m.start()), len(match[0]))
        run, before = match[0][:end], text[max(0, at - 1) : at]
        first = head_of_foreign_name(run, before)
        last = tail_of_foreign_name(run, text[at + end : at + end + 1])
        middle = run[first:last] if first < last else ""
        pieces = [self._name_part(run[:first])] if first else []
        pieces += self._words(middle, people, before)
        if last < len(run) and last >= first:
            pieces.append(self._name_part(run[last:]))
        return pieces, at + end

    def _name_part(self, spelt: str) -> Piece:
        """A part of a foreign name between dots: as the dictionary has it, else its reading."""
        named = senses.name(self._dictionary.entries(spelt))
        return Piece(named.split()[-1] if named else "".join(map(self._sound, spelt)).capitalize())

    def _words(self, run: str, people: set[str], before: str) -> Iterator[Piece]:
        candidates = people_in(run, before, self._is_word, self._is_surname, people)
        spans = segment(run, self._is_word, self._is_name, self._terms, candidates)
        new = {run[w.start : w.end] for w in spans if w.is_person}
        words = list(_without_surnames((run[w.start : w.end] for w in spans), people))
        at = 0
        while at < len(words):
            if words[at] in new:
                taken, pieces = 1, [self._person(words[at], people)]
            else:
                taken, pieces = (
                    self._numeral(words, at)
                    or self._determined(words, at)
                    or self._surname_again(words[at], people)
                    or self._foreign_name(words, at)
                    or (1, [Piece(self._as_used(words, at), word=words[at])])
                )
            yield from (p for p in pieces if p.text)
            at += taken

    def _determined(self, words: list[str], at: int) -> _Taken | None:
        """A determiner with a measure word that English leaves out: 这家 of 这家公司."""
        following = words[at + 1 : at + 3]
        if words[at] not in DETERMINERS or len(following) < 2 or measures().get(following[0]) != "":
            return None
        return 2, [Piece(self._english(words[at]), word=words[at])]

    def _numeral(self, words: list[str], at: int) -> _Taken | None:
        """Numbers written in characters, with the unit after them."""
        end, size = at, 0
        while end < len(words) and all(c in numerals.HAN_NUMERALS for c in words[end]):
            size += len(words[end])
            if size > numerals.MAX_NUMERAL:
                break
            if words[end] in self._terms or is_plain_word(words[end], self._dictionary):
                break
            end += 1
        number = numerals.amount("".join(words[at:end])) if end > at else None
        if number is None:
            return None
        unit = measures().get(words[end]) if end < len(words) else None
        if unit is None:
            return end - at, [Piece(number.english())]
        written = number.english()
        return end - at + 1, [Piece("a" if written == "1" and not unit else written), Piece(unit)]

    def _person(self, name: str, people: set[str]) -> Piece:
        """A surname with a given name that is in no dictionary, one withheld, or a foreign name."""
        size = 2 if name[:2] in surnames() else 1
        surname, given = self._surname(name[:size]), name[size:]
        if given.startswith(UNNAMED):
            return Piece(f"{surname} (surname)", word=name)
        if not self._is_chinese_name(name):
            return Piece("".join(map(self._sound, name)).capitalize(), word=name)
        people.add(name)
        first = "".join(map(self._sound, given)).capitalize()
        return Piece(f"{surname} {first}", word=name)

    def _is_chinese_name(self, name: str) -> bool:
        size = 2 if name[:2] in surnames() else 1
        return 1 <= len(name) - size <= 2 and (size == 2 or self._is_surname(name[0]))

    def _surname_again(self, word: str, people: set[str]) -> _Taken | None:
        """The surname alone of a person that the sentence has named."""
        if word not in surnames() or not any(name.startswith(word) for name in people):
            return None
        return 1, [Piece(self._surname(word), word=word)]

    def _is_surname(self, char: str) -> bool:
        return senses.surname(self._dictionary.entries(char)) is not None

    def _in_simplified(self, text: str) -> str:
        """The text with simplified characters, one for one: the tables have no others."""
        return "".join(map(self._simplified, text))

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

    def _as_used(self, words: Sequence[str], at: int) -> str:
        """The English of a word, which its neighbour may settle: 高度评价, to praise highly."""
        following = self._part(words[at + 1]) if at + 1 < len(words) else ""
        adverb = ADVERBS.get(words[at]) if following in ("v", "vn", "a") else None
        return adverb or self._english(words[at])

    @staticmethod
    def _part(word: str) -> str:
        """The part of speech of a word: that of the sense which is shown, if a table has it."""
        return classes().get(word) or part_of_speech(word)

    def _english(self, word: str) -> str:
        """The English of one word; empty for a particle."""
        entries = self._dictionary.entries(word)
        if word in self._terms:
            return self._terms[word]
        if not entries:
            return UNREADABLE
        named = senses.name(entries)
        plain = senses.gloss(entries)
        if named and (plain is None or len(word) > 2 or senses.is_company(entries)):
            return named
        return plain or named or senses.pinyin(entries).capitalize()

    def _simplified(self, char: str) -> str:
        """A character in simplified writing; itself where one of its words is written so."""
        if char < "\u3400" or any(e.simplified == char for e in self._dictionary.entries(char)):
            return char
        entries = self._dictionary.entries(char)
        return entries[0].simplified if entries else char

    def _is_word(self, word: str) -> bool:
        return bool(self._dictionary.entries(word))

    def _is_name(self, word: str) -> bool:
        return any(entry.is_name for entry in self._dictionary.entries(word))


def _without_surnames(words: Iterable[str], people: Collection[str]) -> Iterator[str]:
    """Cut words that look like a person's surname and what the person does: 陈说, of 陈楚钧."""
    surnames_here = {name[0] for name in people}
    for word in words:
        if len(word) == 2 and word[0] in surnames_here and word[1] in everyday():
            yield from word
        else:
            yield word
