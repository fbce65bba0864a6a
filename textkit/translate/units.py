"""Units of translation: sentences without the marks that must survive as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textkit.text.blocks import blocks
from textkit.text.scripts import EAST_ASIAN_TEXT
from textkit.text.sentences import split_block
from textkit.translate.forms import is_capitals

_BULLET = re.compile(r"(?:[•‣▪●○◦∙·*–—-]|\(?\d{1,3}[.)]|[a-z]\))[ \t\u00a0\u3000]+")
_QUOTE = re.compile('["“”„«»「」『』]')
_QUOTED = re.compile(r"[\"“„«「『]\s*[^\"“”„«»「」『』]+[\"“”»」』][.。,，]?")
_HAN = f"[{EAST_ASIAN_TEXT}]"
_CELL = re.compile(r"[^\s](?:[^\t]*[^\s])?")
_HALF_PAIR = re.compile(r"[\ud800-\udfff]")
_WRAP = re.compile(r"[ \t]*\n[ \t]*")
_WRAP_HAN = re.compile(rf"(?<={_HAN})[ \t]*\n[ \t]*(?={_HAN})")


class Unit(NamedTuple):
    """A sentence to translate and its place in the document."""

    start: int
    end: int
    text: str  # on one line
    first: bool = True  # of its block, within the passage
    last: bool = True
    spaced: bool = True  # does a blank or line end follow, or the passage end?

    def dressed(self, translation: str) -> str:
        """Return the translation in the original's capitals and quotation marks.

        >>> Unit(0, 7, "“Olá.”").dressed("Hello.")
        '“Hello.”'
        """
        if is_capitals(self.text):
            translation = translation.upper()
        if not _QUOTED.fullmatch(self.text) or _QUOTE.search(translation):
            return translation
        return f"“{translation}”"


def units(text: str, start: int, end: int, lang: str) -> list[Unit]:
    """Return the units of a passage: what holds letters; bullets and blanks between stay out."""
    passage = text[start:end]
    found: list[Unit] = []
    for block in blocks(passage):
        low = block.start
        bullet = _BULLET.match(passage, low, block.end)
        low = bullet.end() if bullet else low
        spans = [
            cell
            for span in split_block(passage, low, block.end, lang)
            for cell in _cells(passage, *span)
            if any(c.isalpha() for c in passage[cell[0] : cell[1]])
        ]
        for number, (a, b) in enumerate(spans):
            last = number == len(spans) - 1
            spaced = last or passage[b : b + 1].isspace()
            plain = whole(one_line(passage[a:b]))
            found.append(Unit(start + a, start + b, plain, number == 0, last, spaced))
    return found


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a row whose cells are set apart by tabs; any other span as it is."""
    for match in _CELL.finditer(text, start, end):
        yield match.span()


def whole(text: str) -> str:
    """Return a text that can be encoded: halves of surrogate pairs, which engines refuse, go.

    >>> whole("a\\ud800b")
    'a\\ufffdb'
    """
    return _HALF_PAIR.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return wrapped prose on one line; between Chinese characters no blank is left.

    >>> one_line("das ist\\nlang"), one_line("这是\\n中文")
    ('das ist lang', '这是中文')
    """
    return _WRAP.sub(" ", _WRAP_HAN.sub("", text))
