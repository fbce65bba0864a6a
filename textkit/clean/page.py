"""Geometry: the lines of a text, each classified once, and where its head and tail are.

The head is what stands before the story, the tail what stands after it. A single short sentence
closes neither: a standfirst stands below the title, an invitation to subscribe after the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, takewhile
from typing import NamedTuple

from textkit.clean.shape import Span, columns, is_prose, lines_back, lines_from
from textkit.clean.verdicts import Verdict, verdict

MAX_WHOLE = 1_000_000  # characters of a text whose lines are all held at once
MAX_LINES = 400  # lines of the head and of the tail that are looked at
CLOSING_COLUMNS = 120  # prose this wide belongs to the story even without prose beside it


class Line(NamedTuple):
    """A line that is not blank, with its class."""

    start: int  # of the line, its leading blanks included
    end: int  # without its line end
    text: str  # without outer blanks
    gap: bool  # is there a blank line before it?
    prose: bool  # running text that is no residue
    verdict: Verdict | None  # the kind of residue by wording alone


@dataclass
class Page:
    """The lines before the story and after it, and the offsets between which it stands."""

    text: str
    head: list[Line]
    body_start: int
    body_end: int
    tail: list[Line]

    def body(self) -> Iterable[Line]:
        """Return the lines of the story, from its first prose to its last."""
        if len(self.text) <= MAX_WHOLE:
            return self._body
        return takewhile(self._is_body, self.after_head())

    @cached_property
    def _body(self) -> list[Line]:
        return list(takewhile(self._is_body, self.after_head()))

    def _is_body(self, line: Line) -> bool:
        return line.start < self.body_end

    def after_head(self) -> Iterator[Line]:
        """Yield every line from the first prose of the story to the end."""
        return map(classified, lines_from(self.text, self.body_start))

    def lines(self) -> Iterator[Line]:
        """Yield every line of the text."""
        return chain(self.head, self.body(), self.tail)


def classified(span: Span) -> Line:
    """Classify a line of the story, in which every sentence is text."""
    if is_prose(span.text):
        return Line(*span, True, None)
    return Line(*span, False, verdict(span.text))


def _classified_edge(span: Span) -> Line:
    """Classify a line of the head or tail, in which a sentence may be a notice."""
    kind = verdict(span.text)
    return Line(*span, kind is None and is_prose(span.text), kind)


def page_of(text: str) -> Page | None:
    """Return the geometry of a text; None if no prose stands in its first 400 lines."""
    lines = _outer(map(_classified_edge, lines_from(text)))
    edge = _edge(lines)
    if edge is None:
        return None
    head, body_start = lines[:edge], lines[edge].start
    back = _outer(map(_classified_edge, _after(text, body_start)))
    edge = _edge(back)
    if edge is None:  # a tail of more lines than are looked at
        edge = len(back) - 1
    return Page(text, head, body_start, back[edge].end, back[:edge][::-1])


def _after(text: str, start: int) -> Iterator[Span]:
    """Yield the lines from the last one up to the one that starts at an offset."""
    for span in lines_back(text):
        if span.start < start:
            return
        yield span


def _outer(lines: Iterable[Line]) -> list[Line]:
    """Return the lines up to one that surely belongs to the story, and the one after it."""
    outer: list[Line] = []
    prose = 0
    for line in lines:
        outer.append(line)
        prose += line.prose
        sure = line.prose and (prose > 1 or columns(line.text) >= CLOSING_COLUMNS)
        if sure or len(outer) > MAX_LINES:
            break
    return outer


def _edge(lines: list[Line]) -> int | None:
    """Return the index of the first line of the story.

    That is a wide sentence or one with prose right after it; else the second sentence, and the
    only one where there are no two.
    """
    prose = [index for index, line in enumerate(lines) if line.prose]
    if not prose:
        return None
    first, last = prose[0], prose[-1]
    return first if last == first + 1 else last
