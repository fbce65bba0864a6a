"""Packed files: opened as what is in them, and never more of it than is allowed."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO, cast

from textkit.errors import InputError, MissingModelError

MAX_UNPACKED = 1 << 28  # bytes of one packed file that are read whole
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


def unpacked(stream: BinaryIO) -> BinaryIO:
    """Return a stream of what is packed in another one; one that is not packed as it is."""
    outer = _peekable(stream)
    return _inner(outer) or outer


def _peekable(stream: BinaryIO) -> BinaryIO:
    if hasattr(stream, "peek"):
        return stream
    return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", stream)))


def _inner(stream: BinaryIO) -> BinaryIO | None:
    """A stream of what is packed in a stream that can be peeked into; none where nothing is."""
    head = stream.peek(4)[:4]  # type: ignore[attr-defined]
    if head.startswith(_GZIP):
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    return _zstd(stream) if head.startswith(_ZSTD) else None


def _zstd(stream: BinaryIO) -> BinaryIO:
    try:
        import zstandard
    except ImportError:
        hint = "install textkit[formats], or unpack it first"
        raise MissingModelError("a Zstandard file", hint) from None
    reader = zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream)
    return cast("BinaryIO", io.BufferedReader(reader))


def read_unpacked(stream: BinaryIO, most: int = MAX_UNPACKED) -> bytes:
    """Return all that is in a stream, packed or not.

    Raises InputError where it is damaged, or where a packed one holds more than `most` bytes.
    """
    outer = _peekable(stream)
    inner = _inner(outer)
    if inner is None:
        return outer.read(most + 1) if most != MAX_UNPACKED else outer.read()
    try:
        data = inner.read(most + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile, ValueError) as error:
        raise InputError(f"a damaged packed file: {error}") from None
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        raise InputError(f"a damaged packed file: {error}") from None
    if len(data) > most:
        raise InputError(f"unpacks to more than {most:,} bytes", "unpack and split it first")
    return data
