"""Index pages: linked headlines with a teaser each, and no article."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from statistics import median

from textkit.read.html.blocks import Page
from textkit.read.html.scorer import value
from textkit.text.blocks import HEADING

LEAST = 5  # linked headlines
NAME = 12  # columns; a shorter link is a button
TEASER = 320  # columns; a longer block is no teaser
PROSE = 8.0  # value of a block that is running text


def is_listing(page: Page, chosen: Collection[int]) -> bool:
    """Is what was chosen a row of teasers, each under a linked headline of its own?

    A round-up of products or tools has linked headlines too, but more than one block for each. An
    article has links between its paragraphs, but it does not open with one, nor goes on with one
    after each paragraph; and where headings are no links, links are no headings.
    """
    blocks = page.blocks
    prose = sorted(i for i in chosen if value(blocks[i]) > PROSE)
    if not prose or max(blocks[i].width for i in prose) > TEASER:
        return False
    span = range(max(0, min(chosen) - 1), max(chosen) + 1)
    linked = [i for i in span if blocks[i].links > 0.5]
    headed = [i for i in linked if blocks[i].kind == HEADING]
    if _are_teasers(headed, prose, span.stop, most=2):
        return True
    if any(blocks[i].kind == HEADING and blocks[i].links <= 0.5 for i in chosen):
        return False
    bare = [i for i in linked if blocks[i].width >= NAME and i + 1 not in linked]
    return min(bare, default=span.stop) < prose[0] and _are_teasers(bare, prose, span.stop, most=1)


def _are_teasers(starts: list[int], prose: list[int], stop: int, most: int) -> bool:
    """Do most headlines have a block of prose, and none more than `most`?"""
    if len(starts) < LEAST:
        return False
    counts = [sum(a < i < b for i in prose) for a, b in pairwise([*starts, stop])]
    return max(counts) <= most and median(counts) <= 1 and len(prose) <= 1.5 * len(starts)
