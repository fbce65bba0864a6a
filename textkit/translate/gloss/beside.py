"""Glosses as a reader sees them: in the place of a passage's words, or below them.

In a record a gloss never takes the place of the words: it stands in the passage's field `gloss`,
a line for each sentence. Only text that is shown is made here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from textkit.document import Document, Passage
from textkit.edits import Edit, apply
from textkit.text.languages import base
from textkit.translate.units import Unit, units

BESIDE, REPLACE, NONE = "beside", "replace", "none"
TARGET = "en"  # the only language that there is a gloss in


def reader_text(document: Document, foreign: str = REPLACE, main: str = BESIDE) -> str:
    """Return the text with its glosses.

    `foreign` says how those of foreign passages are shown, `main` those of passages in the main
    language of the document: `replace`, `beside` or `none`.
    """
    edits: list[Edit] = []
    for passage in document.passages:
        if passage.gloss:
            how = main if base(passage.lang) == base(document.lang) else foreign
            edits += _edits(document.text, passage, how)
    return apply(document.text, edits)


def gloss_between(document: Document, start: int, end: int) -> str | None:
    """Return the gloss of the sentences that touch a span of the text; None where none does."""
    lines = [
        gloss
        for passage in _touching(document.passages, start, end)
        for unit, gloss in _glossed_units(document.text, passage)
        if unit.start < end and unit.end > start
    ]
    return " ".join(filter(None, lines)) or None


def marked(gloss: str, lang: str) -> str:
    """Return a gloss with the mark that tells it from a translation.

    >>> marked("City council decide.", "zh-Hans")
    '[gloss zh-Hans→en: City council decide.]'
    """
    return f"[gloss {lang}→{TARGET}: {gloss}]"


def _touching(passages: tuple[Passage, ...], start: int, end: int) -> Iterator[Passage]:
    first = max(0, bisect_left(passages, start, key=lambda p: p.start) - 1)
    for passage in passages[first:]:
        if passage.start >= end:
            return
        if passage.gloss and passage.end > start:
            yield passage


def _glossed_units(text: str, passage: Passage) -> list[tuple[Unit, str]]:
    """Each sentence of a passage with its gloss; all as one where the text has changed since."""
    sentences = units(text, passage.start, passage.end, passage.lang)
    lines = (passage.gloss or "").split("\n")
    if len(sentences) != len(lines):
        whole = Unit(passage.start, passage.end, text[passage.start : passage.end])
        return [(whole, " ".join(lines))]
    return list(zip(sentences, lines, strict=True))


def _edits(text: str, passage: Passage, how: str) -> Iterator[Edit]:
    if how == NONE:
        return
    block: list[tuple[Unit, str]] = []
    for unit, gloss in _glossed_units(text, passage):
        block.append((unit, gloss))
        if unit.last:
            yield from _block_edits(text, passage.lang, block, how)
            block = []


def _block_edits(text: str, lang: str, block: list[tuple[Unit, str]], how: str) -> Iterator[Edit]:
    """One edit for the sentences of a block."""
    gloss = " ".join(filter(None, (gloss for _, gloss in block)))
    start, end = block[0][0].start, block[-1][0].end
    if not gloss:
        return
    if how == REPLACE:
        after = text[end : end + 1]
        space = " " if after and not after.isspace() else ""
        yield Edit(start, text[start:end], marked(gloss, lang) + space, "gloss")
    else:
        ends_line = text[end : end + 1] in ("", "\n")
        yield Edit(end, "", ("\n" if ends_line else " ") + marked(gloss, lang), "gloss")
