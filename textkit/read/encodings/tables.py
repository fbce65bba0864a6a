"""Bytes to text and back as browsers do it, where that differs from Python's codecs.

The tables of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org) map the bytes that
Windows code pages leave undefined to the control characters of the same number, and three bytes
to letters that Python's tables do not have. What no table maps becomes U+FFFD.
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import NamedTuple

REPLACEMENT = "\ufffd"
_WINDOWS = frozenset(("cp874", *(f"cp125{i}" for i in range(9))))
_EXTRA = {  # bytes that Python's tables leave undefined
    "cp1255": {0xCA: "\u05ba"},
    "gb18030": {0x80: "€"},
}
_OTHER = {  # bytes that Python's tables map to a box-drawing character
    "koi8-u": {"\u255d": "ў", "\u256c": "Ў"},
}


class Decoded(NamedTuple):
    """A text, and how many places of the bytes could not be read."""

    text: str
    replaced: int


@cache
def patches(codec: str) -> dict[int, str]:
    """Return the characters of the bytes that Python's codec does not know."""
    name = codecs.lookup(codec).name
    controls = {byte: chr(byte) for byte in range(0x80, 0xA0)} if name in _WINDOWS else {}
    return {**controls, **_EXTRA.get(name, {})}


def decode(data: bytes, codec: str, final: bool = True) -> Decoded:
    """Return the text of `data`; a letter cut off at the end counts only where `final`.

    >>> decode(b"na\\xefve \\x81", "cp1252"), decode("é".encode() + b"\\xff", "utf-8")
    (Decoded(text='naïve \\x81', replaced=0), Decoded(text='é�', replaced=1))

    Raises LookupError where there is no such codec, UnicodeError where it can't replace.
    """
    replaced = 0
    table = patches(codec)

    def replace(error: UnicodeError) -> tuple[str, int]:
        nonlocal replaced
        assert isinstance(error, UnicodeDecodeError)
        if char := table.get(error.object[error.start]):
            return char, error.start + 1
        replaced += 1
        return REPLACEMENT, error.end

    codecs.register_error("textkit.decode", replace)
    text = codecs.getincrementaldecoder(codec)("textkit.decode").decode(data, final)
    for old, new in _OTHER.get(codecs.lookup(codec).name, {}).items():
        text = text.replace(old, new)
    return Decoded(text, replaced)


def encode(text: str, codec: str) -> bytes:
    """Return the bytes that `decode` reads as this text. Raises UnicodeError where there are none.

    >>> encode("naïve \\x81", "cp1252")
    b'na\\xefve \\x81'
    """
    back = {char: byte for byte, char in patches(codec).items()}

    def replace(error: UnicodeError) -> tuple[bytes, int]:
        assert isinstance(error, UnicodeEncodeError)
        byte = back.get(error.object[error.start])
        if byte is None:
            raise error
        return bytes((byte,)), error.start + 1

    for old, new in _OTHER.get(codecs.lookup(codec).name, {}).items():
        text = text.replace(new, old)
    codecs.register_error("textkit.encode", replace)
    return text.encode(codec, "textkit.encode" if back else "strict")
