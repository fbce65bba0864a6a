"""Scripts: which writing system a character belongs to (ISO 15924 codes)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from textkit.text.tables import char_class, ranges

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COMMON = "Zyyy"  # characters that many scripts share: digits, punctuation, blanks


@cache
def _table() -> tuple[list[int], list[int], list[str]]:
    firsts, lasts, codes = [], [], []
    for first, last, (code,) in ranges("textkit.text", "scripts.tsv"):
        firsts.append(first)
        lasts.append(last)
        codes.append(code)
    return firsts, lasts, codes


def scripts() -> Iterator[tuple[int, int, str]]:
    """Yield the ranges of the table: first and last code point, and their script."""
    return zip(*_table(), strict=True)


@cache
def script_of(char: str) -> str:
    """Return the script of one character; `Zyyy` where several share it.

    >>> script_of("a"), script_of("马"), script_of("7")
    ('Latn', 'Hani', 'Zyyy')
    """
    firsts, lasts, codes = _table()
    at = bisect_right(firsts, ord(char)) - 1
    return codes[at] if at >= 0 and ord(char) <= lasts[at] else COMMON


@cache
def pattern(*scripts: str) -> re.Pattern[str]:
    """Return a pattern for one or more characters of these scripts in a row."""
    firsts, lasts, codes = _table()
    spans = ((a, b) for a, b, c in zip(firsts, lasts, codes, strict=True) if c in scripts)
    return re.compile(f"[{char_class(spans)}]+")


@cache
def _numbers() -> tuple[tuple[str, ...], NDArray[np.uint8]]:
    """The scripts by their numbers, and the number of each code point's script."""
    import numpy as np

    names = (COMMON, *sorted({code for _, _, code in scripts()} - {COMMON}))
    numbers = np.zeros(0x110000, np.uint8)
    for first, last, code in scripts():
        numbers[first : last + 1] = names.index(code)
    return names, numbers


def script_numbers(text: str) -> bytes:
    """Return the number of each character's script, an index of `script_names`; 0 is common."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _numbers()[1].take(codes).tobytes()


def script_names() -> tuple[str, ...]:
    """Return the scripts that `script_numbers` numbers, in alphabetical order after the first."""
    return _numbers()[0]


def letters_by_script(text: str) -> Counter[str]:
    """Count the letters of each script, in order of their first; what several share is left out.

    >>> letters_by_script("GPU供应")
    Counter({'Latn': 3, 'Hani': 2})
    """
    names, numbers = script_names(), script_numbers(text)
    found = sorted(set(numbers) - {0}, key=numbers.find)
    return Counter({names[number]: numbers.count(number) for number in found})
