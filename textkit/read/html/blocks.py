"""A page as a row of text blocks, and the elements that hold them.

One walk over the tree collects every visible text, block by block, in the order of the page. Each
element covers a run of blocks, so that sums over an element are differences of prefix sums.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

from lxml import etree, html

from textkit.text.blocks import HEADING, ITEM, PARAGRAPH, ROW
from textkit.text.tables import rows

QUOTE, CODE, CAPTION = "quote", "code", "caption"

SKIPPED = frozenset(
    "script style noscript template svg iframe frame object embed canvas audio video map button"
    " select datalist option optgroup textarea input head dialog progress meter".split()
)
CONTROLS = frozenset(("button", "object", "canvas", "audio", "video", "map", "dialog"))
BLOCK_TAGS = frozenset(
    "html body p div section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol menu dir"
    " li dl dt dd table thead tbody tfoot tr td th caption blockquote pre figure figcaption hr form"
    " fieldset legend address details summary center hgroup search".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
JUNK_TAGS = frozenset(("nav", "footer", "aside", "address"))
JUNK_ROLES = frozenset(
    "navigation complementary contentinfo banner search menu menubar dialog alert".split()
)
_BLANKS = re.compile(r"[\s\u00a0]+")
_ROUND_BREAK = re.compile(r" *\n *")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_IDEOGRAPH = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WIDE = re.compile(r"[\u2e80-\u33ff\uac00-\ud7af\uff01-\uff60]")
_HINT_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MOST_BLOCKS = 20_000  # of a page; what follows is not looked at
ROW_WIDTH = 600  # columns; a wider row of a table is no row of data


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
    body: bool  # do they speak of an article?


@dataclass
class Page:
    """All text of a page."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    cut: bool = False  # are there more blocks than are looked at?


def width_of(text: str) -> int:
    """Return the length of a text, with more for letters that say more than a Latin one.

    An ideograph stands for three, a kana or a Hangul syllable for two: about as many letters as
    the same says in English.

    >>> width_of("GPU"), width_of("马斯克")
    (3, 9)
    """
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text)) + 2 * len(_IDEOGRAPH.findall(text))


@cache
def _hints() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("textkit.read.html", "hints.tsv")}


def signs(node: html.HtmlElement) -> tuple[frozenset[str], bool]:
    """Return the words of an element's tag, role, class and id that speak of junk, and whether
    any speaks of the article.
    """
    tag, role = node.tag, node.get("role")
    junk = {tag} if tag in JUNK_TAGS else set()
    if role in JUNK_ROLES:
        junk.add(role)
    body = tag in ("article", "main") or role in ("main", "article")
    body = body or node.get("itemprop") in ("articleBody", "text")
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if names != " ":
        table = _hints()
        for word in _HINT_WORD.findall(names[:400]):
            sign = table.get(word.lower())
            if sign == "junk":
                junk.add(word.lower())
            elif sign:
                body = True
    return frozenset(junk), body


def _is_unclosed(node: html.HtmlElement, tag: str) -> bool:
    """Has a control swallowed the page, because its end is missing?"""
    return tag in CONTROLS and len(list(islice(node.iter("p", "article", "main"), 3))) == 3


def is_hidden(node: html.HtmlElement) -> bool:
    """Is the element not shown, at first?"""
    style = node.get("style")
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or (style is not None and _HIDDEN.search(style) is not None)
    )


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
                text = _BLANKS.sub(" ", text)
            self.pieces.append(text)
            if self.in_link:
                self.linked += width_of(text.strip())

    def flush(self) -> None:
        if not self.pieces:
            return
        text = _UNSEEN.sub("", "".join(self.pieces))
        self.pieces.clear()
        linked, self.linked = self.linked, 0
        if not self.pre:
            text = _ROUND_BREAK.sub("\n", re.sub(" {2,}", " ", text))
        text = text.strip() if not self.pre else text.strip("\n").rstrip()
        if not text:
            return
        share = min(1.0, linked / max(1, width_of(text)))
        for part in re.split(r"\n\n+", text) if not self.pre else [text]:
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
        if tag in SKIPPED and not _is_unclosed(node, tag):
            return False
        if is_hidden(node):
            if tag not in BLOCK_TAGS:
                return False
            self.hidden.append(node)
        if tag == "br":
            self.pieces.append("\n")
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
        junk, body = signs(node)
        at = len(self.page.blocks)
        parent = self.open[-1] if self.open else -1
        self.page.elements.append(Element(tag, parent, at, at, junk, body))
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


def is_row(node: html.HtmlElement) -> bool:
    """Is a table's row one of data, a line of short cells, and no scaffold of the layout?"""
    cells = [cell for cell in node if cell.tag in ("td", "th")]
    filled = 0
    for cell in cells:
        inner = 0
        for part in cell.iter(etree.Element):
            if part is cell:
                continue
            if part.tag in ("table", "ul", "ol", "h1", "h2", "h3", "h4", "pre", "blockquote"):
                return False
            inner += part.tag in ("p", "div", "br")
            if inner > 3:
                return False
        filled += bool("".join(cell.itertext()).strip())
    return filled > 1 and width_of("".join(node.itertext())) <= ROW_WIDTH


def collect(root: html.HtmlElement) -> Page:
    """Return all text of a page, also what its markup hides until it is asked for."""
    walker = _Walker()
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    skipped: html.HtmlElement | None = None
    for event, node in walk:
        if len(walker.page.blocks) >= MOST_BLOCKS:
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
