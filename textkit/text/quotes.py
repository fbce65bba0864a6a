"""Quotations: where quotation marks open and close, in the ways that languages write them."""

from __future__ import annotations

import re

from textkit.text.marks import marks
from textkit.text.scripts import script_of

# Opening mark to the marks that close it: “ ” English, „ “ German, « » French, ” ” Swedish.
_CLOSING = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "»": "«", "”": "”", '"': '"',
            "＂": "＂", "‘": "’", "‚": "‘’", "‹": "›"}  # fmt: skip
_SINGLE = "‘’‚‹›"
_CLOSED = {mark: re.compile(rf"[{_CLOSING[mark]}](?!\w)") for mark in "‘‚‹"}
_OF_SINGLE = frozenset(_CLOSING[mark] for mark in _CLOSED)
MOST_OF_SINGLE = 1000  # characters to look ahead for what closes a single mark
_MARKS = re.compile(r'["＂“”„«»「」『』‘’‚‹›]')
_SENTENCE_END = re.compile(rf"[{marks()}](?=\s|$)|[{marks(shared=False)}]")
_PARAGRAPH = re.compile(r"[^\n]+")


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the spans of quotations with their marks; one never closed ends with its sentence.

    Marks of different kinds may close each other where scraping has mixed them up (“like this").
    Feet and inches, and the Hebrew mark inside a word, open nothing.

    >>> quotations('He said: "Go." Then „los“.')
    [(9, 14), (20, 25)]
    """
    found: list[tuple[int, int]] = []
    if not _MARKS.search(text):
        return found
    for line in _PARAGRAPH.finditer(text):
        if _MARKS.search(line[0]):
            found += _of_line(text, line.start(), line.end())
    return found


def _of_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened, closing = -1, ""
    for match in _MARKS.finditer(text, start, end):
        at, mark = match.start(), match[0]
        if _inside_word(text, at, start, end):
            continue
        if mark in _SINGLE and not _is_single(text, at, start, end, closing):
            continue
        if opened < 0:
            if mark not in "」』’›" and not (mark == "”" and _looks_closing(text, at, start)):
                opened, closing = at, _CLOSING[mark]
        elif mark in closing or (
            closing not in _OF_SINGLE and mark in '"”“' and _looks_closing(text, at, start)
        ):
            found.append((opened, at + 1))
            opened, closing = -1, ""
    if opened >= 0:
        found.append((opened, _open_end(text, opened, start, end)))
    return found


def _open_end(text: str, opened: int, start: int, end: int) -> int:
    """Where a quotation that is never closed ends: with its sentence, or with its paragraph.

    A speech of several paragraphs opens each of them and closes the last alone.
    """
    goes_on = opened == start and text[end:].lstrip()[:1] == text[opened]
    match = None if goes_on else _SENTENCE_END.search(text, opened, end)
    return match.end() if match else end


def _is_single(text: str, at: int, start: int, end: int, closing: str) -> bool:
    """Does a single mark open or close a quotation here, and is no apostrophe (don’t, the ‘90s)?

    It opens after a blank or another mark, and only what is closed on the line. Inside a
    quotation in double marks it opens nothing.
    """
    mark, after = text[at], text[at + 1 : at + 2]
    if closing:
        return mark in closing and not after.isalnum()
    if mark not in _CLOSING or not after.strip() or after.isdigit():
        return False
    if at > start and text[at - 1].isalnum():
        return False
    return _CLOSED[mark].search(text, at + 1, min(end, at + MOST_OF_SINGLE)) is not None


def _inside_word(text: str, at: int, start: int, end: int) -> bool:
    if text[at] != '"' or at == start or at + 1 >= end:
        return False
    before, after = text[at - 1], text[at + 1]
    if before.isdigit():
        return True
    last = at + 2 >= end or not _is_hebrew(text[at + 2])  # an acronym has it before its last letter
    return _is_hebrew(before) and _is_hebrew(after) and last


def _is_hebrew(char: str) -> bool:
    return script_of(char) == "Hebr"


def _looks_closing(text: str, at: int, start: int) -> bool:
    """A closing mark stands after a letter or a stop, never after a blank."""
    return at > start and not text[at - 1].isspace()
