"""Residue lines: which lines go, by where they stand, what stands beside them and what they say.

The head is what stands before the first prose, the tail what stands after the last. Between
them only lines that are residue by themselves go. A text without prose has neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from textkit.clean.body import body_lines
from textkit.clean.head import head_rules
from textkit.clean.menus import Words, menus
from textkit.clean.shape import Line, is_prose, lines_back, lines_from
from textkit.clean.tail import tail_rules
from textkit.clean.verdicts import Verdict, verdict
from textkit.edits import Edit

MOST_LINES = 400  # lines of the head and of the tail that are looked at


@dataclass
class Found:
    """The lines that go, each with its rule, and what they say of the document."""

    lines: list[tuple[Line, str]] = field(default_factory=list)
    title: str | None = None
    author: str | None = None
    date: str | None = None


def residue(text: str) -> Found:
    """Return the residue lines of a text, in order."""
    found = Found()
    head, body_start = _head(text)
    if body_start is None:
        return found
    tail, body_end = _tail(text, body_start)
    words = Words()
    facts = head_rules(head, _said(head, words), lambda: lines_from(text, body_start))
    found.title, found.author, found.date = facts.title, facts.author, facts.date
    body = list(body_lines(text, body_start, body_end, words))
    last = tail_rules(tail, _said(tail, words))
    found.lines = _merged([*facts.lines, *body, *last.lines], menus(lines_from(text), words))
    found.author = found.author or last.author
    return found


def _said(lines: list[Line], words: Words) -> list[Verdict | None]:
    """What each line is by itself."""
    said = [verdict(line.text) for line in lines]
    for line, one in zip(lines, said, strict=True):
        words.note(line.text, one)
    return said


def _merged(
    lines: list[tuple[Line, str]], more: Iterable[tuple[Line, str]]
) -> list[tuple[Line, str]]:
    """All lines in order, each once; the first list gives the rule."""
    rules = {line.start: (line, rule) for line, rule in more}
    rules |= {line.start: (line, rule) for line, rule in lines}
    return [rules[start] for start in sorted(rules)]


def _head(text: str) -> tuple[list[Line], int | None]:
    """The lines before the first prose, and where that starts; None if there is none."""
    head: list[Line] = []
    for line in lines_from(text):
        if is_prose(line.text) and verdict(line.text) is None:
            return head, line.start
        head.append(line)
        if len(head) >= MOST_LINES:
            break
    return head, None


def _tail(text: str, start: int) -> tuple[list[Line], int]:
    """The lines after the last prose, and where that ends."""
    tail: list[Line] = []
    for line in lines_back(text):
        if is_prose(line.text) and verdict(line.text) is None:
            return tail[::-1], line.end
        if line.start <= start or len(tail) >= MOST_LINES:
            return tail[::-1], line.end
        tail.append(line)
    return tail[::-1], start


def removals(text: str, lines: Iterable[tuple[Line, str]]) -> list[Edit]:
    """Return the edits that take lines out, each with the blank lines on one of its sides.

    Of the gaps before and after a run of them, the wider one stays.
    """
    edits: list[Edit] = []
    run: list[tuple[Line, str, int]] = []
    for line, rule in lines:
        if run and run[-1][2] != line.start:
            edits += _run(text, run)
            run = []
        run.append((line, rule, _next_start(text, line.end)))
    return edits + _run(text, run)


def _run(text: str, run: list[tuple[Line, str, int]]) -> list[Edit]:
    if not run:
        return []
    first, last = run[0][0], run[-1]
    gap_after = last[2] - last[0].end > 1 and last[2] < len(text)
    if first.start > 0 and not first.gap and gap_after:
        starts = [first.start - 1] + [line.end for line, _, _ in run[:-1]]
        return [
            Edit(start, text[start : line.end], "", rule)
            for start, (line, rule, _) in zip(starts, run, strict=True)
        ]
    return [Edit(line.start, text[line.start : end], "", rule) for line, rule, end in run]


def _next_start(text: str, end: int) -> int:
    """Where the next line that is not blank starts."""
    at = end + 1
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if text[at:stop].strip():
            return at
        at = stop + 1
    return len(text)
