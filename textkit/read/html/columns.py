"""A page as columns of numbers: what the features of its blocks are computed from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from textkit.clean.phrases import ANY, EDGE, KINDS, TAIL, WEAK
from textkit.clean.verdicts import verdict
from textkit.read.html.blocks import CAPTION, CODE, QUOTE, Block, Page
from textkit.read.html.scorer import scores, select
from textkit.text.blocks import HEADING, ITEM, PARAGRAPH, ROW
from textkit.text.marks import CLOSERS, marks
from textkit.text.scripts import GREEK_CYRILLIC, KHMER, LAO, LATIN, THAI
from textkit.text.tables import rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.floating[Any]]

KIND_CODES = {PARAGRAPH: 0, QUOTE: 1, ITEM: 2, ROW: 3, CAPTION: 4, CODE: 5, HEADING: 6}
TAG_CODES = {
    tag: code for code, tag in enumerate("p div li td section article ul ol table".split(), 1)
}
STOP_END = re.compile(rf"[{marks()}{marks('colon', 'semicolon')}][{re.escape(CLOSERS)}]*$")
_NO_STOPS = re.compile(f"[{THAI}{LAO}{KHMER}]")
_MARKS = re.compile(rf"[{marks()}{marks('comma')}]")
_DIGITS = re.compile(r"\d")
_SERIAL = re.compile(r"\d+")
RESIDUE_CODES = {kind: code for code, kind in enumerate(KINDS, 1)}
PLACE_CODES = {place: code for code, place in enumerate((WEAK, EDGE, TAIL, ANY), 1)}
_LINE_END = re.compile("\n")
MAX_RESIDUE = 120  # columns; a longer block is not looked up
MIN_SENTENCE = 60  # columns; of a script without full stops
MAX_LABEL = 60  # columns; a longer text is no label


@cache
def _endings() -> re.Pattern[str]:
    phrases = {row[1] for row in rows("textkit.read.html", "endings.tsv")}
    whole = "|".join(sorted(map(re.escape, phrases), reverse=True))
    return re.compile(rf"\W*(?:{whole})(?![{LATIN}{GREEK_CYRILLIC}])", re.IGNORECASE)


def is_ending(block: Block) -> bool:
    """Is a block a label after which an article is over, such as "Related articles"?"""
    return block.width <= MAX_LABEL and _endings().match(block.text) is not None


def ends(block: Block) -> bool:
    """Does a block end as a sentence does? Thai and its sisters write no mark there."""
    if block.width >= MIN_SENTENCE and _NO_STOPS.search(block.text[-3:]):
        return True
    return STOP_END.search(block.text[-6:]) is not None


@dataclass(slots=True)
class Columns:
    """The blocks and elements of a page, an array for each property."""

    width: Ints
    links: Floats
    kind: Ints  # KIND_CODES
    element: Ints  # the innermost element of each block
    group: Ints
    hidden: Ints
    marks: Ints  # punctuation in each block
    digits: Ints
    stop: Ints  # does it end as a sentence does?
    opening: Ints  # first character: 0 other, 1 upper case, 2 lower case, 3 digit
    ending: Ints
    copies: Ints  # blocks with the same text
    residue: Ints  # RESIDUE_CODES of a short line
    residue_place: Ints  # PLACE_CODES of where it is residue
    value: Floats
    junk: Ints  # does an element round it have a name of junk, and rightly so?
    plain: Ints  # does the paragraph scorer choose it?
    markup: Ints  # number of its tag and class
    outer: Ints  # number of its kind and its grandparent's tag and class
    first: Ints  # of elements
    last: Ints
    parent: Ints
    tag: Ints  # TAG_CODES
    kinds: Ints  # signs of the element and those round it
    depth: Ints
    root: int  # the element with the article, by the paragraph scorer; -1 none
    heading: int  # the block of the first h1; -1 none


def columns(page: Page) -> Columns:
    """Return the columns of a page with at least one block."""
    import numpy as np

    blocks, elements = page.blocks, page.elements
    scored = scores(page)
    chosen = select(page, scored)
    copies = Counter(block.text for block in blocks)
    kinds, depth, parent = _inherited(page)
    name = [f"{e.tag} {_SERIAL.sub('', e.name)}" for e in elements]
    numbers: dict[str, int] = {}
    markup = [numbers.setdefault(name[b.element], len(numbers)) for b in blocks]
    outer = [
        numbers.setdefault(f"{b.kind} {name[parent[parent[b.element]]]}", len(numbers))
        for b in blocks
    ]
    texts = [block.text for block in blocks]
    verdicts = [
        verdict(b.text) if b.width <= MAX_RESIDUE and not _LINE_END.search(b.text) else None
        for b in blocks
    ]
    return Columns(
        width=np.array([b.width for b in blocks]),
        links=np.array([b.links for b in blocks]),
        kind=np.array([KIND_CODES[b.kind] for b in blocks]),
        element=np.array([b.element for b in blocks]),
        group=np.array([b.group for b in blocks]),
        hidden=np.array([int(b.hidden) for b in blocks]),
        marks=np.array([len(_MARKS.findall(text)) for text in texts]),
        digits=np.array([len(_DIGITS.findall(text)) for text in texts]),
        stop=np.array([int(ends(b)) for b in blocks]),
        opening=np.array([_opening(text[0]) for text in texts]),
        ending=np.array([int(is_ending(b)) for b in blocks]),
        copies=np.array([copies[text] for text in texts]),
        residue=np.array([RESIDUE_CODES.get(v.kind, 0) if v else 0 for v in verdicts]),
        residue_place=np.array([PLACE_CODES.get(v.where, 0) if v else 0 for v in verdicts]),
        value=np.array(scored.values),
        junk=np.array(scored.junk, int),
        plain=np.array([int(i in chosen) for i in range(len(blocks))]),
        markup=np.array(markup),
        outer=np.array(outer),
        first=np.array([e.first for e in elements]),
        last=np.array([e.last for e in elements]),
        parent=np.array(parent),
        tag=np.array([TAG_CODES.get(e.tag, 0) for e in elements]),
        kinds=np.array(kinds),
        depth=np.array(depth),
        root=next((i for i, e in enumerate(elements) if e is scored.root), -1),
        heading=next((e.first for e in elements if e.tag == "h1" and e.first < e.last), -1),
    )


def _opening(char: str) -> int:
    return 1 if char.isupper() else 2 if char.islower() else 3 if char.isdigit() else 0


def _inherited(page: Page) -> tuple[list[int], list[int], list[int]]:
    """Return each element's signs with those of all round it, its depth and its parent."""
    kinds: list[int] = []
    depth: list[int] = []
    parents: list[int] = []
    for element in page.elements:
        parent = element.parent
        kinds.append(element.kinds | (kinds[parent] if parent >= 0 else 0))
        depth.append(depth[parent] + 1 if parent >= 0 else 0)
        parents.append(max(0, parent))
    return kinds, depth, parents
