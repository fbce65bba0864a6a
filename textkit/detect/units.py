"""Cutting a text into units: pieces small enough to be of one language each.

A unit never reaches beyond a sentence, a line or a quotation, and holds the letters of one
script; Latin names inside text of another script stay with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from textkit.detect.families import families
from textkit.detect.masks import Span, blank, cuts, markup, masks, union
from textkit.detect.runs import Run, has_letters, host_and_guests
from textkit.text.blocks import Block, blocks
from textkit.text.marks import CLOSERS, marks
from textkit.text.scripts import HAN, KANA
from textkit.text.sentences import split_block
from textkit.text.tables import rows

PARAGRAPH, SENTENCE, QUOTE, INLINE = "paragraph", "sentence", "quote", "inline"
NO_LANGUAGE = "Zxxx"

# What stands before a unit, from the weakest to the strongest place for another language to start.
WITHIN, AT_CLAUSE, AT_LINE, AT_SENTENCE, AT_QUOTE, AT_BLOCK = range(6)

_QUOTE_WORDS = 3  # a quotation of fewer words, or of fewer Han characters, is a name or a term
_QUOTE_HAN = 8
_OPENING_MOST = 3  # characters of opening marks
_QUOTE_MOST = 1000  # characters; a mark that is closed later than that was no opening mark
_CLAUSE = re.compile(r"[.!?…:;](?:(?<=\w\w.)|(?<=\w\w[ \u00a0].))[\"'”’»)\]]*[ \t\u00a0]+(?=\S)")
_PAIRS = ("()", "[]", "（）", "［］", '""', "“”", "„“", "«»", "「」", "『』", "《》", "‘’", "‹›")
_HAN = re.compile(rf"[{KANA}{HAN}]")
_STOP = re.compile(rf"[{marks()}][{re.escape(CLOSERS)}]*$")
_CLOSING = re.compile(
    rf"[{marks(shared=False)}{marks('comma', 'semicolon', 'colon', shared=False)}…”’」』）》〉】]*"
)


class Unit(NamedTuple):
    """A piece of text to find the language of."""

    start: int
    end: int
    family: str  # the script of its letters; NO_LANGUAGE without any
    kind: str
    block: int  # number of the paragraph; -1 outside any
    before: int  # the break before it, WITHIN to AT_BLOCK
    letters: int  # of its script
    prose: bool  # False for Latin letters that are all names


class Piece(NamedTuple):
    """A piece of a block between two breaks."""

    start: int
    end: int
    before: int
    kind: str


def cut(text: str, level: str = INLINE) -> tuple[str, list[Unit]]:
    """Return the text with blanks for what is no language, and its units in order.

    `level` is the smallest unit: paragraph, sentence or inline.
    """
    found = masks(text)
    masked = blank(text, list(union(sorted([*found, *markup(text)]))))
    letters = families(masked)
    hard = [span for span in found if cuts(text[span[0] : span[1]])]
    units: list[Unit] = []
    for number, block in enumerate(blocks(masked)):
        if level == PARAGRAPH:
            pieces = [Piece(block.start, block.end, AT_BLOCK, SENTENCE)]
        else:
            pieces = _pieces(masked, block, hard)
        for piece in _glued(masked, pieces):
            units += _units(masked, letters, piece, number, level)
    return masked, _with_masks(text, units, found)


def _pieces(masked: str, block: Block, hard: list[Span]) -> list[Piece]:
    """The pieces of a block between ends of sentences and lines, quotation marks and code."""
    breaks = {start: AT_SENTENCE for start, _ in split_block(masked, block.start, block.end)}
    for match in _CLAUSE.finditer(masked, block.start, block.end):
        breaks.setdefault(match.end(), AT_CLAUSE)
    at = masked.find("\n", block.start, block.end)
    while at >= 0:
        breaks[at + 1] = max(AT_LINE, breaks.get(at + 1, 0))
        at = masked.find("\n", at + 1, block.end)
    for start, end in hard[bisect_left(hard, (block.start, 0)) :]:
        if start >= block.end:
            break
        breaks[start] = breaks[end] = AT_SENTENCE
    quoted = set()
    for start, end in _quotes(masked, block.start, block.end):
        breaks[start] = breaks[end] = AT_QUOTE
        quoted.add(start)
    breaks[block.start] = AT_BLOCK
    starts = sorted(start for start in breaks if start < block.end)
    return [
        Piece(start, end, breaks[start], QUOTE if start in quoted else SENTENCE)
        for start, end in zip(starts, [*starts[1:], block.end], strict=True)
    ]


def _quotes(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans between quotation marks that are long enough to be of another language."""
    for match in _quote_pattern().finditer(text, start, end):
        inside = match[match.lastindex or 0]
        if len(inside.split()) >= _QUOTE_WORDS or len(_HAN.findall(inside)) >= _QUOTE_HAN:
            yield match.span()


