"""Blocks to text: paragraphs apart, list items and table rows one a line."""

from __future__ import annotations

from collections.abc import Iterable

from textkit.read.html.blocks import Block, Page
from textkit.text.blocks import ITEM, ROW

BULLET = "• "


def render(page: Page, chosen: Iterable[int]) -> str:
    """Return the text of the chosen blocks in the order of the page."""
    pieces: list[str] = []
    before: Block | None = None
    for index in sorted(chosen):
        block = page.blocks[index]
        if before is not None:
            pieces.append("\n" if _together(before, block) else "\n\n")
        pieces.append(BULLET + block.text if block.kind == ITEM else block.text)
        before = block
    return "".join(pieces) + "\n" if pieces else ""


def _together(before: Block, block: Block) -> bool:
    """Do two blocks stand on lines of one list or table?"""
    return block.kind == before.kind and block.kind in (ITEM, ROW) and block.group == before.group
