"""Bytes to text: which encoding, and an honest no where none fits."""

from __future__ import annotations

import codecs
import re

from textkit.errors import ConfigError, InputError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOK = 8192  # bytes that are looked at to tell binary data from text


def decode_bytes(data: bytes, encoding: str | None = None) -> tuple[str, str | None]:
    """Return the text and its encoding (null for UTF-8); a byte-order mark stays in the text.

    >>> decode_bytes(b"na\\xc3\\xafve")
    ('naïve', None)

    Raises InputError where the bytes are not text in that encoding, ConfigError where the
    encoding asked for is unknown.
    """
    name = encoding or next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise _undecodable(data, name, error) from None
    except (LookupError, ValueError):  # a name with a NUL byte is a ValueError
        raise ConfigError(f"unknown encoding: {name!r}") from None
    if name == "utf-8" and _is_binary(data):
        raise InputError("binary data, not text")
    return text, None if codecs.lookup(name).name == "utf-8" else name


def encode_text(text: str, encoding: str | None) -> bytes:
    """Return the bytes that `decode_bytes` read: its inverse."""
    return text.encode(encoding or "utf-8", errors="surrogatepass" if not encoding else "strict")


def _is_binary(data: bytes) -> bool:
    head = data[:_LOOK]
    return len(_CONTROL.findall(head)) * 10 > len(head)


def _undecodable(data: bytes, name: str, error: UnicodeDecodeError) -> InputError:
    if name == "utf-8" and _is_binary(data):
        return InputError("binary data, not text")
    what = f"not {name.upper()} text: byte 0x{data[error.start]:02x} at offset {error.start}"
    return InputError(what, "say --encoding NAME if it is text in another encoding")
