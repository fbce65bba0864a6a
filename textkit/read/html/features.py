"""What can be said of each block of a page in numbers, for the model that chooses them.

All of it holds in every script: columns, shares and counts of marks, places in the tree and in the
row of blocks. Nothing counts blanks; the phrases that close an article are listed by language.
"""

from __future__ import annotations

import math
import re
from functools import cache

from textkit.read.html.blocks import CAPTION, CODE, QUOTE, Block, Element, Page
from textkit.read.html.scorer import best_element, junk_mask, sums, value
from textkit.text.blocks import HEADING, ITEM, ROW
from textkit.text.marks import CLOSERS, marks
from textkit.text.scripts import GREEK_CYRILLIC, KHMER, LAO, LATIN, THAI
from textkit.text.tables import rows

STOP_END = re.compile(rf"[{marks()}{marks('colon', 'semicolon')}][{re.escape(CLOSERS)}]*$")
_NO_STOPS = re.compile(f"[{THAI}{LAO}{KHMER}]")
_MARKS = re.compile(rf"[{marks()}{marks('comma')}]")
LONG = 80  # columns: prose
SHORT = 30  # columns: a label
LABEL = 60  # columns; a longer text is no label
CORE = 0.6  # the core is the innermost element with this share of the article's prose
SETTLED = 0.4  # share of the prose after which a label may end the article
NEAR = 3  # blocks on each side that count as neighbours


@cache
def _endings() -> re.Pattern[str]:
    phrases = {row[1] for row in rows("textkit.read.html", "endings.tsv")}
    whole = "|".join(sorted(map(re.escape, phrases), reverse=True))
    return re.compile(rf"\W*(?:{whole})(?![{LATIN}{GREEK_CYRILLIC}])", re.IGNORECASE)


def is_ending(block: Block) -> bool:
    """Is a block a label after which an article is over, such as "Related articles"?"""
    return block.width <= LABEL and _endings().match(block.text) is not None


class Frame:
    """What the blocks of one page are measured against."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.values = [value(block) for block in page.blocks]
        self.junk = junk_mask(page, self.values)
        held = [
            -abs(v) * 0.5 - 2.0 if j else v for v, j in zip(self.values, self.junk, strict=True)
        ]
        self.root = best_element(page, held)
        self.prose = sums([max(0.0, v) for v in held])
        self.total = self.share_base(self.root)
        self.core = self._core()
        self.linked = sums([b.links * b.width for b in page.blocks])
        self.wide = sums([float(b.width) for b in page.blocks])
        self.seen: dict[str, int] = {}
        for block in page.blocks:
            self.seen[block.text] = self.seen.get(block.text, 0) + 1

    def share_base(self, element: Element | None) -> float:
        """The prose of an element; 1 where there is none."""
        return (self.prose[element.last] - self.prose[element.first] if element else 0.0) or 1.0

    def share(self, element: Element) -> float:
        """The share of the article's prose that lies in an element, at most 1."""
        return min(1.0, (self.prose[element.last] - self.prose[element.first]) / self.total)

    def link_share(self, element: Element) -> float:
        """The share of an element's text that lies in links."""
        width = self.wide[element.last] - self.wide[element.first]
        return (self.linked[element.last] - self.linked[element.first]) / width if width else 0.0

    def _core(self) -> Element | None:
        """The innermost element of the article that holds most of its prose."""
        core = self.root
        if core is not None:
            for element in self.page.elements:
                inner = element.first >= core.first and element.last <= core.last
                if inner and element.last > element.first and self.share(element) >= CORE:
                    core = element
        return core


