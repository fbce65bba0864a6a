"""Sections: the lines that structure and model look at together, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from textkit.clean.page import MAX_WHOLE, Line, Page

EDGE_LINES = 12  # lines of the story beside an edge of a longer text

ABOVE, TITLE, BELOW, BODY, AFTER = "above", "title", "below", "body", "after"


@dataclass
class Residue:
    """The lines that go, by offset, each with its rule, and what they say of the document."""

    rules: dict[int, str] = field(default_factory=dict)
    title: str | None = None
    author: str | None = None
    date: str | None = None
    line_reasons: dict[str, str] = field(default_factory=dict)  # the model's, by the line's text


@dataclass
class Section:
    """Neighbouring lines: `first` and `last` are the indexes of the story's edges."""

    lines: list[Line]
    first: int
    last: int
    title: int | None  # index of the title
    rules: list[str | None]  # of each line that goes

    def place(self, index: int) -> str:
        """Return the place of a line: above the title, the title, below it, body, after."""
        if index >= self.first:
            return AFTER if index > self.last else BODY
        if self.title is None:
            return ABOVE
        return ABOVE if index < self.title else TITLE if index == self.title else BELOW

    def is_alone(self, index: int) -> bool:
        """Does a line stand between prose, residue, the title or the text's ends, in no list?"""
        return self.closes(index - 1) and self.closes(index + 1)

    def closes(self, index: int) -> bool:
        """May a list not go on at an index: prose, residue, the title or the text's end?"""
        if not 0 <= index < len(self.lines):
            return True
        return self.lines[index].prose or self.rules[index] is not None or index == self.title


def sections(page: Page, title: int | None, rules: dict[int, str]) -> Iterator[Section]:
    """Yield a text as one section; a very long one as its head and its tail."""
    if len(page.text) <= MAX_WHOLE:
        body = list(page.body())
        yield _section([*page.head, *body, *page.tail], len(page.head), len(body), title, rules)
        return
    body = list(islice(page.body(), EDGE_LINES))
    yield _section([*page.head, *body], len(page.head), len(body), title, rules)
    if page.tail:
        yield _section(page.tail, 0, 0, None, rules)


def _section(
    lines: list[Line], first: int, length: int, title: int | None, rules: dict[int, str]
) -> Section:
    known = [rules.get(line.start) for line in lines]
    return Section(lines, first, first + length - 1, title, known)
