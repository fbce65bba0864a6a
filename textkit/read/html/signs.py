"""What a single element or text tells by itself: names, hidden or not, a row of data, a width."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree, html

from textkit.text.scripts import FULL_WIDTH, HAN
from textkit.text.tables import rows

CONTROLS = frozenset(("button", "object", "canvas", "audio", "video", "map", "dialog"))
JUNK_TAGS = {"nav": "menu", "footer": "menu", "aside": "related", "address": "meta"}
JUNK_ROLES = dict.fromkeys(
    "navigation complementary contentinfo banner search menu menubar dialog alert".split(), "menu"
)
JUNK = frozenset(("ad", "comment", "related", "menu", "meta", "share", "form"))
BODY = "body"
KINDS = ("ad", "comment", "related", "menu", "meta", "share", "form",
         BODY, "picture", "head", "author", "list")  # fmt: skip
SLIDES = "slides"  # pictures in a row, with buttons and counters
BIT = {kind: 1 << position for position, kind in enumerate((*KINDS, SLIDES))}
BIT[SLIDES] |= BIT["picture"]
_HINT_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MAX_NAMES = 400  # characters of class and id that are looked at
ROW_WIDTH = 600  # columns; a wider row of a table is no row of data
_IDEOGRAPH = re.compile(f"[{HAN}]")
_WIDE = re.compile(rf"(?![{HAN}])[{FULL_WIDTH}]")


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


class Signs(NamedTuple):
    """What the names of an element say of it."""

    junk: frozenset[str]  # the words of its tag, role, class and id that speak of junk
    kinds: int  # a bit of BIT for each kind of sign


def signs(node: html.HtmlElement) -> Signs:
    """Return the signs in an element's tag, role, itemprop, class and id."""
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    return _signs(node.tag, node.get("role"), node.get("itemprop"), names[:MAX_NAMES])


@lru_cache(maxsize=4096)  # the elements of a page, and of a site, share their names
def _signs(tag: str, role: str | None, itemprop: str | None, names: str) -> Signs:
    words = {tag: JUNK_TAGS.get(tag), role: JUNK_ROLES.get(role or "")}
    if tag in ("article", "main") or role in ("main", "article"):
        words["main"] = BODY
    if itemprop in ("articleBody", "text"):
        words["articlebody"] = BODY
    table = _hints()
    for word in _HINT_WORD.findall(names):
        words[word.lower()] = table.get(word.lower())
    junk = frozenset(word for word, kind in words.items() if word and kind in JUNK)
    kinds = 0
    for kind in words.values():
        kinds |= BIT[kind] if kind else 0
    return Signs(junk, kinds)


def is_unclosed(node: html.HtmlElement, tag: str) -> bool:
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


NO_CELL = frozenset("table h1 h2 h3 h4 pre blockquote".split())  # in it, a cell is a column
PARTS = frozenset("p div br li".split())
MAX_PARTS = 3  # lines in a cell of data


def is_row(node: html.HtmlElement) -> bool:
    """Is a table's row one of data, a line of short cells, and no scaffold of the layout?"""
    cells = [cell for cell in node if cell.tag in ("td", "th")]
    if not all(map(_is_cell, cells)):
        return False
    filled = sum(bool("".join(cell.itertext()).strip()) for cell in cells)
    return filled > 1 and width_of("".join(node.itertext())) <= ROW_WIDTH


def _is_cell(cell: html.HtmlElement) -> bool:
    """May a cell be one of data: a few lines of text, or a short list that is no menu?"""
    parts = 0
    for part in islice(cell.iter(etree.Element), 1, None):
        if part.tag in NO_CELL or (part.tag in ("ul", "ol") and part.find(".//a") is not None):
            return False
        parts += part.tag in PARTS
        if parts > MAX_PARTS:
            return False
    return True
