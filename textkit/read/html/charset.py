"""The markup of a page: in the encoding that it declares, where its bytes agree."""

from __future__ import annotations

from textkit.read.decoding import Reading, read_text


def decode_page(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the markup of a page and its encoding; what does not decode is replaced.

    Raises ConfigError where the encoding asked for is unknown, InputError where the bytes are none
    of a text.
    """
    text, name, _ = read_markup(data, encoding)
    return text, name or "utf-8"


def read_markup(data: bytes, encoding: str | None = None) -> Reading:
    """Return the markup of a page, without its mark, and how it was read. Raises likewise."""
    reading = read_text(data, encoding, markup=True)
    return reading._replace(text=reading.text.removeprefix("\ufeff"))
