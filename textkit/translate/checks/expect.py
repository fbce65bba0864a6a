"""What a translation must have, to go by its original, what is missing, and what is too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from textkit.text.languages import primary
from textkit.text.scripts import LATIN as _LETTER
from textkit.text.tables import rows
from textkit.translate.checks.added import added
from textkit.translate.checks.calendar import other_names
from textkit.translate.checks.lost import CENTS, lost
from textkit.translate.checks.names import alike, folded, is_kept, names_in, spellings
from textkit.translate.checks.number import Number
from textkit.translate.checks.numbers import ascii_digits, find_numbers
from textkit.translate.checks.spelt import WORD
from textkit.translate.gloss import numerals_zh, senses
from textkit.translate.gloss.cedict import Dictionary

LITERAL = re.compile(
    r"(?:https?://|www\.)[!-~]+(?<![.,;:!?\"')\]])"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z]{2,})+|`[^`\n]+`"
    r"|(?<![\w@])@[A-Za-z0-9_]+"  # @user
    r"|\{\{[^{}\n]+\}\}|\$?\{\w[\w.]*\}|%\(\w+\)[sd]|(?<!\d)(?<!\d )%[sd]\b"  # placeholders
    r"|</?[A-Za-z][^<>\n]{0,200}>"  # tags
    r"|[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\u200d\u2600-\u27bf"
    r"\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]*"  # emoji
)
_LATIN = re.compile(rf"(?<![{_LETTER}\d])[{_LETTER}][{_LETTER}\d]*(?:[-&.'’][{_LETTER}\d]+)*")
_MIXED = re.compile(r"[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]|[A-Z]{2}.*[a-z]")
_OTHER_SCRIPTS = frozenset(
    "zh yue ja ko ar fa ur ps he yi ru uk be bg mk sr el hy ka hi mr ne bn pa gu ta te kn ml si th"
    " lo km my am ti mn kk ky tg bo dv ug sd".split()
)
_CURRENCY = r"(US\$|R\$|[$£€¥￥₹₩₽]|\b(?:EUR|USD|GBP|JPY|CNY)\b)"
_MONEY_BEFORE = re.compile(rf"{_CURRENCY}\s?$")
_MONEY_AFTER = re.compile(rf"\s?{_CURRENCY}(?!\s?\d)")
_COUNTED = re.compile(  # die 1990er, le 21e
    r"(?<![\w-])(?:(?:1[5-9]|20)\d0er|(?:[4-9]|[12]\d)(?:e|ème))(?!\w)"
)
_LOOK_BACK = 8  # characters before a number that its sign can take
_PRICE = re.compile(r"(?:Rp|RM|Rs|Tk|K[Ss]h|[A-Z]{0,2}\$)\.?\d[\d.,]*")
_MINUS = re.compile(r"(?:^|[\s(])[-−]$")
_NEGATIVE = re.compile(
    r"[-−–]\d|minus|negative|f[ae]ll|drop|declin|down|decrea|los[st]|shr[aiu]nk|contract|below|slip"
    r"|plung|plummet|cut|lower|fewer|less|deficit|reduc|slump|sank|s[iu]nk|shed|recession|retreat",
    re.IGNORECASE,
)
TERM, NAME, LATIN, NUMBER, LITERAL_KIND = "term", "name", "latin", "number", "literal"


class Missing(NamedTuple):
    """Something that the translation lacks."""

    kind: str  # term (of the glossary), name, latin, number, literal
    source: str  # as the original has it
    wanted: str  # as the translation should have it
    several: bool = False  # are there other renderings, so that what stands there may be right?


@dataclass(frozen=True)
class Checker:
    """Compares originals with translations from one language to another."""

    source: str
    target: str
    dictionary: Dictionary | None = None  # names of Chinese in English
    glossary: tuple[tuple[str, str], ...] = ()

    def missing(self, original: str, translation: str) -> list[Missing]:
        """Return what the translation of a sentence lacks.

        >>> Checker("pt", "en").missing("São 3 milhões, diz a OpenAI.", "They are 300, it says.")
        [Missing(kind='latin', source='OpenAI', wanted='OpenAI', several=False), \
Missing(kind='number', source='3 milhões', wanted='3 million', several=False)]
        """
        plain = LITERAL.sub(lambda m: " " * len(m[0]), original)
        found = [*self._literals(original, translation), *self._terms(plain, translation)]
        known = {m.source for m in found} | {s for s, _ in self.glossary if s in plain}
        found += (m for m in self._names(plain, translation) if m.source not in known)
        found += (m for m in self._latin(plain, translation) if m.source not in known)
        numbers = list(self._numbers(plain, translation))
        lost = {m.source for m in numbers}
        signs = [m for m in self._signs(plain, translation) if m.source.lstrip("-−") not in lost]
        return [*found, *numbers, *signs, *self._calendar(plain, translation)]

    def _calendar(self, original: str, translation: str) -> Iterator[Missing]:
        """Months and weekdays that the translation has another one for."""
        for name in other_names(original, self.source, translation, self.target):
            yield Missing(NUMBER, name, name)

    def added(self, original: str, translation: str) -> list[str]:
        """Return the numbers of the translation of a sentence that its original has not.

        >>> Checker("pt", "en").added("São 3 milhões.", "They are 3 million, up from 1,274.")
        ['1,274']
        """
        plain, text = (LITERAL.sub(lambda m: " " * len(m[0]), t) for t in (original, translation))
        have = (n for n in find_numbers(text, self.target) if not _is_in_word(text, n))
        return list(added(original, self.source, find_numbers(plain, self.source), have))

    def _literals(self, original: str, translation: str) -> Iterator[Missing]:
        for match in LITERAL.finditer(original):
            if match[0] not in translation:
                yield Missing(LITERAL_KIND, match[0], match[0])

    def _terms(self, original: str, translation: str) -> Iterator[Missing]:
        low, have = folded(original), folded(translation)
        for source, wanted in self.glossary:
            if _stands_in(folded(source), low) and folded(wanted) not in have:
                yield Missing(TERM, source, wanted)

    def _names(self, original: str, translation: str) -> Iterator[Missing]:
        if self.dictionary is None or primary(self.target) != "en":
            return
        for word, entries in names_in(original, self.dictionary):
            known = spellings(word, entries, self.dictionary)
            if not any(is_kept(s, translation) for s in known) and not any(
                self.is_other_spelling(s, translation) for s in known
            ):
                several = len(senses.all_names(entries)) > 1
                yield Missing(NAME, word, known[0], several)

    def is_other_spelling(self, spelling: str, translation: str) -> bool:
        """Does a like word stand there that is no common word: Krushchev, but not Mask?"""
        words = (translation[a:b] for a, b in alike(spelling, translation))
        return any(self.dictionary is None or not self.dictionary.is_english(w) for w in words)

    def _latin(self, original: str, translation: str) -> Iterator[Missing]:
        """Words in Latin letters; of a language that is written in them, only OpenAI or H100."""
        latin = primary(self.source) not in _OTHER_SCRIPTS
        have = folded(translation)
        for word in dict.fromkeys(m[0] for m in _LATIN.finditer(original)):
            if latin and not _MIXED.search(word):
                continue
            if _PRICE.fullmatch(word) or (len(word) == 1 and not word.isupper()):
                continue
            if not _stands_in(folded(word), have):
                yield Missing(LATIN, word, word)

    def _numbers(self, original: str, translation: str) -> Iterator[Missing]:
        wanted = [n for n in find_numbers(original, self.source) if not _is_in_word(original, n)]
        have = find_numbers(translation, self.target)
        for number in lost(wanted, have, translation.lower()):
            yield Missing(NUMBER, number.text, self._written(number))

    def _signs(self, original: str, translation: str) -> Iterator[Missing]:
        """Signs of currencies, and of numbers below nothing, that are not there in any way."""
        if primary(self.target) != "en":
            return
        for number in find_numbers(original, self.source):
            before = (original, max(0, number.start - _LOOK_BACK), number.start)
            money = _MONEY_BEFORE.search(*before) or _MONEY_AFTER.match(original, number.end)
            if money and not _has_currency(money[1], translation):
                span = min(money.start(), number.start), max(money.end(), number.end)
                sum_of_money = original[slice(*span)]
                yield Missing(NUMBER, sum_of_money, sum_of_money)
            if _MINUS.search(*before) and not _NEGATIVE.search(translation):
                yield Missing(NUMBER, f"-{number.text}", f"-{self._written(number)}")

    def _written(self, number: Number) -> str:
        """The number as the target language has it, where that is known."""
        value = max(number.values)
        if number.kind in ("time", "share"):
            return numerals_zh.written_time_or_share(number.text)
        if number.text.endswith("年代"):
            return f"{value}s"
        if number.kind == "month" and primary(self.target) == "en" and 1 <= value <= 12:
            return numerals_zh.MONTHS[int(value) - 1]
        digits = ascii_digits(number.text)
        if digits.isascii() and digits.isdigit():
            return digits
        if primary(self.target) == "en" and number.text != str(value):
            return numerals_zh.english(value)
        return number.text


def _has_currency(sign: str, translation: str) -> bool:
    """Whether money of this kind is named, by its sign, its name or its cents."""
    named = re.search(_currencies()[sign], translation, re.IGNORECASE)
    return bool(named or CENTS.search(translation.lower()))


@cache
def _currencies() -> dict[str, str]:
    table = dict(rows("textkit.translate", "currencies_en.tsv"))
    return {**table, "US$": table["$"]}


def _is_in_word(text: str, number: Number) -> bool:
    """Is the number a part of a Latin word, such as H100 or DGX-1, and no decade or century?"""
    if _PRICE.match(text, max(0, number.start - 3)) or _PRICE.match(text, max(0, number.start - 2)):
        return False
    if number.kind in ("time", WORD) or _COUNTED.match(text, number.start):
        return False
    before, after = text[: number.start][-2:], text[number.end :][:1]
    joined = before[-1:] if before[-1:] != "-" else before[:1]
    return _is_latin(joined) or (_is_latin(after) and number.text[-1:].isdigit())


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _stands_in(word: str, text: str) -> bool:
    """Does a word stand in a text, not inside another Latin word?"""
    return re.search(rf"(?<![a-z\d]){re.escape(word)}(?:e?s)?(?![a-z\d])", text) is not None or (
        word in text and not word.isascii()
    )
