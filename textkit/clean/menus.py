"""Menus: long runs of short lines in which words of a site's menu stand.

An extractor that keeps a whole page leaves its menus and footers, most of whose entries no table
knows. What is known is their shape: many short lines in a row, and among them several that only
a menu has (log in, contact, privacy). The stretch from the first to the last of those goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textkit.clean.shape import Line, columns, is_prose
from textkit.clean.verdicts import Verdict

# Chosen on development pages, of which both halves were seen; FURTHEST on the careful side.
LEAST_LINES = 10  # lines in a row
LEAST_KNOWN = 3  # different lines that only a menu has
WIDEST = 60  # columns of an entry
MOST_WORDS = 8
FURTHEST = 12  # lines between two known ones

_MENU = frozenset({"menu", "home", "share", "cookie"})  # only a menu or a footer has these
_TOPIC = frozenset({"section", "comments", "counter"})  # lists of other kinds have these too


class Words:
    """The lines of a text that a menu has: those that only a menu has, and mere topics."""

    def __init__(self) -> None:
        self.sure: set[str] = set()
        self.topics: set[str] = set()

    def note(self, text: str, found: Verdict | None) -> None:
        """Remember a line by what it is."""
        if found and found.kind in _MENU:
            self.sure.add(text)
        elif found and found.kind in _TOPIC:
            self.topics.add(text)


def menus(lines: Iterable[Line], words: Words) -> Iterator[tuple[Line, str]]:
    """Yield the lines of menus."""
    if len(words.sure) < LEAST_KNOWN:
        return
    run: list[Line] = []
    for line in lines:
        if _is_entry(line.text):
            run.append(line)
        else:
            yield from _menu(run, words)
            run = []
    yield from _menu(run, words)


def _is_entry(text: str) -> bool:
    short = len(text) <= WIDEST and len(text.split()) <= MOST_WORDS
    return short and columns(text) <= WIDEST and not is_prose(text)


def _menu(run: list[Line], words: Words) -> Iterator[tuple[Line, str]]:
    if len(run) < LEAST_LINES:
        return
    texts = [line.text for line in run]
    known = [i for i, text in enumerate(texts) if text in words.sure or text in words.topics]
    for group in _groups(known):
        different = {texts[index] for index in group} & words.sure
        if len(different) >= LEAST_KNOWN and group[-1] - group[0] + 1 >= LEAST_LINES:
            for line in run[group[0] : group[-1] + 1]:
                yield line, "TK114"


def _groups(known: list[int]) -> Iterator[list[int]]:
    """Known lines with few lines between one and the next."""
    group: list[int] = []
    for index in known:
        if group and index - group[-1] > FURTHEST:
            yield group
            group = []
        group.append(index)
    if group:
        yield group
