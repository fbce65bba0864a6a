"""The body: lines between paragraphs that are residue by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textkit.clean.page import Line
from textkit.clean.phrases import ANY
from textkit.clean.shape import is_topic


def body_residue(lines: Iterable[Line]) -> Iterator[tuple[int, str]]:
    """Yield the offsets of the residue lines between two paragraphs, each with its rule."""
    before: Line | None = None
    line: Line | None = None
    for after in lines:
        if line and line.verdict and _is_label(before, line, after):
            yield line.start, line.verdict.rule
        before, line = line, after


def _is_label(before: Line | None, line: Line, after: Line) -> bool:
    """Is a line residue beside a paragraph, and not the heading of a section on its topic?"""
    if line.verdict is None or line.verdict.where != ANY or len(line.text) < 2:
        return False
    beside = after.prose or (before and before.prose)
    if not beside and line.verdict.kind != "related":  # a heading of links has them below it
        return False
    return line.verdict.rule == "TK109" or not is_topic(line.text, after.text)
