"""Chinese words: the cheapest way through the dictionary's words.

Fewest words win, as in maximum matching (Tsai, MMSEG, 1996, rule 1); where two ways take the same
number, everyday words and long names are cheaper than rare single characters.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import NamedTuple

_WORD, _NAME, _COMMON, _CHARACTER, _UNKNOWN = 1.0, 0.75, 0.8, 1.25, 3.0
_SHORT_NAME, _UNLIKELY_NAME = 1.05, 1.7  # of two characters; made of two everyday words
_PER_CHARACTER = 0.02  # a long word is a little cheaper than a short one
LONGEST = 16  # characters; longer dictionary entries are proverbs


class Word(NamedTuple):
    """A span of the text; `known` is False for a character in no dictionary."""

    start: int
    end: int
    known: bool


def segment(
    text: str,
    is_word: Callable[[str], bool],
    is_name: Callable[[str], bool],
    everyday: Container[str],
) -> list[Word]:
    """Return the words of a run of Chinese characters, which they tile.

    >>> words = {"对马", "马可", "可", "她", "对", "及"}
    >>> found = segment("她对马可及", words.__contains__, "马可".__eq__, {"对", "及"})
    >>> ["她对马可及"[w.start : w.end] for w in found]
    ['她', '对', '马可', '及']
    """
    size = len(text)
    best: list[tuple[float, int]] = [(0.0, 0)] * (size + 1)
    for start in range(size - 1, -1, -1):
        ways = []
        for end in range(min(size, start + LONGEST), start, -1):
            cost = _cost(text[start:end], is_word, is_name, everyday)
            if cost is not None:
                ways.append((cost + best[end][0], -end))
        cheapest = min(ways)
        best[start] = (cheapest[0], -cheapest[1])
    return _walk(text, best, is_word, everyday)


def _cost(
    word: str,
    is_word: Callable[[str], bool],
    is_name: Callable[[str], bool],
    everyday: Container[str],
) -> float | None:
    """What a word costs; None where it is no word."""
    if word in everyday:
        return _COMMON - _PER_CHARACTER * len(word)
    if len(word) == 1:
        return _CHARACTER if is_word(word) else _UNKNOWN
    if not is_word(word):
        return None
    cost = _WORD
    if is_name(word):
        unlikely = len(word) == 2 and word[0] in everyday and word[1] in everyday
        cost = _UNLIKELY_NAME if unlikely else _NAME if len(word) > 2 else _SHORT_NAME
    return cost - _PER_CHARACTER * len(word)


def _walk(
    text: str,
    best: list[tuple[float, int]],
    is_word: Callable[[str], bool],
    everyday: Container[str],
) -> list[Word]:
    found, at = [], 0
    while at < len(text):
        end = best[at][1]
        word = text[at:end]
        found.append(Word(at, end, word in everyday or is_word(word)))
        at = end
    return found
