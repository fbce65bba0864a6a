"""Encodings that the pattern of the bytes shows: marks, escapes, and two or four bytes a letter."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from textkit.text.scripts import COMMON, script_of

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # starts as the mark of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPES = (  # of encodings of seven bits, which are valid UTF-8 too
    (re.compile(rb"\x1b\$[B@]|\x1b\([IJ]"), "iso2022_jp_ext"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"), "hz"),
)
_LOOK = 4000  # bytes of which the shape is looked at; a multiple of four
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")
_ASCII = re.compile(rb"[\x20-\x7e]")
MAX_ASCII = 0.8  # of bytes without a NUL or control byte; text of one byte a letter has more
# How much each class of characters speaks for text, and the least mean: chosen on sentences of ten
# languages in UTF-16 of both orders, against the same in 40 other encodings.
_USUAL, _HAN, _RARE = 1.0, 0.5, -2.0
MIN_SHAPE = 0.4
MIN_COMMON = 0.04  # share of kana and of marks, in text without a NUL: Han alone proves nothing


def mark(data: bytes) -> str | None:
    """Return the encoding that a byte-order mark names."""
    return next((name for bom, name in _MARKS if data.startswith(bom)), None)


def shape(data: bytes) -> str | None:
    """Return the encoding of ISO 2022, HZ, or of UTF-16 and UTF-32 without a mark.

    >>> shape("Жители ждали.".encode("utf-16-be")), shape("港の委員会".encode("iso2022_jp"))
    ('utf-16-be', 'iso2022_jp_ext')
    >>> shape("Größe und Länge".encode("cp1252")), shape(b"plain")
    (None, None)
    """
    return _escaped(data) or _wide(data[:_LOOK], len(data))


def _escaped(data: bytes) -> str | None:
    """The encoding whose escapes stand in bytes of seven bits, where all of them decode."""
    if (b"\x1b" not in data and b"~{" not in data) or not data.isascii():
        return None
    for pattern, name in _ESCAPES:
        if pattern.search(data) and decodes(data, name):
            return name
    return None


def decodes(data: bytes, codec: str) -> bool:
    """Does every byte decode, but for a last letter that may be cut off?"""
    try:
        codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeError:
        return False
    return True


def _wide(head: bytes, size: int) -> str | None:
    if len(head) < 8 or (b"\0" not in head and decodes(head, "utf-8")):
        return None
    for width, names in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        if size % width or not (b"\0" in head if width == 4 else _may_be_utf16(head)):
            continue
        best, name = max((_usual(head, name), name) for name in names)
        if best >= MIN_SHAPE:
            return name
    return None


def _may_be_utf16(head: bytes) -> bool:
    """Bytes of one a letter are nearly all ASCII letters, or hold no control bytes."""
    if b"\0" in head or _CONTROL.search(head):
        return True
    return len(_ASCII.findall(head)) <= MAX_ASCII * len(head)


def _usual(head: bytes, codec: str) -> float:
    """How usual the characters are that the bytes are in this encoding, from -2 to 1."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(head)
    except UnicodeError:
        return _RARE
    classes = Counter(_class_of(char) for char in text)
    weights = {"common": _USUAL, "kana": _USUAL, "latin": _USUAL, "han": _HAN, "rare": _RARE}
    if b"\0" in head:  # as every blank, digit and full stop has
        scripts = [(n, name) for name, n in classes.items() if name not in weights]
        weights |= {name: _USUAL for _, name in sorted(scripts)[-1:]}
    elif classes["common"] + classes["kana"] < MIN_COMMON * len(text):
        return _RARE
    return sum(weights.get(name, _RARE) * n for name, n in classes.items()) / max(1, len(text))


def _class_of(char: str) -> str:
    code = ord(char)
    if char in "\t\n\r " or 0x3000 <= code <= 0x3020 or 0xFF01 <= code <= 0xFF5E:
        return "common"
    if code < 0x250:
        return "latin" if char.isprintable() else "rare"
    if 0x3040 <= code <= 0x30FF:
        return "kana"
    if 0x4E00 <= code <= 0x9FFF:
        return "han"
    if 0xAC00 <= code <= 0xD7A3:
        return "hangul"
    if 0x2010 <= code <= 0x2030 or code == 0xFEFF:
        return "common"
    script = script_of(char)
    return "rare" if script == COMMON or code >= 0xA000 else script
