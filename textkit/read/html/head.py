"""The head of an article: its headline, date and byline, separated from the text."""

from __future__ import annotations

import re
from collections.abc import Collection

from textkit.read.html.author import byline
from textkit.read.html.blocks import Block, Page
from textkit.read.html.columns import STOP_END
from textkit.read.html.metadata import Metadata
from textkit.read.html.scorer import MIN_PROSE, value
from textkit.read.html.signs import width_of
from textkit.text.blocks import PARAGRAPH
from textkit.text.dates import iso_date, without_dates
from textkit.text.scripts import HAN

MAX_TOP = 4  # blocks at the top among which the headline and the date may stand
MAX_ABOVE = 8  # blocks above the article in which its date and authors may stand
MAX_LABEL = 100  # columns; a longer text is no line with a date or a name
MAX_REST = 24  # columns of letters in each field beside them, as "Last updated"; more is text
_NO_LETTERS = re.compile(r"[\W\d_]+")
_BLANKS = re.compile(r"\s+")
_FIELDS = re.compile(rf"[|｜•·:：/／]|(?<=[{HAN}])\s|\s(?=[{HAN}])")


def split_head(page: Page, chosen: set[int], meta: Metadata) -> tuple[set[int], Metadata]:
    """Separate the headline and the lines with the date or the author from the chosen blocks.

    Returns the blocks of the body, and the page's metadata completed by these lines.
    """
    top = _top(page, chosen)
    near = range(max(0, top[0] - MAX_ABOVE), top[-1] + 1) if top else range(0)
    lines = [i for i in near if _is_line(page.blocks[i]) and (i in top or i not in chosen)]
    texts = [page.blocks[i].text for i in lines]
    author = meta.author or next((name for text in texts if (name := byline(text))), None)
    names = [name for part in (author or "").split(",") if (name := part.strip())]
    labels = [i for i in top if is_label(page.blocks[i], names)]
    dated = [page.blocks[i].text for i in lines if i in labels or i not in chosen]
    date = meta.date or next((day for text in dated if (day := iso_date(text))), None)
    title = _letters(meta.title or "")
    titles = [i for i in top if title and _letters(page.blocks[i].text) == title]
    body = [i for i in top if i not in labels]
    if not titles and (i := _headline(page, body, meta.names)) is not None:
        titles, meta = [i], meta._replace(title=_BLANKS.sub(" ", page.blocks[i].text))
    return chosen - {*labels, *titles}, meta._replace(author=author, date=date)


def _headline(page: Page, top: list[int], sites: Collection[str]) -> int | None:
    """Return the first block if it is all of the page's only h1, and not the site's name."""
    if not top or _letters(page.blocks[top[0]].text) in sites:
        return None
    headlines = [e for e in page.elements if e.tag == "h1" and e.first < e.last]
    if len(headlines) != 1 or headlines[0].last - headlines[0].first != 1:
        return None
    return top[0] if headlines[0].first == top[0] else None


def _top(page: Page, chosen: set[int]) -> list[int]:
    """Return the first chosen blocks, up to the first running text longer than a line."""
    top: list[int] = []
    for i in sorted(chosen)[:MAX_TOP]:
        top.append(i)
        if value(page.blocks[i]) > MIN_PROSE and not _is_line(page.blocks[i]):
            break
    return top


def _is_line(block: Block) -> bool:
    """Is a block a short line of its own, neither a heading nor part of a list or table?"""
    return block.kind == PARAGRAPH and block.width <= MAX_LABEL


def is_label(block: Block, names: Collection[str]) -> bool:
    """Does a line hold a date or one of the names, and little else?"""
    if not _is_line(block) or STOP_END.search(block.text[-6:]):
        return False
    rest = without_dates(block.text) if iso_date(block.text) else block.text
    for name in names:
        rest = _as_words(name).sub(" ", rest)
    if rest == block.text:
        return False
    return all(width_of(_NO_LETTERS.sub("", part)) <= MAX_REST for part in _FIELDS.split(rest))


def _as_words(name: str) -> re.Pattern[str]:
    """A name as whole words, where its script writes blanks between them."""
    edge = r"\b" if width_of(name) == len(name) else ""
    return re.compile(f"{edge}{re.escape(name)}{edge}", re.IGNORECASE)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
