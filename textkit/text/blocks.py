"""Blocks: paragraphs, headings, list items and table rows of a plain text.

Scraped text has lost its markup; what is left is the shape of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

PARAGRAPH, HEADING, ITEM, ROW, LEAD_IN = "paragraph", "heading", "item", "row", "lead_in"

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*(?:[•‣▪●○◦∙·*–—-]|\(?\d{1,3}[.)]|[a-z]\))\s+\S")
_END = re.compile(r"[.!?。！？｡…؟۔।॥։።]['\"”’»」』）)\]]*$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
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
    return [block for group in _groups(text) for block in _of_group(text, group)]


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


def _of_group(text: str, group: list[tuple[int, int]]) -> Iterator[Block]:
    """Tell wrapped prose, rows of a table and single lines apart."""
    if _is_wrapped(text, group):
        yield Block(group[0][0], group[-1][1], PARAGRAPH)
        return
    kinds = [_kind(text[start:end]) for start, end in group]
    rows = len(group) >= 3 and all(kind == HEADING for kind in kinds[:1]) and _is_table(text, group)
    for (start, end), kind in zip(group, kinds, strict=True):
        yield Block(start, end, ROW if rows and kind != ITEM else kind)


def _is_wrapped(text: str, group: list[tuple[int, int]]) -> bool:
    """Lines broken at a column: most go on in lower case on the next line."""
    if len(group) < 2:
        return False
    going_on = sum(
        1
        for (a, b), (c, _) in pairwise(group)
        if text[c].islower() and not _END.search(text[a:b][-4:])
    )
    return going_on * 2 > len(group) - 1


def _is_table(text: str, group: list[tuple[int, int]]) -> bool:
    """Rows are short and mostly no sentences from their first word on."""
    return all(end - start <= 160 for start, end in group) and any(
        not _END.search(text[start:end][-4:]) for start, end in group
    )


def _kind(line: str) -> str:
    if _BULLET.match(line):
        return ITEM
    if _END.search(line[-8:]):
        return PARAGRAPH
    width = len(line) + len(_WIDE.findall(line))
    if width > HEADING_WIDTH:
        return PARAGRAPH
    return LEAD_IN if line.endswith((":", "：")) else HEADING
