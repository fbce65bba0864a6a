"""Chinese words: the likeliest way through a lattice of the dictionary's words.

A way costs the sum of the negative logarithms of its words' frequencies (a unigram model, as in
Sproat et al., "A stochastic finite-state word-segmentation algorithm for Chinese", 1996).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple

from textkit.translate.gloss.lexicon import uses
from textkit.translate.gloss.numerals_zh import HAN_NUMERALS

# Costs of words that the table of frequencies lacks, in its unit. Set by hand: a rare word is
# likelier than two characters of middling frequency (8 each), less likely than two frequent words.
_RARE, _NAME, _CHARACTER, _UNKNOWN = 13.5, 13.0, 12.0, 20.0
_COUNT = 6.0  # more for a place that a number could begin: 三台, also three machines
_UNLIKELY_NAME = 19.0  # of two characters that are both everyday words: 对马, 于是
_TERM = 9.0  # what a word of the project's tables costs at most
_OFFICE = 3.0  # less where the end of a place's name could begin the word: 台北|市长, 台北市|长
MAX_WORD = 16  # characters; longer dictionary entries are proverbs

Candidates = Mapping[int, Sequence[tuple[int, float]]]  # by start: the end and cost of each


class Word(NamedTuple):
    """A span of the text; `known` is False for a character in no dictionary."""

    start: int
    end: int
    known: bool
    is_person: bool = False


def segment(
    text: str,
    is_word: Callable[[str], bool],
    is_name: Callable[[str], bool],
    everyday: Container[str],
    people: Candidates | None = None,
) -> list[Word]:
    """Return the words of a run of Chinese characters, which they tile.

    `people` are names of persons that could stand there though no dictionary has them.

    >>> words = segment("研究生命起源", lambda word: False, lambda word: False, {})
    >>> ["研究生命起源"[w.start : w.end] for w in words]
    ['研究', '生命', '起源']
    """
    size = len(text)
    costs = [0.0] * (size + 1)
    best: list[Word] = [Word(0, 0, False)] * size
    for start in range(size - 1, -1, -1):
        ways = []
        for end in range(start + 1, min(size, start + MAX_WORD) + 1):
            cost = _cost(text[start:end], is_word, is_name, everyday)
            if cost is not None:
                known = cost < _UNKNOWN
                ways.append((cost + costs[end], -end, Word(start, end, known)))
        for end, cost in (people or {}).get(start, ()):
            ways.append((cost + costs[end], -end, Word(start, end, True, True)))
        costs[start], _, best[start] = min(ways)
    return _walk(best)


def _walk(best: Sequence[Word]) -> list[Word]:
    words: list[Word] = []
    position = 0
    while position < len(best):
        words.append(best[position])
        position = words[-1].end
    return words


def _cost(
    word: str,
    is_word: Callable[[str], bool],
    is_name: Callable[[str], bool],
    everyday: Container[str],
) -> float | None:
    """What a word costs; None where it is no word."""
    use = uses().get(word)
    if word in everyday:
        cost = min(use.cost, _TERM) if use else _TERM
        return cost - (_OFFICE if word[0] in "市省州县縣区區" and len(word) > 1 else 0)
    if use:
        return use.cost + (_COUNT if _is_count(word, use.part) else 0)
    if len(word) == 1:
        return _CHARACTER if is_word(word) else _UNKNOWN
    if not is_word(word):
        return None
    if is_name(word):
        unlikely = len(word) == 2 and (
            word[0] in HAN_NUMERALS or (word[0] in everyday and word[1] in everyday)
        )
        return _UNLIKELY_NAME if unlikely else _NAME if len(word) > 2 else _RARE
    return _RARE


def _is_count(word: str, part: str) -> bool:
    """Could a word be a number and what it counts: 三台, a place and three machines?"""
    head, rest = word[0] in HAN_NUMERALS, word[1:]
    return part in ("ns", "m") and head and len(rest) == 1 and rest not in HAN_NUMERALS
