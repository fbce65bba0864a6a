"""Index pages: linked headlines with a teaser each, and no article."""

from __future__ import annotations

from collections.abc import Collection
from statistics import median

from textkit.read.html.blocks import Page
from textkit.read.html.scorer import value
from textkit.text.blocks import HEADING

LEAST = 5  # linked headlines
TEASER = 320  # columns; a longer block is no teaser
PROSE = 8.0  # value of a block that is running text


def is_listing(page: Page, chosen: Collection[int]) -> bool:
    """Is what was chosen a row of teasers, each under a linked headline of its own?

    A round-up of products or tools has linked headlines too, but more than one block for each.
    """
    if not chosen:
        return False
    blocks = page.blocks
    span = range(max(0, min(chosen) - 1), max(chosen) + 1)
    starts = [i for i in span if blocks[i].kind == HEADING and blocks[i].links > 0.5]
    prose = [i for i in chosen if value(blocks[i]) > PROSE]
    if len(starts) < LEAST or not prose or max(blocks[i].width for i in prose) > TEASER:
        return False
    ends = [*starts[1:], span.stop]
    counts = [sum(a < i < b for i in prose) for a, b in zip(starts, ends, strict=True)]
    return max(counts) <= 2 and median(counts) <= 1 and len(prose) <= 1.5 * len(starts)
