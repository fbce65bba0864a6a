"""What stands above an article: its headline, its date, the names of its authors."""

from __future__ import annotations

import re
from collections.abc import Collection

from textkit.read.html.author import byline
from textkit.read.html.blocks import Block, Page
from textkit.read.html.features import STOP_END
from textkit.read.html.listing import PROSE
from textkit.read.html.metadata import Metadata
from textkit.read.html.scorer import value
from textkit.read.html.signs import width_of
from textkit.text.blocks import PARAGRAPH
from textkit.text.dates import iso_date, without_dates
from textkit.text.scripts import HAN

TOP = 4  # blocks at the top among which the headline and the date may stand
ABOVE = 8  # blocks above the article in which its date and authors may stand
LABEL = 100  # columns; a longer text is no line with a date or a name
LITTLE = 24  # columns of letters in each field beside them, as "Last updated"; more is text
_NO_LETTERS = re.compile(r"[\W\d_]+")
_BLANKS = re.compile(r"\s+")
_FIELDS = re.compile(rf"[|｜•·:：/／]|(?<=[{HAN}])\s|\s(?=[{HAN}])")


def split_head(page: Page, chosen: set[int], said: Metadata) -> tuple[set[int], Metadata]:
    """Part the headline and the lines with the date or the author from the chosen blocks.

    Returns the blocks of the body, and what the page says of itself with what these lines add.
    """
    top = _top(page, chosen)
    near = range(max(0, top[0] - ABOVE), top[-1] + 1) if top else range(0)
    lines = [i for i in near if _is_line(page.blocks[i]) and (i in top or i not in chosen)]
    texts = [page.blocks[i].text for i in lines]
    author = said.author or next((name for text in texts if (name := byline(text))), None)
    names = [name for part in (author or "").split(",") if (name := part.strip())]
    labels = [i for i in top if is_label(page.blocks[i], names)]
    dated = [page.blocks[i].text for i in lines if i in labels or i not in chosen]
    date = said.date or next((day for text in dated if (day := iso_date(text))), None)
    title = _letters(said.title or "")
    titles = [i for i in top if title and _letters(page.blocks[i].text) == title]
    if (
        not titles
        and (i := _headline(page, [i for i in top if i not in labels], said.names)) is not None
    ):
        titles, said = [i], said._replace(title=_BLANKS.sub(" ", page.blocks[i].text))
    return chosen - {*labels, *titles}, said._replace(author=author, date=date)


def _headline(page: Page, top: list[int], sites: Collection[str]) -> int | None:
    """The first block, if it is the whole of the page's one h1 and not the site's name."""
    if top and _letters(page.blocks[top[0]].text) in sites:
        return None
    found = [e for e in page.elements if e.tag == "h1" and e.first < e.last]
    whole = len(found) == 1 and found[0].last - found[0].first == 1
    return found[0].first if whole and top and found[0].first == top[0] else None


def _top(page: Page, chosen: set[int]) -> list[int]:
    """The first of the chosen blocks, up to running text that is longer than a line."""
    top: list[int] = []
    for i in sorted(chosen)[:TOP]:
        top.append(i)
        if value(page.blocks[i]) > PROSE and not _is_line(page.blocks[i]):
            break
    return top


def _is_line(block: Block) -> bool:
    """Is a block a short line of its own, no heading and no part of a list or a table?"""
    return block.kind == PARAGRAPH and block.width <= LABEL


def is_label(block: Block, names: Collection[str]) -> bool:
    """Does a line hold a date or one of the names, and little else?"""
    if not _is_line(block) or STOP_END.search(block.text[-6:]):
        return False
    rest = without_dates(block.text) if iso_date(block.text) else block.text
    for name in names:
        rest = _as_words(name).sub(" ", rest)
    if rest == block.text:
        return False
    return all(width_of(_NO_LETTERS.sub("", part)) <= LITTLE for part in _FIELDS.split(rest))


def _as_words(name: str) -> re.Pattern[str]:
    """A name as whole words, where its script writes blanks between them."""
    edge = r"\b" if width_of(name) == len(name) else ""
    return re.compile(f"{edge}{re.escape(name)}{edge}", re.IGNORECASE)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
