"""The paragraph scorer: the element whose blocks read most like running text.

Every block has a value: prose counts for it, links and short scraps against it. The article is the
element with the highest sum, a maximum subsequence on the tree (Pasternack and Roth, 2009), with
the signs of densitometric extraction (Kohlschütter et al., 2010) that hold in every script: width
in columns, share of links, punctuation. Nothing here counts blanks.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from textkit.read.html.blocks import CAPTION, CODE, QUOTE, Block, Element, Page
from textkit.read.html.signs import BIT, BODY
from textkit.text.blocks import HEADING, ITEM, ROW
from textkit.text.marks import marks
from textkit.text.scripts import THAI

_STOPS = re.compile(rf"[{marks()}{marks('colon', 'semicolon')}]|[{THAI}]{{40}}")
_COMMAS = re.compile(rf"[{marks('comma')}]")
MIN_LONG = 80  # columns; from here on a block without many links is prose
MIN_PROSE = 8.0  # value of a block that is running text
SHORT_VALUE = -4.0  # of a short text, such as a button or a label
LINK_COST = 0.35  # a column of a block of links
HIDDEN = 0.3  # what hidden text counts, beside text that shows
BODY_BONUS = 1.12  # for elements whose names speak of an article
MAX_NAMED = (
    0.4  # a sign of junk on an element with more than this share of the page's prose is wrong
)


def value(block: Block) -> float:
    """Return how much a block speaks for (above 0) or against the article being here."""
    text, width = block.text, block.width
    if block.links > 0.5:
        return -6.0 - LINK_COST * min(width, 120)
    prose = width * (1.0 - block.links) * (HIDDEN if block.hidden else 1.0)
    marks = len(_STOPS.findall(text)) + len(_COMMAS.findall(text))
    if block.kind == HEADING:
        return 2.0 if block.links < 0.3 else -4.0
    if width < 30 or (width < MIN_LONG and not marks):
        return 0.0 if block.kind in (ITEM, ROW, CODE, QUOTE, CAPTION) else SHORT_VALUE
    if not marks:
        return 0.2 * min(prose, 200)
    return min(prose, 600)


def sums(values: list[float]) -> list[float]:
    """Return prefix sums: `s[j] - s[i]` is the sum of values i to j - 1."""
    return [0.0, *accumulate(values)]


def junk_mask(page: Page, values: list[float]) -> list[bool]:
    """Return for each block whether an element round it is named as junk, and rightly so.

    A name that stands on much of the page's prose says nothing on this page.
    """
    positive = [max(0.0, v) for v in values]
    total = sum(positive) or 1.0
    marked: dict[str, set[int]] = {}
    for element in page.elements:
        for word in element.junk:
            marked.setdefault(word, set()).update(range(element.first, element.last))
    mask = [False] * len(page.blocks)
    for covered in marked.values():
        if sum(positive[i] for i in covered) <= MAX_NAMED * total:
            for i in covered:
                mask[i] = True
    return mask


def best_element(page: Page, values: list[float]) -> Element | None:
    """Return the element with the highest value; of equal ones the innermost."""
    prefix = sums(values)
    best, top = None, 0.0
    for element in page.elements:
        score = prefix[element.last] - prefix[element.first]
        if element.kinds & BIT[BODY]:
            score *= BODY_BONUS
        if score >= top and score > 0:
            best, top = element, score
    return best


class Scores(NamedTuple):
    """What the scorer makes of a page."""

    values: list[float]  # of each block, see `value`
    junk: list[bool]  # see `junk_mask`
    root: Element | None  # see `best_element`

    @property
    def kept(self) -> list[float]:
        """The values, where those of junk count against the element round it."""
        return [
            -abs(v) * 0.5 - 2.0 if j else v for v, j in zip(self.values, self.junk, strict=True)
        ]


def scores(page: Page) -> Scores:
    """Return the values of a page's blocks, which of them are junk, and the best element."""
    values = [value(block) for block in page.blocks]
    scored = Scores(values, junk_mask(page, values), None)
    return scored._replace(root=best_element(page, scored.kept))


def select(page: Page, scored: Scores) -> set[int]:
    """Return the indices of the blocks that belong to the article."""
    root, junk = scored.root, scored.junk
    if root is None:
        return set()
    inside = [i for i in range(root.first, root.last) if not junk[i]]
    return trim(page, scored.values, [i for i in inside if page.blocks[i].links <= 0.5])


def trim(page: Page, values: list[float], inside: list[int]) -> set[int]:
    """Drop what stands before the first and after the last prose, and headings of nothing."""
    prose = [i for i in inside if values[i] > MIN_PROSE]
    if not prose:
        return set(inside)
    first, last = prose[0], prose[-1]
    kept = [i for i in inside if first <= i <= last or _leads(page, i, first)]
    if page.blocks[kept[-1]].kind == HEADING:
        kept.pop()
    return set(kept)


def _leads(page: Page, i: int, first: int) -> bool:
    """Is this a heading just before the first paragraph?"""
    return i == first - 1 and page.blocks[i].kind == HEADING
