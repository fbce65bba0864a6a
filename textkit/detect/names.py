"""Names say little about the language that they stand in: "Knowledge @ Wharton" is no English."""

from __future__ import annotations

import re
from functools import cache

_LETTERS = re.compile(r"[^\W\d_]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_BICAMERAL = ((0x41, 0x250), (0x370, 0x530), (0x1E00, 0x2000))  # Latin, Greek, Cyrillic, more Latin
_LEAST = 12  # letters that must be left for the rest to speak
_SHARE = 0.25  # of all letters
MIN_NAMES = 3  # capitalised words
MAX_BESIDE_NAMES = 0.35  # share of the letters beside the names of a text that is mostly names


@cache
def _capitalised() -> re.Pattern[str]:
    upper = "".join(
        chr(c) for first, end in _BICAMERAL for c in range(first, end) if chr(c).isupper()
    )
    return re.compile(rf"[{upper}](?<!\w.)[\w'’-]*")


def without_names(text: str) -> str:
    """Return the text without its capitalised words, or as it is where little would be left.

    >>> without_names("noticias sobre Knowledge Wharton y otras"), without_names("Key Findings")
    ('noticias sobre     y otras', 'Key Findings')
    """
    rest = _capitalised().sub(" ", text)
    left = _count(rest)
    if left >= max(_LEAST, _SHARE * len(text)) or left >= max(_LEAST, _SHARE * _count(text)):
        return rest
    return text


def words_between_names(text: str) -> str:
    """Return the words of a text that is mostly a list of names, "" for any other text.

    >>> words_between_names("Shares of Crédit Agricole, Deutsche Bank and Intesa Sanpaolo fell.")
    ' of  ,   and   fell.'
    >>> words_between_names("Der Rat hat am Montag dafür gestimmt.")
    ''
    """
    if "," not in text:
        return ""
    rest, names = _capitalised().subn("", text)
    left = _count(rest)
    if names < MIN_NAMES or not left or left > MAX_BESIDE_NAMES * _count(text):
        return ""
    return rest


def _count(text: str) -> int:
    """The number of letters."""
    if text.isascii():
        return len(text.encode().translate(None, _NO_LETTERS))
    return sum(map(len, _LETTERS.findall(text)))
