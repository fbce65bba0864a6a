"""Menus: long runs of short lines in which words of a site's menu stand.

An extractor that keeps a whole page leaves its menus and footers, most of whose entries no table
knows. What is known is their shape: many short lines in a row, and among them several that only
a menu has (log in, contact, privacy). The stretch from the first to the last of those goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textkit.clean.page import Line
from textkit.clean.shape import columns

# Chosen on development pages, of which both halves were seen; MAX_GAP on the careful side.
MIN_LINES = 10  # lines in a row
MIN_KNOWN = 3  # different lines that only a menu has
MAX_COLUMNS = 60  # columns of an entry
MAX_WORDS = 8
MAX_GAP = 12  # lines between two known ones

_MENU = frozenset({"menu", "home", "share", "cookie"})  # only a menu or a footer has these
_TOPIC = frozenset({"section", "comments", "counter"})  # lists of other kinds have these too


class MenuVocabulary:
    """The lines of a text that a menu has: those that only a menu has, and mere topics."""

    def __init__(self) -> None:
        self.sure: set[str] = set()
        self.topics: set[str] = set()

    def note(self, line: Line) -> None:
        """Remember a line if a menu may have it."""
        if line.verdict and line.verdict.kind in _MENU:
            self.sure.add(line.text)
        elif line.verdict and line.verdict.kind in _TOPIC:
            self.topics.add(line.text)


def menu_residue(lines: Iterable[Line], words: MenuVocabulary) -> dict[int, str]:
    """Return the lines of menus by offset, each with its rule."""
    rules: dict[int, str] = {}
    if len(words.sure) < MIN_KNOWN:
        return rules
    run: list[Line] = []
    for line in lines:
        if _is_entry(line):
            run.append(line)
        else:
            rules.update(_menu(run, words))
            run = []
    rules.update(_menu(run, words))
    return rules


def _is_entry(line: Line) -> bool:
    text = line.text
    short = len(text) <= MAX_COLUMNS and len(text.split()) <= MAX_WORDS
    return short and not line.prose and columns(text) <= MAX_COLUMNS


def _menu(run: list[Line], words: MenuVocabulary) -> Iterator[tuple[int, str]]:
    if len(run) < MIN_LINES:
        return
    texts = [line.text for line in run]
    known = [i for i, text in enumerate(texts) if text in words.sure or text in words.topics]
    for group in _groups(known):
        different = {texts[index] for index in group} & words.sure
        if len(different) >= MIN_KNOWN and group[-1] - group[0] + 1 >= MIN_LINES:
            for line in run[group[0] : group[-1] + 1]:
                yield line.start, "TK114"


def _groups(known: list[int]) -> Iterator[list[int]]:
    """Known lines with few lines between one and the next."""
    group: list[int] = []
    for index in known:
        if group and index - group[-1] > MAX_GAP:
            yield group
            group = []
        group.append(index)
    if group:
        yield group
