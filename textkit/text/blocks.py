"""Blocks: paragraphs, headings, list items and table rows of a plain text.

Scraped text has lost its markup; what is left is the shape of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from textkit.text.marks import CLOSERS, marks
from textkit.text.scripts import EAST_ASIAN, HAN, KANA
from textkit.text.tails import ends_with_tail

PARAGRAPH, HEADING, ITEM, ROW, LEAD_IN = "paragraph", "heading", "item", "row", "lead_in"

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(
    r"\s*(?:(?:[•‣▪■□●○◦∙·►▶▸➤➔→✔✓✅*–—-]|\(?(?:\d{1,3}|[ivx]{1,4})(?:\.\)|[.)])|[a-z]\))\s+"
    r"|[・•■□●►▶▸➤✔✓]|[（(]?[一二三四五六七八九十]{1,3}(?:[）)]|、(?![一二三四五六七八九十])))\s*\S"
)
_SPEECH = re.compile(r"\s*[–—-]\s")
_INNER_END = re.compile(rf"[{marks()}][{re.escape(CLOSERS)}]*\s+[^\W\d_a-z]")
_WIDE = re.compile(rf"[{EAST_ASIAN}]")
_FIRST_WORD = re.compile(rf"[{KANA}{HAN}]|\S+")
_CELLS = re.compile(r"\S(?:\t| \| )\s*\S")
_NUMBERED = re.compile(r"[^\w\s]?\d")
MOST_OF_ROW = 160  # characters of a table's row
LEAST_COLUMN = 40  # characters; nobody wraps prose at fewer
HEADING_WIDTH = 110  # columns; longer lines without a full stop are still prose


class Block(NamedTuple):
    """A span of the text and what it is."""

    start: int
    end: int
    kind: str


def blocks(text: str) -> list[Block]:
    """Return the blocks of `text` in order; blank lines and outer blanks belong to none.

    >>> [b.kind for b in blocks("A Title\\n\\nIt rained. It poured.\\n• one\\n• two")]
    ['heading', 'paragraph', 'item', 'item']
    """
    found: list[Block] = []
    for group in _groups(text):
        found += _of_group(text, group, found[-1].kind if found else "")
    return found


def _groups(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield runs of lines with no blank line between them, each line without outer blanks."""
    group: list[tuple[int, int]] = []
    last = -1
    for match in _LINE.finditer(text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start >= end:
            continue
        if group and match.start() != last + 1:
            yield group
            group = []
        group.append((start, end))
        last = match.end()
    if group:
        yield group


def _of_group(text: str, group: list[tuple[int, int]], before: str) -> Iterator[Block]:
    """Tell wrapped prose, table rows and single lines apart; `before` is the kind above."""
    lines = [text[start:end] for start, end in group]
    if _is_wrapped(lines) or _is_filled(lines):
        yield Block(group[0][0], group[-1][1], PARAGRAPH)
        return
    kinds = [_kind(line) for line in lines]
    rows = _is_table(lines, kinds, before)
    for (start, end), kind in zip(group, kinds, strict=True):
        yield Block(start, end, ROW if rows and kind != ITEM else kind)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Lines broken at a column: most go on in lower case on the next line."""
    going_on = sum(
        not _ends(line) and below[0].islower() and not _BULLET.match(below)
        for line, below in pairwise(lines)
    )
    return going_on * 2 > len(lines) - 1


def _is_filled(lines: Sequence[str]) -> bool:
    """Lines broken at a column, whatever the next starts with: its first word had no room."""
    if len(lines) < 3 or not _ends(lines[-1]):
        return False
    width = max(map(len, lines))
    if width < LEAST_COLUMN or sum(map(_ends, lines[:-1])) * 2 >= len(lines) - 1:
        return False
    return all(len(a) + 1 + _first_word(b) > width for a, b in pairwise(lines))


def _first_word(line: str) -> int:
    """The length of what could not have stood on the line before."""
    match = _FIRST_WORD.match(line)
    return match.end() if match else 0


def _is_table(lines: Sequence[str], kinds: Sequence[str], before: str) -> bool:
    """A short line without a stop, and below it rows: short, and mostly no sentences or numbered.

    A title, a byline and a date may head a text of a sentence a line, so there all rows must be
    without a stop. Below a lead-in rows may be sentences; only there may one row be a table.
    """
    if len(lines) > 1 and all(map(_CELLS.search, lines)):
        return True
    if kinds[0] != HEADING or any(len(line) > MOST_OF_ROW for line in lines):
        return False
    rows = lines[1:]
    if before == LEAD_IN:
        return len(rows) >= 1
    if len(rows) < 2:
        return False
    numbered = sum(_NUMBERED.match(row) is not None for row in rows)
    stops = sum(map(_ends, rows))
    return numbered * 4 >= len(rows) * 3 or stops * 2 <= (len(rows) if before else 0)


def _ends(line: str) -> bool:
    """Does the line end as sentences do?"""
    return ends_with_tail(line)


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return PARAGRAPH if _SPEECH.match(line) and _INNER_END.search(line) else ITEM
    if ends_with_tail(line):
        return PARAGRAPH
    width = len(line) + len(_WIDE.findall(line))
    if width > HEADING_WIDTH:
        return PARAGRAPH
    return LEAD_IN if line.endswith((":", "：")) else HEADING
