"""What may reach a terminal: no control character of scraped text, colour only where wanted."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

from textkit.pieces import Piece, one_line, text_of, visible

_CODES = {
    "bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "blue": 34, "magenta": 35,
    "cyan": 36,
}  # fmt: skip


def shortened(text: str, width: int = 60) -> str:
    """Return `text` on one line of at most `width` characters.

    >>> shortened("a b  c" * 20, 10)
    'a b ca b …'
    """
    line = " ".join(text.split())
    return one_line(line if len(line) <= width else line[: width - 1] + "…")


def painted(pieces: Iterable[Piece], color: bool, terminal: bool) -> str:
    """Return pieces as text: with codes where `color` asks for them, escaped for a terminal.

    Coloured text is escaped too: whatever takes the codes takes those of the text.

    >>> painted([("a", "red bold"), ("b\\x1b", "")], True, False)
    '\\x1b[31;1ma\\x1b[0mb\\\\x1b'
    """
    if not color:
        return visible(text_of(pieces)) if terminal else text_of(pieces)
    return "".join(_styled(visible(text), style) for text, style in pieces)


def _styled(text: str, style: str) -> str:
    codes = ";".join(str(_CODES[word]) for word in style.split())
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def wants_color(choice: str, stream: TextIO) -> bool:
    """Is output to `stream` to be coloured? `choice` is auto, always or never.

    With auto NO_COLOR forbids it, FORCE_COLOR and CLICOLOR_FORCE demand it, and else a terminal
    has it.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(
        os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")
    ):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
