"""Shapes: lines with their place, and what a line's shape says: prose, headline, number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from textkit.text.marks import CLOSERS, marks
from textkit.text.scripts import DENSE_LETTERS, FULL_WIDTH, UNSPACED_LETTERS

PROSE_COLUMNS = 160  # a line this wide is prose whatever it ends in
HEADLINE_COLUMNS = 200
LEAST_WORDS, LEAST_WIDE = 4, 8  # words, or characters of unspaced script, of a short sentence

_STOP = re.compile(rf"[{marks('stop')}][{re.escape(CLOSERS)}]*$")
_TRUNCATED = re.compile(r"(?:\.\.\.+|…+)['\"”’»」』）)\]]*$")
_MARK = re.compile(rf"[{marks('question', 'exclamation')}][{re.escape(CLOSERS)}]*$")
_INNER = re.compile(
    r"[^\W\d_]{3}[.!?]['\"”’)»]*\s+['\"“‘«„(¿¡]*\w"
    rf"|[{marks(shared=False)}][{re.escape(CLOSERS)}]*\s*\w"
)
_WIDE = re.compile(f"[{FULL_WIDTH}{DENSE_LETTERS}]")
_UNSPACED = re.compile(f"[{UNSPACED_LETTERS}]")
_NUMBER = re.compile(r"[\d.,' ]*\d\s?[km万千만천]?\+?", re.IGNORECASE)


class Span(NamedTuple):
    """The place of a line that is not blank."""

    start: int  # of the line, its leading blanks included
    end: int  # without its line end
    text: str  # without outer blanks
    gap: bool  # is there a blank line before it?


def lines_from(text: str, start: int = 0) -> Iterator[Span]:
    """Yield the lines that are not blank, from `start` on."""
    at, gap = start, False
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        content = text[at:end].strip()
        if content:
            yield Span(at, end, content, gap)
        gap = not content
        at = end + 1


def lines_back(text: str, end: int | None = None) -> Iterator[Span]:
    """Yield the lines that are not blank, from the last one up."""
    stop = len(text) if end is None else end
    while stop > 0 or (stop == 0 and text[:1] not in ("", "\n")):
        start = text.rfind("\n", 0, stop) + 1
        content = text[start:stop].strip()
        if content:
            before = text[text.rfind("\n", 0, start - 1) + 1 : start - 1] if start else "x"
            yield Span(start, stop, content, start > 0 and not before.strip())
        if start == 0:
            return
        stop = start - 1


@lru_cache(maxsize=2048)
def columns(text: str) -> int:
    """Return the width of a line; CJK and Thai characters say as much as two Latin ones."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def unspaced_columns(text: str) -> int:
    """Return how many characters of scripts without blanks between words a line has."""
    return 0 if text.isascii() else len(_UNSPACED.findall(text))


@lru_cache(maxsize=2048)
def is_prose(text: str) -> bool:
    """Is a line running text: a sentence with its full stop, or very long?

    A question, a call or a cut-off sentence alone may be a headline.

    >>> [is_prose(t) for t in ("The council met on Tuesday.", "Who is next?", "议会周二开会讨论。")]
    [True, False, True]
    """
    if len(text) > PROSE_COLUMNS or columns(text) > PROSE_COLUMNS:
        return True
    tail = text[-8:]
    if _TRUNCATED.search(tail):
        return False
    if not _STOP.search(tail):
        return bool(_MARK.search(tail) and _INNER.search(text))
    return len(text.split()) >= LEAST_WORDS or len(_UNSPACED.findall(text)) >= LEAST_WIDE


def ends_sentence(text: str) -> bool:
    """Does a line end in a stop, a question or an exclamation mark, or a cut mark?"""
    tail = text.rstrip()[-8:]
    return any(mark.search(tail) for mark in (_STOP, _MARK, _TRUNCATED))


def is_headline(text: str) -> bool:
    """May a line be the headline of a teaser?"""
    return not is_prose(text) and columns(text) <= HEADLINE_COLUMNS


def is_number(text: str) -> bool:
    """Is a line a lone count: 0, 1,234, 12K?"""
    return len(text) < 12 and _NUMBER.fullmatch(text) is not None


def is_topic(label: str, text: str) -> bool:
    """Does a paragraph speak of what a short label says?

    >>> is_topic("Advertising:", "Adverts paid for it."), is_topic("Share", "It rained.")
    (True, False)
    """
    words = re.findall(r"[^\s\d:|()\[\]]+", label.casefold())
    if not 0 < len(words) <= 2:
        return False
    stem = words[0][: max(4, len(words[0]) - 5)]
    start = "" if _UNSPACED.search(stem) else r"(?<![^\W\d_])"
    return re.search(start + re.escape(stem), text.casefold()) is not None
