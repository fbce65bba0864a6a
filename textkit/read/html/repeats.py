"""Text that stands twice on a page, such as an article and its copy for print: once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from textkit.read.html.blocks import Page

MIN_COPY = 60  # columns; a shorter block, such as "Yes.", may well stand twice
MIN_SHARE = 0.1  # of the choice's width that copies make
MIN_TEXTS = 3  # different long blocks of a page that is no mere filler


def without_copies(page: Page, chosen: Collection[int]) -> set[int]:
    """Return the chosen blocks without the second of two with the same letters.

    A copy is of several long blocks, or of the first one only, a standfirst. What stands three
    times or more is a refrain or filler, and stays. Short blocks go only with long ones.
    """
    order = sorted(chosen)
    letters = {i: _letters(page.blocks[i].text) for i in order}
    counts = Counter(letters.values())
    first: dict[str, int] = {}
    copies = [i for i in order if first.setdefault(letters[i], i) != i and counts[letters[i]] == 2]
    long = [i for i in order if page.blocks[i].width >= MIN_COPY]
    copied = [i for i in long if i in set(copies)]
    standfirst = len(copied) == 1 and long[:2] == [first[letters[copied[0]]], copied[0]]
    width = sum(page.blocks[i].width for i in order)
    enough = sum(page.blocks[i].width for i in copied) >= MIN_SHARE * width
    varied = len({letters[i] for i in long}) >= MIN_TEXTS
    if enough and varied and (standfirst or len(copied) > 1):
        return set(order) - set(copies)
    return set(order)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
