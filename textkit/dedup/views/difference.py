"""What two texts share and where they differ, word by word, for a person to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from textkit.dedup.signatures.tokens import find_tokens
from textkit.text.sentences import sentences

SAME, OLD, NEW, MOVED = "=", "-", "+", "~"
_WORD = re.compile(r"\S+\s*")
_MOST_WORDS = 20_000  # of both; above, whole sentences are compared
_LEAST_SAME = 3  # words; shorter runs in the midst of a change are part of it


class Piece(NamedTuple):
    """A stretch of text and which of the two texts has it."""

    sign: str  # SAME in both; OLD only in the first; NEW only in the second; MOVED elsewhere
    text: str


def difference(first: str, second: str) -> list[Piece]:
    """Return the pieces that make up the two texts, in order.

    >>> [tuple(p) for p in difference("It rained all day.", "It rained all night. Bad.")]
    [('=', 'It rained all'), ('-', 'day.'), ('+', 'night.'), ('+', 'Bad.')]
    """
    left, right = _WORD.findall(first), _WORD.findall(second)
    if len(left) + len(right) > _MOST_WORDS:
        left, right = (_sentences(text) for text in (first, second))
    matcher = SequenceMatcher(None, [_key(w) for w in left], [_key(w) for w in right], False)
    pieces = list(_pieces(matcher, left, right))
    return list(_moves(pieces, first, second))


def _sentences(text: str) -> list[str]:
    return [text[s.start : s.end] + " " for s in sentences(text)]


def _key(word: str) -> str:
    """A word without case and marks; marks alone stay."""
    return " ".join(t for t in find_tokens(word) if t[0].isalnum()) or word.strip()


def _pieces(
    matcher: SequenceMatcher[str], left: Sequence[str], right: Sequence[str]
) -> Iterator[Piece]:
    old: list[str] = []
    new: list[str] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        short = b - a < _LEAST_SAME and not (a == c == 0) and b < len(left)
        if tag == "equal" and not short:
            yield from _changed(old, new)
            old, new = [], []
            yield Piece(SAME, "".join(left[a:b]).strip())
        else:
            old += left[a:b]
            new += right[c:d]
    yield from _changed(old, new)


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for sign, words in ((OLD, old), (NEW, new)):
        text = "".join(words).strip()
        if text:
            yield Piece(sign, text)


def _moves(pieces: Sequence[Piece], first: str, second: str) -> Iterator[Piece]:
    """Take sentences out of the changes that the other text has as well, in another place."""
    known = {OLD: _sentence_keys(second), NEW: _sentence_keys(first)}
    for piece in pieces:
        if piece.sign == SAME:
            yield piece
            continue
        for sentence in sentences(piece.text):
            text = piece.text[sentence.start : sentence.end]
            key = _key(text)
            moved = len(key.split()) >= _LEAST_SAME and key in known[piece.sign]
            yield Piece(MOVED if moved else piece.sign, text)


def _sentence_keys(text: str) -> set[str]:
    return {_key(text[s.start : s.end]) for s in sentences(text)}
