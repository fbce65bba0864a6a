"""Sentences: one splitter for all scripts, with offsets, without data to download.

A block is never split across: headings, list items and table rows are sentences of their own.
Inside a block a full stop ends a sentence unless what stands round it says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from textkit.text.blocks import blocks
from textkit.text.tables import rows

_CLOSERS = r"""["'”’»›」』）)\]}》〉】]*"""
_BREAK = re.compile(
    rf"(?P<wide>[。！？｡؟۔।॥։።။៕]+{_CLOSERS})"
    rf"|(?P<mark>[!?…]+[.!?…]*{_CLOSERS})(?=\s|$)"
    rf"|(?P<stop>\.+{_CLOSERS})(?=\s|$)"
    r"|(?P<narrow>[!?.]+)(?=[\u3040-\u30ff\u3400-\u9fff])"
)
_WORD_BEFORE = re.compile(r"[^\s\"'“‘«(\[]+$")
_NEXT = re.compile(r"""[\s"'“”‘’«»(\[¿¡„-]*(\S?)""")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_THAI_GAP = re.compile(r"(?<=[\u0e00-\u0e7f]{12})[ \u00a0]+(?=[\u0e00-\u0e7f]{3})")
_THAI_LEAST = 60  # letters in a piece of Thai, which has no sentence mark but a blank

# Words that start sentences far more often than they follow an abbreviation as a name.
_STARTERS = frozenset(
    "the a an it he she they we i you this that these those but and in on at for with as if when"
    " while after before however meanwhile there his her its their our my what who how why".split()
)


class Sentence(NamedTuple):
    """A span of the text and the kind of the block that it lies in."""

    start: int
    end: int
    block: str


def sentences(text: str, lang: str | None = None) -> list[Sentence]:
    """Return the sentences of `text` in order, without the blanks between them.

    >>> text = 'Dr. Wu left. "Really?" 他走了。真的吗？'
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['Dr. Wu left.', '"Really?"', '他走了。', '真的吗？']
    """
    return [
        Sentence(start, end, block.kind)
        for block in blocks(text)
        for start, end in split_block(text, block.start, block.end, lang)
    ]


def split_block(
    text: str, start: int, end: int, lang: str | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences between two offsets, which hold one block."""
    at = start
    for stop in _stops(text, start, end, lang):
        if stop > at:
            yield at, stop
            at = stop
            while at < end and text[at].isspace():
                at += 1
    if at < end:
        yield at, end


def _stops(text: str, start: int, end: int, lang: str | None) -> Iterator[int]:
    """Yield the offsets just after each sentence's last character."""
    if _THAI.search(text, start, end):
        yield from _thai_stops(text, start, end)
        return
    for match in _BREAK.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, match, start, end, lang):
            yield match.end()


def _thai_stops(text: str, start: int, end: int) -> Iterator[int]:
    at = start
    for match in _THAI_GAP.finditer(text, start, end):
        if match.start() - at >= _THAI_LEAST:
            yield match.start()
            at = match.end()


def _ends_sentence(text: str, match: re.Match[str], start: int, end: int, lang: str | None) -> bool:
    kind = match.lastgroup
    if kind in ("wide", "narrow"):
        return (
            kind == "wide" or not match[0].startswith(".") or not text[match.start() - 1].isdigit()
        )
    following = _NEXT.match(text, match.end(), end)
    char = following[1] if following else ""
    if char.islower():
        return False
    if kind == "mark":
        return True
    return not _is_abbreviation(text, match, start, end, lang)


def _is_abbreviation(
    text: str, match: re.Match[str], start: int, end: int, lang: str | None
) -> bool:
    """Is the full stop part of the word before it: Dr. Wu, J. K. Rowling, the U.S. Army?"""
    if len(match[0]) > 1:
        return False
    before = _WORD_BEFORE.search(text, max(start, match.start() - 24), match.start())
    if not before:
        return False
    word = before[0]
    following = _NEXT.match(text, match.end(), end)
    rest = re.match(r"\w+", text[following.start(1) :][:20]) if following else None
    starter = bool(rest) and rest[0].lower() in _STARTERS  # type: ignore[index]
    if len(word) == 1 and word.isalpha() and word.isupper():
        return not starter or text[match.end() : match.end() + 1] == ""
    if "." in word and re.fullmatch(r"(?:\w{1,3}\.)+\w{1,3}", word):
        return not starter
    if word.isdigit():
        return len(word) <= 2 and lang in ("de", "cs", "da", "nb", "no", "pl", "tr", "fi", "hu")
    return word.casefold() in _abbreviations(lang)


@cache
def _abbreviations(lang: str | None) -> frozenset[str]:
    """The abbreviations of a language; of all of them where it is not known."""
    base = (lang or "").split("-")[0]
    table = list(rows("textkit.text", "abbreviations.tsv"))
    known = {code for code, _ in table}
    wanted = {"mul", base} if base in known else {"mul", "en"}
    return frozenset(word.casefold() for code, word in table if code in wanted)
