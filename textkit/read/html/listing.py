"""Text that belongs to others: rows of teasers, and the comments of readers."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from statistics import median

from textkit.read.html.blocks import Page
from textkit.read.html.scorer import MIN_PROSE, value
from textkit.read.html.signs import BIT
from textkit.text.blocks import HEADING

MIN_HEADLINES = 5
MIN_NAME = 12  # columns; a shorter link is a button
MAX_TEASER = 320  # columns; a longer block is no teaser
MIN_STORY = 150  # columns of prose above the teasers that may be a short article


def without_teasers(page: Page, chosen: set[int]) -> set[int]:
    """Return the choice without the teasers of an index page, and without what stands after them.

    A short article above them stays.
    """
    headlines = teaser_headlines(page, chosen)
    if not headlines:
        return chosen
    above = {i for i in chosen if i < headlines[0]}
    prose = [i for i in above if value(page.blocks[i]) > MIN_PROSE]
    headed = any(page.blocks[i].kind == HEADING for i in range(min(prose, default=0)))
    story = headed and sum(page.blocks[i].width for i in prose) >= MIN_STORY
    return above if story else set()


def without_comments(page: Page, chosen: set[int], voted: Collection[int]) -> set[int]:
    """Return the choice without the readers' comments below an article.

    They are known by the name of an element round them, which counts only where no vote holds
    them, and where enough prose stands above: some sites call the article's own element so.
    """
    named = {
        i
        for element in page.elements
        if element.kinds & BIT["comment"]
        for i in range(element.first, element.last)
    }
    prose = [i for i in chosen - named if value(page.blocks[i]) > MIN_PROSE]
    comments = {i for i in chosen & named if i > max(prose, default=0)} - set(voted)
    enough = sum(page.blocks[i].width for i in prose) >= MIN_STORY
    return chosen - comments if enough else chosen


def teaser_headlines(page: Page, chosen: Collection[int]) -> list[int]:
    """Return the linked headlines of a choice that is a row of teasers, each under one; or none.

    A round-up of products or tools has linked headlines too, but more than one block for each. An
    article has links between its paragraphs, but it does not open with one, nor goes on with one
    after each paragraph; and where headings are no links, links are no headings.
    """
    blocks = page.blocks
    prose = sorted(i for i in chosen if value(blocks[i]) > MIN_PROSE)
    if not prose or max(blocks[i].width for i in prose) > MAX_TEASER:
        return []
    span = range(max(0, min(chosen) - 1), max(chosen) + 1)
    linked = [i for i in span if blocks[i].links > 0.5]
    headed = [i for i in linked if blocks[i].kind == HEADING]
    if _are_teasers(headed, prose, span.stop, most=2):
        return headed
    if any(blocks[i].kind == HEADING and blocks[i].links <= 0.5 for i in chosen):
        return []
    bare = [i for i in linked if blocks[i].width >= MIN_NAME and i + 1 not in linked]
    opens = min(bare, default=span.stop) < prose[0]
    return bare if opens and _are_teasers(bare, prose, span.stop, most=1) else []


def _are_teasers(starts: list[int], prose: list[int], stop: int, most: int) -> bool:
    """Do most headlines have a block of prose, and none more than `most`?"""
    if len(starts) < MIN_HEADLINES:
        return False
    counts = [sum(a < i < b for i in prose) for a, b in pairwise([*starts, stop])]
    return max(counts) <= most and median(counts) <= 1 and len(prose) <= 1.5 * len(starts)
