"""What may reach a terminal: no control character of scraped text, colour only where wanted."""

from __future__ import annotations

import os
import re
from typing import TextIO

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_CONTROL_OR_BREAK = re.compile(_CONTROL.pattern[:-1] + "\t\n\u2028\u2029]")


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def visible(text: str) -> str:
    """Return `text` with control and bidi characters made visible; line ends and tabs stay.

    >>> visible("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return _CONTROL.sub(_escape, text)


def plain(text: str) -> str:
    """Return `text` as one line without control characters.

    >>> plain("no\\nsuch")
    'no\\\\x0asuch'
    """
    return _CONTROL_OR_BREAK.sub(_escape, text)


def shortened(text: str, width: int = 60) -> str:
    """Return `text` on one line of at most `width` characters.

    >>> shortened("a b  c" * 20, 10)
    'a b ca b …'
    """
    line = " ".join(text.split())
    return plain(line if len(line) <= width else line[: width - 1] + "…")


def wants_color(choice: str, stream: TextIO) -> bool:
    """Is output to `stream` to be coloured: `auto`, `always` or `never`, and NO_COLOR."""
    if choice != "auto":
        return choice == "always"
    return not os.environ.get("NO_COLOR") and stream.isatty() and os.environ.get("TERM") != "dumb"
