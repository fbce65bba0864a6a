"""TK1xx to TK3xx: what cleaning would remove, under cleaning's own codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textkit.check.findings import Finding
from textkit.clean import line_reasons, reason_of
from textkit.edits import Edit
from textkit.text.lines import LineIndex

WIDTH = 60  # characters of what would go that a message shows
_CHARACTERS = "TK3"  # the family that repeats itself all through a file
_LINE_ENDS = "TK308"  # TK005 says it once where there are odd ones
_BLANK_LINES = "TK310"
_ODD_END = re.compile("[\r\x85\u2028\u2029]")


def residue(path: str, text: str, edits: Iterable[Edit], wanted: frozenset[str]) -> list[Finding]:
    """Return a finding for each edit of cleaning; a rule about characters gives one a file."""
    index, edits = LineIndex(text), list(edits)
    reasons = line_reasons(text, edits)
    chosen = (
        edit
        for edit in edits
        if edit.rule in wanted
        and not (edit.rule == _LINE_ENDS and "TK005" in wanted and _ODD_END.search(edit.old))
        and not (edit.rule == _BLANK_LINES and not _has_blank_lines(text, edit))
    )
    return [_finding(path, index, edit, more, reasons) for edit, more in _once(chosen)]


def _has_blank_lines(text: str, edit: Edit) -> bool:
    """Are the blank lines the file's own, or only what a removal beside them would leave?"""
    start, end = edit.start, edit.end
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    allowed = 0 if not start else 1 if end == len(text) else 2
    return text.count("\n", start, end) > allowed


def _once(edits: Iterable[Edit]) -> Iterator[tuple[Edit, int]]:
    """Yield each edit, and how many more the file has of its kind where those are not yielded."""
    groups: dict[str, list[Edit]] = {}
    for edit in edits:
        if edit.rule.startswith(_CHARACTERS):
            groups.setdefault(edit.rule, []).append(edit)
        else:
            yield edit, 0
    for same in groups.values():
        yield same[0], len(same) - 1


def _finding(
    path: str, index: LineIndex, edit: Edit, more: int, reasons: dict[str, str]
) -> Finding:
    line, col = index.position(edit.start + _first_difference(edit.old, edit.new))
    message = reason_of(edit, reasons)
    shown = _shortened(edit.old)
    if shown and not edit.rule.startswith(_CHARACTERS):
        message += f": {shown!r}"
    if more:
        message += f" (and {more} more in this file)"
    return Finding(path, line, col, edit.rule, message, fixable=True)


def _first_difference(old: str, new: str) -> int:
    """Where what goes begins: blanks before it do not count, nor does what stays.

    >>> _first_difference(" ?url=a", ""), _first_difference("One  two", "One two")
    (1, 4)
    """
    if not new:
        return (len(old) - len(old.lstrip())) % max(1, len(old))  # blanks alone: at the first one
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if old[:middle] == new[:middle] else (low, middle - 1)
    return low


def _shortened(text: str) -> str:
    """What goes, on one line; its first line tells enough.

    >>> _shortened("0 views\\n0\\n")
    '0 views ...'
    """
    first, _, rest = re.sub(r"[^\S\n]+", " ", text.strip()).partition("\n")
    if len(first) > WIDTH:
        return first[: WIDTH - 3] + "..."
    return first + " ..." if rest.strip() else first
