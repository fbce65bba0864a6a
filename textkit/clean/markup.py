"""Markup inside text: HTML tags that an extractor left behind.

Only tags of known elements go, and only where they are markup: with attributes, with a partner,
at a line's edge. A bare tag in the middle of a sentence is what the sentence speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from textkit.clean.shape import LEAST_WORDS
from textkit.edits import Edit, apply
from textkit.text.tables import rows

_BETWEEN = {"block": "\n\n", "line": "\n", "cell": " ", "inline": "", "drop": ""}
_EDGES = ("", "\n", "\r")
MOST_ASKED = 5_000  # tags in one text that a parser is asked about; it takes 1 KB for each
_CODE = frozenset({"script", "style"})
_CODE_MARK = re.compile(r"[{}=;]|\w\(|//")
_VOID = frozenset({"br", "hr", "img", "wbr"})


@cache
def _places() -> dict[str, str]:
    """What stands in the place of each element."""
    return {row[0]: row[1] for row in rows("textkit.clean", "tags.tsv")}


@cache
def _tag() -> re.Pattern[str]:
    names = "|".join(sorted(_places(), key=len, reverse=True))
    return re.compile(
        rf"<(?P<close>/?)(?P<name>{names})(?P<rest>(?:[\s/][^<>]{{0,2000}})?)>|<!--[^<>]{{0,2000}}-->",
        re.IGNORECASE,
    )


def starts_tag(text: str) -> bool:
    """Does `text` start with a tag that would go?

    >>> starts_tag('<a href="x">y'), starts_tag("<b> is bold"), starts_tag("<John>")
    (True, False, False)
    """
    match = _tag().match(text)
    if match is None:
        return False
    return _is_sure(match) or _places()[match["name"].lower()] != "inline"


def _is_sure(match: re.Match[str]) -> bool:
    """A comment, a tag with attributes, a closing tag, or an element that never has a partner."""
    name = match["name"]
    if name is None or match["close"] or name.lower() in _VOID:
        return True
    return "=" in match["rest"]


def strip_html(text: str) -> Iterator[Edit]:
    """Yield an edit for each tag that goes, with what stands in its place.

    >>> [(e.old, e.new) for e in strip_html('<p class="a">One</p><p>two <b>x</p>')]
    [('<p class="a">', ''), ('</p>', '\\n\\n'), ('<p>', ''), ('</p>', '')]
    """
    if "<" not in text:
        return
    edits = list(_tag_edits(text))
    if len(edits) > MOST_ASKED or _reads_the_same(text, edits):
        yield from edits


def _reads_the_same(text: str, edits: list[Edit]) -> bool:
    """Does a parser that reads as browsers do find the very words that the edits leave?

    It sees as markup only what the edits take; where it finds other words, no tag goes.
    """
    if not edits:
        return True
    from html import escape

    from bs4 import BeautifulSoup

    marked: list[str] = []
    at = 0
    for edit in edits:
        marked += (escape(text[at : edit.start], quote=False), edit.old)
        at = edit.end
    marked.append(escape(text[at:], quote=False))
    soup = BeautifulSoup("".join(marked), "html.parser")
    for element in soup.find_all([name for name, place in _places().items() if place == "drop"]):
        element.decompose()
    return "".join(soup.get_text().split()) == "".join(apply(text, edits).split())


def _tag_edits(text: str) -> Iterator[Edit]:
    closed = {m["name"].lower() for m in _tag().finditer(text) if m["close"]}
    end = 0
    for run in _tag_runs(text):
        for match, goes in zip(run, _going(text, run, closed), strict=True):
            if match.start() < end or not goes:
                continue
            end = _element_end(text, match, closed)
            old = text[match.start() : end]
            kind = _places().get((match["name"] or "").lower(), "inline")
            yield Edit(match.start(), old, _between(text, match.start(), end, kind), "TK206")


def _tag_runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield runs of tags with nothing but blanks between one and the next."""
    run: list[re.Match[str]] = []
    for match in _tag().finditer(text):
        if run and text[run[-1].end() : match.start()].strip(" \t"):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _going(text: str, run: list[re.Match[str]], closed: set[str]) -> list[bool]:
    """Return which tags of a run go; what stands at a line's edge frees its neighbour."""
    goes = [_goes_alone(text, match, closed) for match in run]
    first, last = run[0].start(), run[-1].end()
    starts = text[max(0, first - 8) : first].rstrip(" \t")[-1:] in _EDGES
    ends = text[last : last + 8].lstrip(" \t")[:1] in _EDGES
    for touches, indexes in ((starts, range(len(run))), (ends, reversed(range(len(run))))):
        for index in indexes if touches else ():
            match = run[index]
            goes[index] = goes[index] or (_parts_blocks(match) and not _is_quoted(text, match))
            if not goes[index]:
                break
    return goes


def _goes_alone(text: str, match: re.Match[str], closed: set[str]) -> bool:
    """Is a tag markup wherever it stands?"""
    if _is_quoted(text, match):
        return False
    return _is_sure(match) or match["name"].lower() in closed


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    """Do the same quotes stand on both sides, as where a text speaks of a tag?"""
    before = text[match.start() - 1 : match.start()]
    return before in ("`", "'", '"') and before == text[match.end() : match.end() + 1]


def _parts_blocks(match: re.Match[str]) -> bool:
    name = (match["name"] or "").lower()
    return _places().get(name) in ("block", "line", "cell")


def _element_end(text: str, match: re.Match[str], closed: set[str]) -> int:
    """Where what goes ends: after the tag, or after the closing tag of a script."""
    name = (match["name"] or "").lower()
    if _places().get(name) == "drop" and not match["close"] and name in closed:
        for other in _tag().finditer(text, match.end()):
            if other["close"] and (other["name"] or "").lower() == name:
                inside = text[match.end() : other.start()]
                return match.end() if name in _CODE and _is_told(inside) else other.end()
    return match.end()


def _is_told(text: str) -> bool:
    """Is what stands between the tags of a script words of the text, and no code at all?"""
    return not _CODE_MARK.search(text) and len(text.split()) >= LEAST_WORDS


def _between(text: str, start: int, end: int, kind: str) -> str:
    """What keeps the words on both sides apart; nothing at a line's edge."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in _EDGES or after in _EDGES:
        return ""
    if after == "<" or before == ">":
        return _BETWEEN[kind] if kind in ("block", "line", "cell") and before != ">" else ""
    return _BETWEEN[kind]
