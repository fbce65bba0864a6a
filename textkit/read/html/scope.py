"""The part of a page that its own article stands in, and its words as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from textkit.read.html.blocks import BLOCK_TAGS, SKIPPED

# Words of a class or id whose elements speak of other stories, or hold what readers wrote.
_OTHERS = re.compile(
    r"(?<![a-z])(?:comments?|respon[ds]|replies|disqus|related|recommend|popular|most-?read|trending"
    r"|teaser|card|sidebar|promo|widget|newsletter|more-?(?:stories|news)|read-?(?:more|next)"
    r"|also-?like|latest|outbrain|taboola)",
    re.IGNORECASE,
)
_OWN = re.compile(r"author|byline|article|story|post-?(?:header|meta|info)", re.IGNORECASE)
_ASIDE = frozenset(("aside", "nav", "footer", "form", "dialog"))
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")


def scope(root: html.HtmlElement) -> html.HtmlElement:
    """Return the article's own element: the one with the headline, else the longest, else all.

    Where there is no `article`, it is the page's body.
    """
    articles = [e for e in root.iter("article") if not is_other(e, root)]
    if not articles:
        body = root.find("body")
        return root if body is None else body
    headed = [e for e in articles if next(e.iter("h1"), None) is not None]
    return max(headed or articles, key=lambda e: len(e.text_content()))


def is_other(element: html.HtmlElement, top: html.HtmlElement) -> bool:
    """Does an element of `top` stand in a side box, a comment or the card of another story?"""
    node = element
    while node is not None and node is not top:
        if node.tag in _ASIDE or (node.tag == "article" and node is not element):
            return True
        words = f"{node.get('class') or ''} {node.get('id') or ''}"
        if _OTHERS.search(words) and not _OWN.search(words):
            return True
        node = node.getparent()
    return False


def own(top: html.HtmlElement, path: str, limit: int = 20) -> list[html.HtmlElement]:
    """Return the first elements that an XPath names in the article, without those of others."""
    return [e for e in top.xpath(path)[: 10 * limit] if not is_other(e, top)][:limit]


def words(element: html.HtmlElement) -> str:
    """Return an element's text in one line, with a blank wherever the page parts its pieces.

    That is at breaks and blocks, and between two elements with nothing between them.
    """
    return _BLANKS.sub(" ", _UNSEEN.sub("", "".join(_pieces(element, 0)))).strip()


def _pieces(element: html.HtmlElement, depth: int) -> Iterator[str]:
    if depth > 100:  # what a page nests is not ours to trust
        return
    yield element.text or ""
    for child in element:
        parted = child.tag in BLOCK_TAGS or child.tag == "br" or _follows_element(child)
        if parted:
            yield " "
        if isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _pieces(child, depth + 1)
        if child.tag in BLOCK_TAGS:
            yield " "
        yield child.tail or ""


def _follows_element(child: html.HtmlElement) -> bool:
    before = child.getprevious()
    return before is not None and isinstance(before.tag, str) and not before.tail
