"""What a single element or text tells by itself: names, hidden or not, a row of data, a width."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from lxml import etree, html

from textkit.text.scripts import FULL_WIDTH, HAN
from textkit.text.tables import rows

CONTROLS = frozenset(("button", "object", "canvas", "audio", "video", "map", "dialog"))
JUNK_TAGS = frozenset(("nav", "footer", "aside", "address"))
JUNK_ROLES = frozenset(
    "navigation complementary contentinfo banner search menu menubar dialog alert".split()
)
_HINT_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
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
