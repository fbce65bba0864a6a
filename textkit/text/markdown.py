"""Markdown: the parts of a text that no rule may touch, and what its front matter says."""

from __future__ import annotations

import re
from typing import Any

MARKDOWN_ENDINGS = (".md", ".markdown")
_FRONT = re.compile(
    r"\A\ufeff?(?:---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(.*?)^\+\+\+)[ \t\r]*$",
    re.DOTALL | re.MULTILINE,
)
# Quantifiers are possessive or bounded, so that no text takes time that grows with the square.
_BLOCKS = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t\r]*$|\Z)"  # code
    r"|(?:(?<=\n\n)|\A)(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+"
    r"|^ {0,3}#{1,6}(?:[ \t][^\n]*)?$"  # headings
    r"|^[^\n]+\n {0,3}(?:=+|-{2,})[ \t\r]*$"
    r"|^(?=[^\n]*\|)[^\n]*\n(?=[ \t:|]*-)[ \t\r:|-]+$(?:\n(?=[^\n]*\|)[^\n]*)*"  # tables
    r"|^ {0,3}(?:[-*_][ \t]*){3,}$"  # rules
    r"|^ {0,3}\[[^\]\n]+\]:[^\n]*$"  # definitions of links
    r"|<!--.*?(?:-->|\Z)"
    r"|(?<!`)(?P<tick>`++)[^`\n]++(?P=tick)"  # code in a line
    r"|!?\[[^\[\]\n]{0,1000}+\]\([^)\n]{0,2000}+\)",  # links and images
    re.DOTALL | re.MULTILINE,
)
_FIELD = re.compile(r"^([A-Za-z_-]+)\s*[:=]\s*(.*?)\s*$", re.MULTILINE)
_NAMES = {"title": "title", "author": "author", "date": "date", "url": "url", "image": "image",
          "description": "description"}  # fmt: skip


def protected(text: str) -> list[tuple[int, int]]:
    """Return the spans of front matter, code, headings, tables, links and comments, in order.

    >>> text = "# A\\n\\nProse.\\n\\n```\\nx\\n```\\n"
    >>> [text[start:end] for start, end in protected(text)]
    ['# A', '```\\nx\\n```']
    """
    front = _FRONT.match(text)
    spans = [front.span()] if front else []
    start = front.end() if front else 0
    return spans + [match.span() for match in _BLOCKS.finditer(text, start)]


def front_matter(text: str) -> dict[str, Any]:
    """Return the fields of a text's front matter that records know; others stay in the text.

    >>> front_matter("---\\ntitle: The plan\\ndraft: true\\n---\\nText.")
    {'title': 'The plan'}
    """
    match = _FRONT.match(text)
    if not match:
        return {}
    pairs = _FIELD.findall(match[1] or match[2] or "")
    values = {name.lower(): value.strip("\"'") for name, value in pairs}
    return {field: values[name] for name, field in _NAMES.items() if values.get(name)}
