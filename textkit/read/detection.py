"""Which encoding bytes are in that declare none: the one in which they read like a language.

Each encoding that fits is tried, and the letters outside ASCII that come out are marked: frequent
letters of a language it is used for speak for it, strange signs and case that jumps inside words
against it. A composite of coding scheme and character distribution (Li and Momoi, 2001).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from textkit.text.tables import rows

LOOK = 6_000  # bytes outside ASCII that are enough to judge by
SURE = 0.45  # mean mark a letter; less is no language that is known here
_HIGH = re.compile(rb"[\x80-\xff]")
_PUNCTUATION = frozenset(
    "‘’“”„‚«»‹›–—…•·°§©®™€£¥½¼¾²³ºª¿¡¨´\u00a0。、，．・：；？！（）「」『』【】《》〈〉〔〕～　ー々"
)
_SIGN = re.compile(  # of windows-1252, where no letter of another encoding stands: £5, 20 m³, ¿Qué
    r"[€…‘’“”•–—™\xa0«»]|(?<![A-Za-z])[¢£¤¥§©®¶·×±](?![A-Za-z])|(?<=\d)[°ªº¼½¾²³]|(?<=\bm)[²³]"
    r"|(?<=\b[kcmd]m)[²³]|(?<!\w)[¼½¾](?!\w)|(?<!\w)[¡¿](?=[A-Z])|(?<!\w)µ(?=[a-z])"
)
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_DIGIT = re.compile(r"(?<!\w)[^\W\d_\x00-\x7f](?=\d)")  # Ł5, which is £5
WIDE = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")


class Guess(NamedTuple):
    """An encoding, and how much the text reads like one of its languages (at most 1)."""

    encoding: str
    mark: float


@cache
def _languages() -> list[tuple[str, dict[str, float]]]:
    """Encodings and the marks of their letters, from 1 for a frequent letter to 0.6."""
    found = []
    for names, _, letters in rows("textkit.read", "encodings.tsv"):
        marks = {c: 1.0 - 0.4 * i / len(letters) for i, c in enumerate(letters)}
        found += [(name, marks) for name in names.split(" ")]
    return found


def detect(data: bytes) -> Guess | None:
    """Return the encoding in which bytes that are no UTF-8 read best; null where none does.

    >>> detect("Größe und Länge".encode("cp1252"))
    Guess(encoding='cp1252', mark=0.8)
    """
    if name := of_shape(data):
        return Guess(name, 1.0)
    if _has_signs_only(data):
        return Guess("cp1252", 1.0)
    best: Guess | None = None
    for name in dict.fromkeys(name for name, _ in _languages()):
        mark = fitness(data, name)
        if mark >= SURE and (best is None or mark > best.mark + 1e-9):
            best = Guess(name, mark)
    return best


def _has_signs_only(data: bytes) -> bool:
    """Is all that is not ASCII a sign where signs stand? Letters elsewhere have company."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return 0 < len(_HIGH.findall(data)) == len(_SIGN.findall(text))


def fitness(data: bytes, name: str) -> float:
    """Return how much bytes read like a language of this encoding: from -1 to 1.

    A broken letter or two, as where a page was cut off, is a loss and no refusal.
    """
    text, broken = _decode(_sample(data), name)
    letters = sum(1 for char in text if char > "\x7f")
    if not letters:
        return 0.0
    tables = [marks for other, marks in _languages() if other == name] or [{}]
    every = {c for marks in tables for c in marks}
    score = max(_mark(text, marks, every, name in WIDE) for marks in tables)
    return round(max(-1.0, score - 20.0 * broken / letters), 4)


def _sample(data: bytes) -> bytes:
    """The part of long data that has enough letters outside ASCII to judge by."""
    if len(data) <= LOOK:
        return data
    pieces, have = [], 0
    for line in data.splitlines(keepends=True):
        high = len(_HIGH.findall(line))
        if high:
            pieces.append(line[: 10 * LOOK])
            have += high
        if have >= LOOK:
            break
    return b"".join(pieces)


def _decode(data: bytes, name: str) -> tuple[str, int]:
    """Return the text and the number of places that do not decode."""
    decoder = codecs.getincrementaldecoder(name)("replace")
    text = decoder.decode(data)  # not final: a letter that was cut off at the end is no error
    return text, text.count("\ufffd")


def _mark(text: str, marks: dict[str, float], every: set[str], wide: bool) -> float:
    """The mean mark of the letters of `text` outside ASCII."""
    counts: dict[str, int] = {}
    for char in text:
        if char > "\x7f":
            counts[char] = counts.get(char, 0) + 1
    total = sum(counts.values())
    score = sum(n * _of_char(char, marks, every, wide) for char, n in counts.items())
    return score / total - (0.0 if wide else _jumps(text) / total)


def _of_char(char: str, marks: dict[str, float], every: set[str], wide: bool) -> float:
    low = char.lower()
    if low in marks:
        return marks[low] if low == char else 0.8 * marks[low]
    if char in _PUNCTUATION:
        return 0.6
    if "\uff61" <= char <= "\uff9f" or not char.isprintable():
        return -1.0
    if wide and "\u3400" <= char <= "\u9fff":
        return 0.35
    if wide and "\uac00" <= char <= "\ud7a3":
        return 0.35 if "이" in marks else -0.3
    if wide and unicodedata.east_asian_width(char) == "F":
        return 0.5
    return 0.1 if low in every else -0.5


def _jumps(text: str) -> float:
    """What is odd: small letters before capitals, two scripts in a word, a letter on a number."""
    odd = 1.0 * len(_BEFORE_DIGIT.findall(text))
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        inner = sum(a.islower() and b.isupper() for a, b in pairwise(word))
        odd += inner
        if len(word) > 3 and word.isupper():
            odd += 0.3 * len(word)
        latin = sum(c <= "\u024f" or "\u1e00" <= c <= "\u1eff" for c in word)
        if 0 < latin < len(word):
            odd += 1.0
    return odd


def of_shape(data: bytes) -> str | None:
    """Return UTF-16 without a mark, known by its NUL bytes, or ISO-2022-JP, by its escapes."""
    head = data[:2000]
    if b"\x1b$B" in head or b"\x1b$@" in head:
        return "iso2022_jp"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if len(head) >= 8 and most * 10 > len(head) and least * 10 <= most:
        return "utf-16-be" if even > odd else "utf-16-le"
    return None
