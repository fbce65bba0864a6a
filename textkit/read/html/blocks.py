"""A page as a row of text blocks, and the elements that hold them.

One walk over the tree collects every visible text, block by block, in the order of the page. Each
element covers a run of blocks, so that sums over an element are differences of prefix sums.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree, html

from textkit.read.html.signs import is_hidden, is_row, is_unclosed, signs, width_of
from textkit.text.blocks import HEADING, ITEM, PARAGRAPH, ROW

QUOTE, CODE, CAPTION = "quote", "code", "caption"

SKIPPED = frozenset(
    "script style noscript noframes template svg iframe frame object embed canvas audio video map"
    " button select datalist option optgroup textarea input head dialog progress meter".split()
)
BLOCK_TAGS = frozenset(
    "html body p div section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol menu dir"
    " li dl dt dd table thead tbody tfoot tr td th caption blockquote pre figure figcaption hr form"
    " fieldset legend address details summary center hgroup search".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLANKS = re.compile(r"[\s\u00a0]+")
_ROUND_BREAK = re.compile(r" *\n *")
_SPACES = re.compile(" {2,}")
_PARAGRAPHS = re.compile(r"\n\n+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MAX_BLOCKS = 20_000  # of a page; what follows is not looked at


class Block(NamedTuple):
    """A text of the page: a paragraph, heading, list item, table row ..."""

    text: str
    kind: str
    width: int  # in letters, see `width_of`
    links: float  # share of the text that lies in links
    element: int  # index of the innermost element
    group: int  # the list or table it belongs to; -1 none
    hidden: bool = False  # does the markup keep it from showing, at first?


@dataclass(slots=True)
class Element:
    """A block-level element: the run of blocks in it, and what its attributes say."""

    tag: str
    parent: int
    first: int  # its first block
    last: int  # just after its last block
    junk: frozenset[str]  # the words of its tag, role, class and id that speak of junk
    kinds: int  # bits of signs.BIT
    name: str  # its class


@dataclass
class Page:
    """All text of a page."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    cut: bool = False  # are there more blocks than are looked at?


class _Walker:
    """Collects the blocks of a tree; the state of one walk."""

    def __init__(self) -> None:
        self.page = Page()
        self.hidden: list[html.HtmlElement] = []  # open elements that do not show
        self.pieces: list[str] = []
        self.linked = 0  # columns of the pieces that lie in links
        self.in_link = 0
        self.open: list[int] = []  # elements
        self.kinds: list[str] = [PARAGRAPH]
        self.groups: list[int] = [-1]
        self.row: html.HtmlElement | None = None
        self.pre = 0

    def add(self, text: str | None) -> None:
        if text:
            if not self.pre:
                if text.isspace() and not self.pieces:
                    return
                text = _one_blank(text)
            self.pieces.append(text)
            if self.in_link:
                self.linked += width_of(text.strip())

    def flush(self) -> None:
        if not self.pieces:
            return
        text = "".join(self.pieces)
        self.pieces.clear()
        linked, self.linked = self.linked, 0
        if not text.isprintable():  # most texts are, and need no look at each character
            text = _UNSEEN.sub("", text)
        text = text.strip("\n").rstrip() if self.pre else _tidy(text)
        if not text:
            return
        share = min(1.0, linked / max(1, width_of(text)))
        for part in [text] if self.pre or "\n" not in text else _PARAGRAPHS.split(text):
            self._emit(part, share)

    def _emit(self, text: str, share: float) -> None:
        kind, group = self.kinds[-1], self.groups[-1]
        element = self.open[-1] if self.open else 0
        self.page.blocks.append(
            Block(text, kind, width_of(text), share, element, group, bool(self.hidden))
        )
        if kind == ITEM:  # what follows in the same item is no item of its own
            self.kinds[-1] = PARAGRAPH

    def start(self, node: html.HtmlElement) -> bool:
        """Take an element's start; return whether to go into it."""
        tag = node.tag
        if tag in SKIPPED and not is_unclosed(node, tag):
            return False
        if is_hidden(node):
            if tag not in BLOCK_TAGS:
                return False
            self.hidden.append(node)
        if tag == "br":
            self.pieces.append("\n" if self.row is None else " ")
        elif tag == "a":
            self.in_link += 1
        elif tag in BLOCK_TAGS:
            self._start_block(node, tag)
        self.add(node.text)
        return True

    def _start_block(self, node: html.HtmlElement, tag: str) -> None:
        if self.row is not None:
            self.pieces.append(" ")
            return
        self.flush()
        junk, kinds = signs(node)
        at = len(self.page.blocks)
        parent = self.open[-1] if self.open else -1
        self.page.elements.append(
            Element(tag, parent, at, at, junk, kinds, node.get("class") or "")
        )
        self.open.append(len(self.page.elements) - 1)
        group = self.groups[-1]
        if tag in ("ul", "ol", "dl", "table") and group < 0:
            group = self.open[-1]
        self.groups.append(group)
        self.kinds.append(self._kind(tag))
        if tag == "tr" and is_row(node):
            self.row = node
            self.kinds[-1] = ROW
        elif tag == "pre":
            self.pre += 1

    def _kind(self, tag: str) -> str:
        if tag in HEADINGS:
            return HEADING
        if tag == "li":
            return ITEM
        if tag == "pre":
            return CODE
        if tag == "figcaption" or tag == "caption":
            return CAPTION
        if tag == "blockquote":
            return QUOTE
        outer = self.kinds[-1]
        return PARAGRAPH if tag in ("ul", "ol", "table", "tr", "td", "th") else outer

    def end(self, node: html.HtmlElement) -> None:
        tag = node.tag
        if tag == "a":
            self.in_link = max(0, self.in_link - 1)
        elif tag in BLOCK_TAGS:
            self._end_block(node, tag)
            if self.hidden and node is self.hidden[-1]:
                self.hidden.pop()

    def finish(self) -> None:
        """Emit what is left, and close what is still open."""
        self.flush()
        for index in self.open:
            self.page.elements[index].last = len(self.page.blocks)

    def _end_block(self, node: html.HtmlElement, tag: str) -> None:
        if self.row is not None and node is not self.row:
            self.pieces.append(" ")
            return
        self.flush()
        self.row = None
        if tag == "pre":
            self.pre -= 1
        self.page.elements[self.open.pop()].last = len(self.page.blocks)
        kind = self.kinds.pop()
        self.groups.pop()
        if kind == PARAGRAPH and self.kinds[-1] == ITEM and tag in ("p", "div"):
            self.kinds[-1] = PARAGRAPH


def _one_blank(text: str) -> str:
    """Return a text with one blank for each run of white space.

    >>> _one_blank("\\n a\\u00a0 b")
    ' a b'
    """
    if text.isprintable() and "  " not in text:
        return text
    return _BLANKS.sub(" ", text)


def _tidy(text: str) -> str:
    """Return a text with single blanks, and none round a line break."""
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return (_ROUND_BREAK.sub("\n", text) if "\n" in text else text).strip()


def collect(root: html.HtmlElement) -> Page:
    """Return all text of a page, also what its markup hides until it is asked for."""
    walker = _Walker()
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    skipped: html.HtmlElement | None = None
    for event, node in walk:
        if len(walker.page.blocks) >= MAX_BLOCKS:
            walker.page.cut = True
            break
        if event == "start":
            if not walker.start(node):
                skipped = node
                walk.skip_subtree()
        elif event == "end":
            if node is skipped:
                skipped = None
            else:
                walker.end(node)
            if node is not root:
                walker.add(node.tail)
        else:
            walker.add(node.tail)
    walker.finish()
    return walker.page
