"""Bytes to text: which encoding, and an honest no where none fits."""

from __future__ import annotations

import codecs
import re

from textkit.errors import ConfigError, InputError, RecordError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BROKEN = 10  # letters outside ASCII, to one broken one, in UTF-8 that was damaged
_LETTER = re.compile(r"[^\x00-\x7f]")
_LOOK = 8192  # bytes that are looked at to tell binary data from text


def decode_bytes(data: bytes, encoding: str | None = None) -> tuple[str, str | None]:
    """Return the text and its encoding (null for UTF-8); a byte-order mark stays in the text.

    >>> decode_bytes(b"na\\xc3\\xafve")
    ('naïve', None)

    Raises InputError where the bytes are not text in that encoding, ConfigError where the
    encoding asked for is unknown.
    """
    name = _exact(data, encoding) or marked(data) or "utf-8"
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        if not encoding and name == "utf-8" and (found := _detected(data)):
            return found
        raise _undecodable(data, name, error) from None
    except (LookupError, ValueError):  # a name with a NUL byte is a ValueError
        raise ConfigError(f"unknown encoding: {name!r}") from None
    if name == "utf-8" and _is_binary(data):
        if not encoding and (found := _detected(data)):
            return found
        raise InputError("binary data, not text")
    return text, None if codecs.lookup(name).name == "utf-8" else name


def marked(data: bytes) -> str | None:
    """Return the wide encoding that a byte-order mark names."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def _exact(data: bytes, encoding: str | None) -> str | None:
    """The encoding asked for, by the name under which the mark stays in the text."""
    if not encoding:
        return None
    plain = encoding.lower().replace("_", "-")
    if plain in ("utf-16", "utf-32") and (name := marked(data)) and name.startswith(plain):
        return name
    return "utf-8" if plain == "utf-8-sig" else encoding


def _detected(data: bytes) -> tuple[str, str] | None:
    """Return the text in the encoding that its letters speak for, if it gives the bytes back."""
    from textkit.read.detection import detect, of_shape

    name = of_shape(data)
    if not name and not _is_binary(data) and not is_broken_utf8(data):
        name = guess.encoding if (guess := detect(data)) else None
    try:
        text = data.decode(name or "ascii")
        return (text, name) if name and text.encode(name) == data else None
    except UnicodeError:
        return None


def is_broken_utf8(data: bytes) -> bool:
    """Are the bytes UTF-8 but for a few? Then another encoding would only make it worse."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)  # a cut end is no error
    letters = len(_LETTER.findall(text))
    return text.count("\ufffd") * BROKEN < letters


def encode_text(text: str, encoding: str | None) -> bytes:
    """Return the bytes that `decode_bytes` read: its inverse.

    Raises RecordError where the encoding does not have the text's letters.
    """
    try:
        return text.encode(encoding or "utf-8", "strict" if encoding else "surrogatepass")
    except (LookupError, UnicodeError):  # idna raises no UnicodeEncodeError
        raise RecordError(f"the text can't be written as {encoding}") from None


def _is_binary(data: bytes) -> bool:
    head = data[:_LOOK]
    return len(_CONTROL.findall(head)) * 10 > len(head)


def _undecodable(data: bytes, name: str, error: UnicodeDecodeError) -> InputError:
    if name == "utf-8" and _is_binary(data):
        return InputError("binary data, not text")
    what = f"not {name.upper()} text: byte 0x{data[error.start]:02x} at offset {error.start}"
    return InputError(what, "say --encoding NAME if it is text in another encoding")
