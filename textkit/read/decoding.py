"""Bytes to text, with what a person should know of it; and back."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from textkit.errors import ConfigError, InputError, RecordError
from textkit.read.encodings import tables
from textkit.read.encodings.judge import Verdict, judge
from textkit.read.encodings.labels import codec_of, declared
from textkit.read.encodings.shapes import mark

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOK = 8192  # bytes that are looked at to tell binary data from text
BINARY = 20  # bytes to one control byte in text; evenly spread bytes have ten
_OTHER = "say --encoding NAME if it is text in another encoding"
MAX_REPLACED = 0.1  # of the characters outside ASCII; more is no text in this encoding


class Reading(NamedTuple):
    """The text of some bytes, and how it was read."""

    text: str
    encoding: str | None  # null for UTF-8
    doubts: tuple[str, ...]  # what a person should know


def decode_bytes(data: bytes, encoding: str | None = None) -> tuple[str, str | None]:
    """Return the text and its encoding (null for UTF-8); a byte-order mark stays in the text.

    >>> decode_bytes(b"na\\xc3\\xafve")
    ('naïve', None)

    Raises InputError where the bytes are no text, ConfigError where the encoding asked for is
    unknown.
    """
    return read_text(data, encoding)[:2]


def read_text(data: bytes, encoding: str | None = None, markup: bool = False) -> Reading:
    """Return the text of `data`, in which `markup` may declare its encoding.

    Raises as `decode_bytes` does.
    """
    verdict = _verdict(data, encoding, markup)
    if verdict.by != "asked":
        _check_text(data, verdict)
    try:
        text, replaced = tables.decode(data, verdict.codec)
    except UnicodeError:  # a codec that can't replace
        raise InputError(f"not {verdict.codec.upper()} text", "say --encoding NAME") from None
    outside = sum(char > "\x7f" for char in text) if replaced else 0
    if replaced > MAX_REPLACED * outside and replaced > 1 and not markup:
        raise InputError(_first_broken(data, verdict.codec), _OTHER)
    utf8 = codecs.lookup(verdict.codec).name == "utf-8"
    return Reading(text, None if utf8 else verdict.codec, tuple(_doubts(verdict, replaced)))


def _verdict(data: bytes, encoding: str | None, markup: bool) -> Verdict:
    if not encoding:
        return judge(data, declared(data) if markup else None)
    plain = encoding.lower().replace("_", "-")
    if plain in ("utf-16", "utf-32") and (name := mark(data)) and name.startswith(plain):
        return Verdict(name, "asked")  # by the name under which the mark stays in the text
    if not codec_of(encoding):
        raise ConfigError(f"unknown encoding: {encoding!r}")
    return Verdict("utf-8" if plain == "utf-8-sig" else _exact(encoding), "asked")


def _exact(label: str) -> str:
    """The codec of this very name, where Python has one; else what browsers take it for."""
    try:
        codecs.lookup(label)
    except LookupError:
        return codec_of(label) or label
    return label


def _check_text(data: bytes, verdict: Verdict) -> None:
    """Raise InputError where bytes are no text in an encoding of one or more bytes a letter."""
    head = data[:_LOOK].rstrip(b"\0") or data[:_LOOK]  # what was cut from a disk ends in NUL bytes
    if verdict.by == "nothing":
        raise InputError(_first_broken(data, "utf-8"), _OTHER)
    if verdict.by not in ("mark", "shape") and len(_CONTROL.findall(head)) * BINARY > len(head):
        raise InputError("binary data, not text")


def _first_broken(data: bytes, codec: str) -> str:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return f"not {codec.upper()} text: byte 0x{data[error.start]:02x} at offset {error.start}"
    return f"not {codec.upper()} text"


def _doubts(verdict: Verdict, replaced: int) -> list[str]:
    doubts = []
    if verdict.by == "letters":
        doubt = f"no encoding declared: read as {verdict.codec}, by its letters"
        if verdict.second:
            doubt += f"; {verdict.second} fits nearly as well (say --encoding NAME)"
        doubts.append(doubt)
    if replaced:
        places = "one place" if replaced == 1 else f"{replaced:,} places"
        doubts.append(f"{places} could not be read as {verdict.codec}: U+FFFD stands there")
    return doubts


def encode_text(text: str, encoding: str | None) -> bytes:
    """Return the bytes that `decode_bytes` read: its inverse.

    Raises RecordError where the encoding does not have the text's letters.
    """
    try:
        if not encoding or codecs.lookup(encoding).name == "utf-8":
            return text.encode("utf-8", "strict" if encoding else "surrogatepass")
        return tables.encode(text, encoding)
    except (LookupError, UnicodeError):  # idna raises no UnicodeEncodeError
        raise RecordError(f"the text can't be written as {encoding}") from None
