"""Scripts: which writing system a character belongs to (ISO 15924 codes)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache

from textkit.text.tables import char_class, ranges

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


def letters_by_script(text: str) -> Counter[str]:
    """Count the letters of each script; what is common to several is left out.

    >>> letters_by_script("GPU供应")
    Counter({'Latn': 3, 'Hani': 2})
    """
    found: Counter[str] = Counter()
    for char, count in Counter(text).items():
        script = script_of(char)
        if script != COMMON:
            found[script] += count
    return found
