"""The body: lines between paragraphs that are residue by themselves.

Most lines are prose and are told apart by their length. The short ones are looked at once each,
however often they stand there, so that a text of millions of short lines costs little.
"""

from __future__ import annotations

from collections.abc import Iterator

from textkit.clean.menus import Words
from textkit.clean.phrases import ANY, LONGEST
from textkit.clean.shape import Line, is_prose, lines_back, lines_from
from textkit.clean.verdicts import verdict

BLOCK = 1 << 20


def body_lines(text: str, start: int, end: int, words: Words) -> Iterator[tuple[Line, str]]:
    """Yield the residue lines between two offsets, in order; `words` takes note of menus."""
    at = start
    while at < end:
        stop = text.find("\n", min(at + BLOCK, end))
        stop = len(text) if stop < 0 else stop
        block = text[at : min(stop, end)]
        rules = {
            line: rule
            for line in set(block.split("\n"))
            if len(line) <= LONGEST
            for rule in [_rule(line, words)]
            if rule
        }
        if rules:
            yield from _places(text, at, min(stop, end), rules)
        at = stop + 1


def _rule(line: str, words: Words) -> str | None:
    content = line.strip()
    if len(content) < 2 or is_prose(content):
        return None
    found = verdict(content)
    words.note(content, found)
    return found.rule if found and found.where == ANY else None


def _places(text: str, start: int, end: int, rules: dict[str, str]) -> Iterator[tuple[Line, str]]:
    for line in lines_from(text, start):
        if line.end > end:
            return
        rule = rules.get(text[line.start : line.end])
        if rule and _is_label(text, line):
            yield line, rule


def _is_label(text: str, line: Line) -> bool:
    """Is a line between paragraphs, and not the heading of a section on its topic?"""
    before = next(lines_back(text, line.start - 1), None) if line.start else None
    after = next(lines_from(text, line.end + 1), None)
    beside = [other for other in (before, after) if other]
    if not any(is_prose(other.text) for other in beside):
        return False
    words = line.text.casefold().split()
    topical = after is not None and len(words) <= 2 and words[0] in after.text.casefold()
    return not topical
