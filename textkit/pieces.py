"""Output as pieces: a renderer says what each piece means; whoever writes them knows the colours.

No renderer writes codes of a terminal itself, so nothing that a scraped text holds can pass for
one: the text of every piece is escaped where a terminal reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Piece = tuple[str, str]  # a text, and its style: words such as `red bold`; empty for none
Output = bytes | Iterable[Piece]  # data, or text with its styles

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_CONTROL_OR_BREAK = re.compile(_CONTROL.pattern[:-1] + "\t\n\u2028\u2029]")


def text_of(pieces: Iterable[Piece]) -> str:
    """Return pieces without their styles.

    >>> text_of([("a.txt", "bold"), (":3", "")])
    'a.txt:3'
    """
    return "".join(text for text, _ in pieces)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def visible(text: str) -> str:
    """Return `text` with control and bidi characters made visible; line ends and tabs stay.

    >>> visible("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return _CONTROL.sub(_escape, text)


def one_line(text: str) -> str:
    """Return `text` as one line without control characters.

    >>> one_line("no\\nsuch")
    'no\\\\x0asuch'
    """
    return _CONTROL_OR_BREAK.sub(_escape, text)
