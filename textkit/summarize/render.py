"""Summaries as text and as Markdown."""

from __future__ import annotations

import re

from textkit.document import Document, SummarySentence
from textkit.text.languages import primary

_BLANKS = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


def as_text(document: Document, with_keywords: bool = False) -> str:
    """One sentence per line; those of a corpus end with `[id]`, translated ones with `[zh→en]`.

    A sentence in a language that nothing translates has its gloss on the line below.
    """
    lines = []
    for sentence in document.summary:
        lines.append(_day(sentence) + _flat(sentence.text) + _marks(document, sentence))
        if sentence.gloss:
            lines.append(f"  [gloss: {sentence.gloss}]")
    if with_keywords:
        lines.append("Keywords: " + ", ".join(document.extra.get("keywords", ())))
    return "".join(f"{line}\n" for line in lines)


def as_markdown(document: Document, with_keywords: bool = False) -> str:
    """A heading and a list, a sentence an item."""
    title = "Summary" if document.id == "corpus" else document.title or document.id
    items = "".join(
        f"- {_day(s)}{_escaped(_flat(s.text))}{_marks(document, s, code=True)}\n"
        + (f"  *(gloss) {_escaped(s.gloss)}*\n" if s.gloss else "")
        for s in document.summary
    )
    if with_keywords:
        items += "\n*" + _escaped(", ".join(document.extra.get("keywords", ()))) + "*\n"
    return f"## {_escaped(_flat(title))}\n\n{items}\n"


def _day(sentence: SummarySentence) -> str:
    """The day in front of a sentence of a timeline."""
    return f"{sentence.date}  " if sentence.date else ""


def _marks(document: Document, sentence: SummarySentence, code: bool = False) -> str:
    marks = ""
    if sentence.origin:
        target = primary(document.lang) or "und"
        marks += f" [{sentence.origin.split('-')[0]}→{target}]"
    if sentence.id:
        marks += f" [`{sentence.id}`]" if code else f" [{sentence.id}]"
    return marks


def _flat(text: str) -> str:
    """A sentence that was wrapped over lines, on one."""
    return _BLANKS.sub(" ", text)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
