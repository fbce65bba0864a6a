"""Blanks: at the ends of lines, between lines, at the end of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textkit.clean.dense import sweep
from textkit.edits import Edit

_BREAK = re.compile(r"(?<![ \t])[ \t]*+\n[ \t\n]*+")
_SIGN = re.compile(r"\n(?:[ \t]|\n\n|(?<=[ \t]\n))")
_START = re.compile(r"[ \t\n]+")


def blanks(text: str) -> Iterator[Edit]:
    """Yield edits that trim lines, keep one blank line of several and end the text with one LF.

    >>> [(e.start, e.old, e.new) for e in blanks(" a \\n\\n\\n  b")]
    [(0, ' ', ''), (2, ' \\n\\n\\n  ', '\\n\\n'), (9, '', '\\n')]
    """
    content = text.rstrip(" \t\n")
    if not content:
        if text:
            yield Edit(0, text, "", "TK309")
        return
    start = _START.match(text)
    if start:
        yield Edit(0, start[0], "", "TK309" if "\n" not in start[0] else "TK310")
    if _SIGN.search(text):
        yield from _inner(text, start.end() if start else 0, len(content))
    end = text[len(content) :]
    if end != "\n":
        rule = "TK310" if "\n\n" in end else "TK309" if end else "TK308"
        yield Edit(len(content), end, "\n", rule)


def _inner(text: str, start: int, end: int) -> Iterator[Edit]:
    return sweep(_BREAK, text, _narrowed, (start, end))


def _narrowed(match: re.Match[str]) -> tuple[str, str]:
    lines = match[0].count("\n")
    return ("\n\n" if lines > 1 else "\n"), ("TK310" if lines > 2 else "TK309")