@cache
def _quote_pattern() -> re.Pattern[str]:
    pairs = [
        rf"{opener}(?<![^\W_]{opener})([^\n{opener}{closer}]{{3,{_QUOTE_MOST}}}){closer}(?![^\W_])"
        for opener, closer in rows("textkit.detect", "quotes.tsv")
    ]
    return re.compile("|".join(pairs))


def _glued(text: str, pieces: list[Piece]) -> Iterator[Piece]:
    """Pieces without letters go with the one before them; opening marks with the one after."""
    last: Piece | None = None
    waiting: Piece | None = None  # marks that may open the next piece
    for piece in pieces:
        if has_letters(text, piece.start, piece.end):
            yield from filter(None, [last])
            last = _from(waiting, piece)
            waiting = None
        elif text[piece.start : piece.end].isspace():  # what is no language stood here
            last, waiting = _up_to(last, waiting), None
        elif waiting:
            waiting = waiting._replace(end=piece.end)
        elif last and not _opens(piece):
            last = last._replace(end=piece.end)
        else:
            waiting = piece
    yield from filter(None, [_up_to(last, waiting)])


def _from(marks: Piece | None, piece: Piece) -> Piece:
    if marks is None:
        return piece
    return piece._replace(start=marks.start, before=max(marks.before, piece.before))


def _up_to(piece: Piece | None, marks: Piece | None) -> Piece | None:
    return piece._replace(end=marks.end) if piece and marks else piece or marks


def _opens(piece: Piece) -> bool:
    """Is it short and at the start of a sentence, as an opening quotation mark is?"""
    return piece.before >= AT_SENTENCE and piece.end - piece.start <= _OPENING_MOST


def _units(text: str, letters: bytes, piece: Piece, block: int, level: str) -> list[Unit]:
    """The host of a piece, cut where runs of another script stand in it."""
    host, guests = host_and_guests(text, letters, piece.start, piece.end)
    found: list[Unit | None] = []
    at, before = piece.start, piece.before
    for guest in guests if level == INLINE else ():
        first, last = _with_brackets(text, guest, piece)
        end = _CLOSING.match(text, last, piece.end).end()  # type: ignore[union-attr]
        if not has_letters(text, end, piece.end):
            end = piece.end
        if has_letters(text, at, first):
            found.append(_unit(text, at, first, host, piece.kind, block, before))
            at, before = first, WITHIN
        found.append(_unit(text, at, end, guest, INLINE, block, before))
        at, before = end, WITHIN
    if at < piece.end:
        found.append(_unit(text, at, piece.end, host, piece.kind, block, before))
    return [unit for unit in found if unit]


def _with_brackets(text: str, guest: Run, piece: Piece) -> Span:
    """A guest's span, with the brackets or marks where it stands alone between them."""
    start, end = guest.start, guest.end
    if piece.start < start and end < piece.end and text[start - 1] + text[end] in _PAIRS:
        return start - 1, end + 1
    return start, end


def _unit(
    text: str, start: int, end: int, run: Run, kind: str, block: int, before: int
) -> Unit | None:
    """A unit without outer blanks; None where there is nothing else."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start >= end:
        return None
    family = run.family or NO_LANGUAGE
    return Unit(start, end, family, kind, block, before, run.letters, run.prose)


def _with_masks(text: str, units: list[Unit], found: list[Span]) -> list[Unit]:
    """Add what is no language as units, where it lies in no other and goes on in none."""
    out: list[Unit] = []
    at = 0
    for unit in units:
        while at < len(found) and found[at][0] < unit.start:
            _place(text, out, found[at])
            at += 1
        out.append(unit)
        while at < len(found) and found[at][1] <= unit.end:
            at += 1
    for span in found[at:]:
        _place(text, out, span)
    return out


def _place(text: str, units: list[Unit], span: Span) -> None:
    """An address after words without a full stop is their last word; else it stands alone."""
    last = units[-1] if units else None
    if last and last.block >= 0 and _goes_on(text, last, span):
        units[-1] = last._replace(end=span[1])
        return
    units.append(Unit(*span, NO_LANGUAGE, SENTENCE, -1, AT_BLOCK, 0, False))


def _goes_on(text: str, unit: Unit, span: Span) -> bool:
    """Does an address follow the unit in its line, with no end of a sentence between them?"""
    if unit.family == NO_LANGUAGE or cuts(text[span[0] : span[1]]):
        return False
    if text[unit.end : span[0]].strip(" \t\u00a0"):
        return False
    return _STOP.search(text, max(unit.start, unit.end - 4), unit.end) is None
