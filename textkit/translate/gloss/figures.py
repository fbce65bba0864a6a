"""Figures of a Chinese text where they stand: dates, shares, ordinals, amounts with their units."""

from __future__ import annotations

import re

from textkit.text.scripts import pattern
from textkit.translate.checks.numbers import find_numbers
from textkit.translate.gloss import numerals_zh as numerals
from textkit.translate.gloss import senses
from textkit.translate.gloss.cedict import Dictionary
from textkit.translate.gloss.layout import Piece
from textkit.translate.gloss.numbers import (
    COUNTED,
    COUNTS,
    DAYS,
    DISPATCH,
    EXPRESSIONS,
    MONEY,
    POINT,
    expression,
    is_points,
    written,
)
from textkit.translate.gloss.words import measures

_HAN = pattern("Hani").pattern.removesuffix("+")
_LETTER = rf"(?:(?!{_HAN})[^\W_])"
# A word of another script, up to the Chinese that may follow without a blank. What stands before
# the @ of an address is bounded: a text of nothing but such characters has no address in it.
FOREIGN_WORD = re.compile(
    rf"https?://[!-~]+|(?:(?!{_HAN})[\w.+-]){{1,64}}@(?:(?!{_HAN})[\w.-])+"
    rf"|{_LETTER}+(?:[-'’_.&+]{_LETTER}+)*(?:[-'’_.&+](?={_HAN}))?|\S"
)
_TIME = re.compile(r"(\d{1,2})\s*(?:[:：]|[点點时時])\s*(\d\d)(?!\d)(?:\s*分(?!钟))?")


def figure(text: str, at: int, dictionary: Dictionary) -> tuple[list[Piece], int] | None:
    """Return a date, share, ordinal or amount at this place, with its unit, and its end."""
    if time := _TIME.match(text, at):
        return [Piece(f"{time[1]}:{time[2]}")], time.end()
    for kind in EXPRESSIONS:
        match = kind.match(text, at)
        english = expression(match) if match else None
        if match and english:
            return _expression(kind, english, text, match.end())
    if text[at] in COUNTED and not (text[at] == "首" and dictionary.entries(text[at : at + 2])):
        return _with_unit(COUNTED[text[at]], text, at + 1, needed=True)
    if match := numerals.PAIR.match(text, at):
        pair = _with_unit(written(match), text, match.end(), needed=True)
        if pair:
            return pair
    amounts = (numerals.ORDINAL, numerals.AMOUNT, numerals.HAN_AMOUNT, MONEY)
    match = next((m for kind in amounts if (m := kind.match(text, at))), None)
    if not match or _is_latin_word(text, at, match) or _is_saying(text, match, dictionary):
        return None
    return _points(match, text) or _with_unit(written(match), text, match.end())


def _points(match: re.Match[str], text: str) -> tuple[list[Piece], int] | None:
    """Points of an index, which the word for hours counts too."""
    end = match.end()
    if text[end : end + 1] not in POINT or text[end + 1 : end + 2] in tuple("半多钟左"):
        return None
    if not is_points(match[0], text[max(0, match.start() - 4) : match.start()]):
        return None
    return [Piece(f"{written(match)} points")], end + 1


def _expression(
    kind: re.Pattern[str], english: str, text: str, end: int
) -> tuple[list[Piece], int]:
    if kind in COUNTS:
        return _with_unit(english, text, end) or ([Piece(english)], end)
    dispatch = DISPATCH.match(text, end) if kind in DAYS else None
    if dispatch:
        return [Piece(english), Piece("dispatch")], dispatch.end()
    return [Piece(english)], end


def _is_saying(text: str, match: re.Match[str], dictionary: Dictionary) -> bool:
    """Is the number only the head of a longer word that the dictionary has: 十万火急?"""
    start, end = match.span()
    head = is_plain_word(match[0], dictionary)
    return head or any(dictionary.entries(text[start:to]) for to in (start + 4,) if to > end + 1)


def is_plain_word(word: str, dictionary: Dictionary) -> bool:
    """Is this a dictionary word whose English is no number: 万一, 一一?"""
    if len(word) < 2 or any(c not in numerals.HAN_NUMERALS for c in word):
        return False
    english = senses.gloss(dictionary.entries(word))
    if english is None:
        return False
    return all(number.text != english for number in find_numbers(english, "en"))


def _is_latin_word(text: str, at: int, match: re.Match[str]) -> bool:
    """Digits of a name such as 4K or 7-Eleven are not an amount."""
    following = FOREIGN_WORD.match(text, at)
    return (
        text[at].isascii()
        and following is not None
        and following.end() > match.end()
        and following[0].isascii()
        and not pattern("Hani").match(text, following.end())
    )


def _with_unit(
    written: str, text: str, at: int, needed: bool = False
) -> tuple[list[Piece], int] | None:
    many = next((m for m in ("多", "余", "餘") if text.startswith(m, at)), "")
    at += len(many)
    blanks = len(text[at:]) - len(text[at:].lstrip(" "))
    at += 0 if needed else blanks
    unit = next((u for u in measures() if text.startswith(u, at)), None)
    if unit is None and needed:
        return None
    english = measures()[unit] if unit else ""
    if written == "1" and unit and not english and not many:
        return [Piece("a")], at + len(unit)
    pieces = [Piece(f"over {written}" if many else written)]
    if english:
        one = written in ("1", "first", "each")
        pieces.append(Piece(_singular(english) if one else english))
    return pieces, at + len(unit or "")


def _singular(unit: str) -> str:
    return {"people": "person"}.get(unit, unit.removesuffix("s"))
