"""Script families: one byte a character, so that letters are counted and found by the byte.

The families are the scripts, but Han, kana and bopomofo are one. Digits of a script are no letters.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from textkit.detect.languages import FAMILY
from textkit.text.scripts import scripts

_MOST_WITH_DIGITS = 1000  # code points of a range that may hold digits; the large ones are Han


@cache
def names() -> tuple[str, ...]:
    """The families by their bytes; byte 0 is what belongs to none.

    >>> names()[families("a")[0]]
    'Latn'
    """
    return ("", *sorted({FAMILY.get(code, code) for _, _, code in scripts()}))


@cache
def _table(digits: bool) -> NDArray[np.uint8]:
    numbers = {name: number for number, name in enumerate(names())}
    table = np.zeros(0x110000, np.uint8)
    for first, last, code in scripts():
        table[first : last + 1] = numbers[FAMILY.get(code, code)]
        if not digits and last - first < _MOST_WITH_DIGITS:
            here = map(chr, range(first, last + 1))
            table[[ord(c) for c in here if c.isdecimal() or c.isspace()]] = 0
    return table


def families(text: str, digits: bool = False) -> bytes:
    """Return the byte of each character's family; 0 for what is no letter, or digit, of a script.

    >>> families("a 1,b").count(0)
    3
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _table(digits).take(codes).tobytes()
