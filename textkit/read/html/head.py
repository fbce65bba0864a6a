"""What stands above an article: its headline, its date, the names of its authors."""

from __future__ import annotations

from collections.abc import Iterator

from textkit.read.html.blocks import Block, Page
from textkit.read.html.dates import iso_date
from textkit.read.html.features import STOP_END
from textkit.read.html.listing import PROSE
from textkit.read.html.metadata import Metadata, byline
from textkit.read.html.scorer import value
from textkit.text.blocks import HEADING

TOP = 4  # blocks at the top among which the headline and the date may stand
ABOVE = 8  # blocks above the article in which its date and authors may stand
LABEL = 100  # letters; a longer text is no line with a date or a name


def split_head(page: Page, chosen: set[int], said: Metadata) -> tuple[set[int], set[int]]:
    """The chosen blocks, parted into the article's body and what stands above it: the headline,
    which is in `title`, and lines with the date or the author.
    """
    title = _letters(said.title or "")
    names = [name for name in map(_letters, (said.author or "").split(",")) if name]
    head = set()
    for i in sorted(chosen)[:TOP]:
        block = page.blocks[i]
        letters = _letters(block.text)
        if title and letters == title:
            head.add(i)
            continue
        label = block.width <= LABEL and not STOP_END.search(block.text[-6:])
        named = any(name in letters for name in names)
        if label and block.kind != HEADING and (named or iso_date(block.text)):
            head.add(i)
        elif value(block) > PROSE:
            break
    return chosen - head, head


def head_date(page: Page, chosen: set[int], head: set[int]) -> str | None:
    """The date that stands in a short line above the article's prose."""
    return next((found for b in _above(page, chosen, head) if (found := iso_date(b.text))), None)


def head_author(page: Page, chosen: set[int], head: set[int]) -> str | None:
    """The name in a short line above the article's prose that says who wrote it."""
    return next((found for b in _above(page, chosen, head) if (found := byline(b.text))), None)


def _above(page: Page, chosen: set[int], head: set[int]) -> Iterator[Block]:
    """The short blocks just above the first block of the article, and that one."""
    if not chosen:
        return
    first = min(chosen - head, default=min(chosen))
    for block in page.blocks[max(0, first - ABOVE) : first + 1]:
        if block.width <= LABEL:
            yield block


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
