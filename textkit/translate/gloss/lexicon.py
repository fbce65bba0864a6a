"""How frequent Chinese words are, and what part of speech."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from textkit.text.tables import rows

ALL_LEVELS = 36  # twice the natural logarithm of all words that were counted (60 million)


class Use(NamedTuple):
    """What the table knows of a word."""

    part: str  # of speech: n, v, vn, a, d, r, p, c, m, q, t, f, s, b, i, l, ns, nr, nt, nz, x
    cost: float  # negative natural logarithm of its share of all words


@cache
def uses() -> dict[str, Use]:
    """Return the frequent words and their use."""
    return {
        word: use
        for part, level, words in rows("textkit.translate", "words_zh.tsv")
        for use in (Use(part, (ALL_LEVELS - int(level)) / 2),)
        for word in words.split(" ")
    }


def part_of_speech(word: str) -> str:
    """Return the usual part of speech of a word; empty where the table does not have it.

    >>> part_of_speech("市长"), part_of_speech("北京"), part_of_speech("抵达")
    ('n', 'ns', 'v')
    """
    use = uses().get(word)
    return use.part if use else ""
