"""Markup that is a text and no page: all of its blocks."""

from __future__ import annotations

from textkit.errors import InputError
from textkit.read.html.blocks import collect
from textkit.read.html.charset import decode_page
from textkit.read.html.render import render
from textkit.read.html.tree import parse


def markup_text(markup: str | bytes) -> str:
    """Return the text of a piece of markup, with its blocks apart.

    >>> markup_text("<p>One.<p>Two<br>lines.")
    'One.\\n\\nTwo\\nlines.\\n'
    """
    text = decode_page(markup)[0] if isinstance(markup, bytes) else markup
    if not text.strip():
        return ""
    try:
        page = collect(parse(text).root)
    except InputError:  # no element in it
        return ""
    return render(page, (i for i, block in enumerate(page.blocks) if not block.hidden))