def features(page: Page) -> list[dict[str, float]]:
    """Return the features of each block of a page, by name."""
    frame = Frame(page)
    result = []
    ended = False
    heading = 0.0
    for i, block in enumerate(page.blocks):
        root = frame.root
        inside = root is not None and root.first <= i < root.last
        ending = is_ending(block)
        if root is None or not inside:
            ended = False
        elif ending and frame.prose[i] - frame.prose[root.first] > SETTLED * frame.total:
            ended = True
        if block.kind == HEADING:
            heading = 1.0
        row = {**_of_text(block), **_of_place(frame, i, inside)}
        row["ended"] = float(ended)
        row["ending"] = float(ending)
        row["repeated"] = float(frame.seen[block.text] > 1)
        row["after_heading"] = heading
        result.append(row)
        if block.kind != HEADING:
            heading = 0.0
    return result


def ends(block: Block) -> bool:
    """Does a block end as a sentence does? Thai and its sisters write no mark there."""
    if block.width >= LABEL and _NO_STOPS.search(block.text[-3:]):
        return True
    return STOP_END.search(block.text[-6:]) is not None


def _of_text(block: Block) -> dict[str, float]:
    """Features of a block's own text."""
    width = max(1, block.width)
    marks = len(_MARKS.findall(block.text))
    stop = ends(block)
    wide = min(math.log2(width), 9.0) / 9.0
    return {
        "width": wide,
        "long": float(width >= LONG),
        "short": float(width < SHORT),
        "links": block.links,
        "linked": float(block.links > 0.5),
        "marks": min(1.0, 20.0 * marks / width),
        "stop": float(stop),
        "stop_long": float(stop and width >= LONG),
        "heading": float(block.kind == HEADING),
        "item": float(block.kind == ITEM),
        "row": float(block.kind == ROW),
        "quote": float(block.kind == QUOTE),
        "caption": float(block.kind == CAPTION),
        "code": float(block.kind == CODE),
        "hidden": float(block.hidden),
    }


def _of_place(frame: Frame, i: int, inside: bool) -> dict[str, float]:
    """Features of a block's place in the tree and among its neighbours."""
    page, block = frame.page, frame.page.blocks[i]
    chain = [page.elements[k] for k in _chain(page, block.element, 4)]
    shares = [frame.share(e) if inside else 0.0 for e in chain]
    own = min(1.0, max(0.0, frame.values[i]) / frame.total)
    core = frame.core
    values = frame.values
    near = [max(-50.0, min(200.0, v)) for v in values[max(0, i - NEAR) : i]]
    next_ = [max(-50.0, min(200.0, v)) for v in values[i + 1 : i + 1 + NEAR]]
    return {
        "inside": float(inside),
        "junk": float(frame.junk[i]),
        "core": float(core is not None and core.first <= i < core.last),
        "after_core": float(inside and core is not None and i >= core.last),
        "before_core": float(inside and core is not None and i < core.first),
        "share1": max(0.0, shares[1] - own),
        "share2": max(0.0, shares[2] - own),
        "share3": max(0.0, shares[3] - own),
        "p": float(page.elements[block.element].tag == "p"),
        "prose_before": (frame.prose[i] - frame.prose[frame.root.first]) / frame.total
        if inside and frame.root
        else 0.0,
        "last": float(
            inside and frame.root is not None and frame.prose[i + 1] == frame.prose[frame.root.last]
        ),
        "links1": frame.link_share(chain[1]),
        "far": _far(frame.core, i) if inside else 1.0,
        "prev": sum(near) / (NEAR * 200.0),
        "next": sum(next_) / (NEAR * 200.0),
        "value": max(-0.5, min(1.0, values[i] / 200.0)),
    }


def _far(core: Element | None, i: int) -> float:
    """How far a block is from the core: 0 inside, towards 1 outside."""
    if core is None:
        return 1.0
    gap = max(core.first - i, i - core.last + 1, 0)
    return min(1.0, math.log2(1 + gap) / 6)


def _chain(page: Page, index: int, count: int) -> list[int]:
    """The innermost element of a block and those round it, the outermost repeated."""
    chain = [index]
    while len(chain) < count:
        parent = page.elements[chain[-1]].parent
        chain.append(parent if parent >= 0 else chain[-1])
    return chain
