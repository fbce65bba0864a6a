"""From the pieces of a gloss to a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textkit.translate.gloss.words import localizers


class Piece(NamedTuple):
    """A bit of the gloss and how it joins: word, after, before, both, none."""

    text: str
    place: str = "word"
    word: str = ""  # the Chinese word, where it is one


def line(pieces: Sequence[Piece]) -> str:
    """Return pieces as a sentence.

    >>> line([Piece("at", word="在"), Piece("Berlin"), Piece("on", word="上"), Piece(".", "after")])
    'On Berlin.'
    """
    text = join(_paired_quotes(_places(pieces)))
    return text[:1].upper() + text[1:] if text[:1].islower() else text


def _places(pieces: Sequence[Piece]) -> list[Piece]:
    """Put the English of `在 ... 上` where 在 stands, and drop what closes the pair."""
    found = list(pieces)
    for start, piece in enumerate(found):
        if piece.word != "在":
            continue
        for end in range(start + 1, len(found)):
            if found[end].text == "," or (
                found[end].place == "after" and found[end].text in ".;?!"
            ):
                break
            english = localizers().get(found[end].word)
            if english:
                found[start], found[end] = Piece(english, word="."), Piece("")
                break
    return [piece for piece in found if piece.text]


def _paired_quotes(pieces: Sequence[Piece]) -> list[Piece]:
    """Straight quotation marks hug the word after them and the word before them in turn."""
    found, opened = [], False
    for piece in pieces:
        if piece.text == '"':
            opened = not opened
            found.append(Piece('"', "before" if opened else "after"))
        else:
            opened = opened and piece.text != "”"
            found.append(piece)
    return found


def join(pieces: Sequence[Piece]) -> str:
    """Return pieces as one line with blanks where English has them.

    >>> join([Piece("“", "before"), Piece("A"), Piece("”", "after"), Piece("B")])
    '“A” B'
    """
    text, glued = "", True
    for piece in pieces:
        if not glued and piece.place not in ("after", "both"):
            text += " "
        text += piece.text
        glued = piece.place in ("before", "both")
    return text
