"""Kinds of files that hold no text that can be read here, known by their first bytes."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from textkit.errors import InputError

_LOOK = 4096  # bytes in which a kind is looked for


class Kind(NamedTuple):
    """A kind of file: how it begins, and what it is."""

    magic: re.Pattern[bytes]
    name: str
    advice: str


_CONVERT = "turn it into text or HTML first"
_KINDS = tuple(
    Kind(re.compile(magic, re.DOTALL), name, advice)
    for magic, name, advice in (
        (rb"(?:[^<]{0,1000}[\r\n])?%PDF-\d\.\d[ \t]*[\r\n%]", "a PDF file", _CONVERT),
        (rb"\x89PNG", "a PNG image", _CONVERT),
        (rb"\xff\xd8\xff", "a JPEG image", _CONVERT),
        (rb"GIF8[79]a.{0,6}[\x00-\x08\x0e-\x1a]", "a GIF image", _CONVERT),
        (rb"PK\x03\x04", "a ZIP archive or an Office file", _CONVERT),
        (rb"\x1f\x8b", "a gzip file", _CONVERT),
        (rb"\xd0\xcf\x11\xe0", "an Office file", _CONVERT),
        (rb"RIFF.{4}(?:WAVE|AVI |WEBP|RMID|ACON)", "a media file", _CONVERT),
    )
)


def kind_of(data: bytes) -> Kind | None:
    """Return the kind of file that bytes begin like; none for text of any encoding."""
    head = data[:_LOOK].removeprefix(codecs.BOM_UTF8).lstrip()
    return next((kind for kind in _KINDS if kind.magic.match(head)), None)


def refuse_other(data: bytes, wanted: str) -> None:
    """Raise InputError where bytes that should be `wanted` are another kind of file."""
    if kind := kind_of(data):
        raise InputError(f"{kind.name}, not {wanted}", kind.advice)
