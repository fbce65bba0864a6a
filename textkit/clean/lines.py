"""Residue lines: which lines go, by their wording, their place and their neighbours.

A text without prose loses nothing: all of its lines may be a list, a poem or a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from textkit.clean.body import body_residue
from textkit.clean.head import head_residue
from textkit.clean.menus import MenuVocabulary, menu_residue
from textkit.clean.model import mark_model
from textkit.clean.page import Line, Page, page_of
from textkit.clean.section import Residue, Section, sections
from textkit.clean.shape import Span, lines_from
from textkit.clean.structure import mark_structure
from textkit.clean.tail import tail_residue
from textkit.edits import Edit


def residue(text: str, model: bool = True, strict: bool = False) -> Residue:
    """Return the residue lines of a text.

    `model` asks the line model about what no rule decides, `strict` for its surest lines alone.
    """
    facts = Residue()
    for section in ruled_sections(text, facts):
        mark_structure(section, facts)
        if model:
            mark_model(section, facts, strict)
    return facts


def ruled_sections(text: str, facts: Residue) -> list[Section]:
    """Apply the tables of known residue; return what structure and model decide on."""
    page = page_of(text)
    if page is None:
        return []
    vocabulary = MenuVocabulary()
    head, last = head_residue(page.head, page.after_head), tail_residue(page.tail)
    rules = dict(body_residue(_noted(page, vocabulary)))
    rules |= head.rules | last.rules
    facts.rules = menu_residue(page.lines(), vocabulary) | rules
    facts.title, facts.date = head.title, head.date
    facts.author = head.author or last.author
    return list(sections(page, head.title_index, facts.rules))


def _noted(page: Page, vocabulary: MenuVocabulary) -> Iterable[Line]:
    """Yield the lines of the story; the vocabulary takes note of all lines on the way."""
    for line in chain(page.head, page.tail):
        vocabulary.note(line)
    for line in page.body():
        vocabulary.note(line)
        yield line


def removals(text: str, rules: dict[int, str]) -> list[Edit]:
    """Return the edits that take lines out, each with the blank lines on one of its sides.

    Of the gaps before and after a run of them, the wider one stays.
    """
    edits: list[Edit] = []
    run: list[tuple[Span, str, int]] = []
    for start in sorted(rules):
        line, rule = next(lines_from(text, start)), rules[start]
        if run and run[-1][2] != line.start:
            edits += _run(text, run)
            run = []
        run.append((line, rule, _next_start(text, line.end)))
    return edits + _run(text, run)


def _run(text: str, run: list[tuple[Span, str, int]]) -> list[Edit]:
    if not run:
        return []
    first, last = run[0][0], run[-1]
    gap_after = last[2] - last[0].end > 1 and last[2] < len(text)
    if first.start > 0 and not _gap_before(text, first.start) and gap_after:
        starts = [first.start - 1] + [line.end for line, _, _ in run[:-1]]
        return [
            Edit(start, text[start : line.end], "", rule)
            for start, (line, rule, _) in zip(starts, run, strict=True)
        ]
    return [Edit(line.start, text[line.start : end], "", rule) for line, rule, end in run]


def _gap_before(text: str, start: int) -> bool:
    """Is there a blank line before the line that starts at an offset?"""
    above = text[text.rfind("\n", 0, start - 1) + 1 : start - 1]
    return not above.strip()


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
