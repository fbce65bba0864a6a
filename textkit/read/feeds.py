"""Items of RSS and Atom feeds, and letters: what they hold and say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import Any

from lxml import etree

from textkit.errors import InputError
from textkit.read.fragment import markup_text
from textkit.read.html.author import person
from textkit.read.office import safe_xml
from textkit.text.dates import iso_date

Fields = dict[str, Any]
_BODIES = ("encoded", "content", "description", "summary")  # the fullest first
_DATES = ("pubDate", "published", "date", "issued", "updated")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")


def read_feed(data: bytes) -> Iterator[Fields]:
    """Yield the items of a feed. Raises InputError where it is none."""
    root = safe_xml(data)
    site = _child(root.find("{*}channel") if root.find("{*}channel") is not None else root, "title")
    items = list(root.iter("{*}item", "{*}entry"))
    if not items:
        raise InputError("a feed without items")
    for item in items:
        date = next((text for name in _DATES if (text := _child(item, name))), None)
        yield {
            "text": next((text for name in _BODIES if (text := _body(item, name))), ""),
            "title": _plain(_child(item, "title")),
            "author": person(_child(item, "creator") or _author(item)),
            "date": iso_date(date),
            "date_text": date,
            "url": _link(item),
            "site": _plain(site),
            "tags": [t for c in item.iter("{*}category") if (t := c.get("term") or c.text)],
        }


def _child(item: etree._Element | None, name: str) -> str | None:
    node = item.find(f"{{*}}{name}") if item is not None else None
    text = "".join(str(part) for part in node.itertext()).strip() if node is not None else ""
    return text or None


def _author(item: etree._Element) -> str | None:
    node = item.find("{*}author")
    return None if node is None else _child(node, "name") or (node.text or "").strip() or None


def _link(item: etree._Element) -> str | None:
    for node in item.iter("{*}link"):
        if node.get("rel", "alternate") == "alternate" and (url := node.get("href") or node.text):
            return str(url).strip()
    return None


def _body(item: etree._Element, name: str) -> str:
    """The text of an element, which holds markup as text, as elements, or none."""
    node = item.find(f"{{*}}{name}")
    if node is None:
        return ""
    if len(node):
        return markup_text(etree.tostring(node, encoding="unicode", with_tail=False))
    text = (node.text or "").strip()
    return markup_text(text) if _MARKUP.search(text) else text + "\n" if text else ""


def _plain(text: str | None) -> str | None:
    if text and _MARKUP.search(text):
        text = markup_text(text)
    return " ".join(text.split()) if text else None


def read_mail(data: bytes) -> Fields:
    """Return the text of a letter, without what is attached to it. Raises InputError."""
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    try:
        body = message.get_body(("plain", "html"))
        content = body.get_content() if body else ""
    except (LookupError, ValueError, AttributeError) as error:
        raise InputError(f"a damaged letter: {error}") from None
    html = body is not None and body.get_content_type() == "text/html"
    date = str(message.get("date") or "") or None
    name, address = parseaddr(str(message.get("from") or ""))
    return {
        "text": markup_text(content) if html else str(content).replace("\r\n", "\n"),
        "title": str(message.get("subject") or "") or None,
        "author": name or address or None,
        "date": iso_date(date),
        "date_text": date,
    }
