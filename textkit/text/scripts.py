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

# Blocks of Unicode for character classes, with the signs that a script shares with others (ー).
HEBREW, ARABIC, INDIC = r"\u0590-\u05ff", r"\u0600-\u06ff\u0750-\u077f", r"\u0900-\u0dff"
ARMENIAN, GEORGIAN, ETHIOPIC = r"\u0530-\u058f", r"\u10d0-\u10ff", r"\u1200-\u139f"
THAI, LAO, MYANMAR, KHMER = r"\u0e00-\u0e7f", r"\u0e80-\u0eff", r"\u1000-\u109f", r"\u1780-\u17ff"
HIRAGANA, KANA, HANGUL = r"\u3040-\u309f", r"\u3040-\u30ff", r"\uac00-\ud7af"
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CYRILLIC = r"\u0400-\u052f"
LATIN, GREEK_CYRILLIC = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff", r"\u0370-\u052f"
THAI_SIGNS = r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
KATAKANA = r"\u30a1-\u30fa\u30fc"
VIETNAMESE_LETTERS = r"\u0103\u0111\u01a1\u01b0\u1ea1-\u1ef9"  # that few others write
RIGHT_TO_LEFT = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
BEYOND_LATIN = r"\u0370-\u1dff\u2c00-\ufaff\ufb1d-\uffef"
# What is written without blanks between words: letters of South-East Asia, then signs of East Asia.
DENSE_LETTERS = THAI + LAO + MYANMAR + KHMER
UNSPACED_LETTERS = DENSE_LETTERS + KANA + HAN
UNCASED = (
    HEBREW + ARABIC + r"\u0700-\u08ff" + INDIC + DENSE_LETTERS + ETHIOPIC + KANA + HAN + HANGUL
)
EAST_ASIAN_TEXT = r"\u3000-\u30ff\uff00-\uffef" + HAN  # with punctuation and full-width forms
# Vowel signs and other marks inside words, Latin to Sinhala.
COMBINING = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0816-\u082d\u08ca-\u0903\u093a-\u094f\u0951-\u0957"
    r"\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70-\u0a83\u0abc-\u0acd"
    r"\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83"
    r"\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0d81-\u0d83\u0dca-\u0ddf"
)
# What takes two columns on a screen: letters, marks and full-width forms of East Asia.
EAST_ASIAN = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
FULL_WIDTH = r"\u1100-\u11ff\uff01-\uff60" + EAST_ASIAN


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
