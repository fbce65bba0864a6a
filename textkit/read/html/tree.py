"""Markup to a tree, whatever the page is like: bounded in size and depth, without NUL bytes."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree, html

from textkit.errors import InputError

MAX_CHARS = 5_000_000  # of a page without its scripts and styles; what follows is not read
_OPENER = re.compile(r"<(?:(script|style|svg)\b|!--)", re.IGNORECASE)
_CLOSERS = {
    name: re.compile(rf"</{name}\s*>" if name else "-->", re.IGNORECASE)
    for name in ("script", "style", "svg", "")
}
_TAG = 2_000  # characters of a script's tag in which its type is looked for
_DATA_URI = re.compile(r"data:[\w/+.;=-]{1,80},[\w+/=%-]{256,}")
_LONG_TAG = re.compile(r"<([a-z][a-z0-9]*)\b[^<>]{20000,}>", re.IGNORECASE)
_FLAT = re.compile(
    r"</?(?!(?:p|br|h[1-6]|li|tr|title|meta|head|body|html)\b)[a-z][^<>]*>", re.IGNORECASE
)
_CLOSING = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)  # often in the middle of a page
_SPANS = ("colspan", "rowspan")


class Tree(NamedTuple):
    """A parsed page and what had to be done to parse it."""

    root: html.HtmlElement
    warnings: tuple[str, ...]


def parse(markup: str) -> Tree:
    """Return the tree of a page. Raises InputError where the page holds no element at all."""
    warnings: list[str] = []
    markup = _bounded(markup, warnings)
    markup = _CLOSING.sub("", markup)
    root, cut = _parse(markup)
    if cut:  # libxml2 stops at 256 levels and drops the rest: without inner tags all of it is read
        root, _ = _parse(_FLAT.sub(" ", without_noise(markup)))
        warnings.append("tags are nested too deeply: the page was read without its structure")
    if root is None:
        raise InputError("an empty page")
    for name in _SPANS:  # a huge span would be filled with cells
        for cell in root.xpath(f"//*[@{name}]"):
            del cell.attrib[name]
    return Tree(root, tuple(warnings))


def _bounded(markup: str, warnings: list[str]) -> str:
    markup = _LONG_TAG.sub(r"<\1>", markup.replace("\0", ""))  # attributes cost the square
    if len(markup) <= MAX_CHARS:
        return markup
    markup = _DATA_URI.sub("", without_noise(markup))
    if len(markup) > MAX_CHARS:
        warnings.append(f"the page is too long: only its first {MAX_CHARS:,} characters were read")
    return markup[:MAX_CHARS]


def without_noise(markup: str) -> str:
    """Return markup with a blank for each script, style, drawing and comment, but not for JSON-LD.

    One pass: where no closer of a kind is left, it is not looked for again.
    """
    kept, done, at = [], 0, 0
    open_ended: set[str] = set()
    while match := _OPENER.search(markup, at):
        at = match.end()
        name = (match[1] or "").lower()
        if name in open_ended or "ld+json" in markup[at : at + _TAG].partition(">")[0]:
            continue
        if closer := _CLOSERS[name].search(markup, at):
            kept.append(markup[done : match.start()])
            done = at = closer.end()
        else:
            open_ended.add(name)
    return " ".join([*kept, markup[done:]])


def _parse(markup: str) -> tuple[html.HtmlElement | None, bool]:
    """Return the root element, and whether the depth limit cut the page off."""
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    cut = any("Excessive depth" in error.message for error in parser.error_log)
    return root, cut
