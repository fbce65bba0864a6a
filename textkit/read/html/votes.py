"""Votes: the texts of several extractors, mapped onto the blocks of the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from textkit.read.html.blocks import Page
from textkit.text.words import words

MIN_HELD = 0.6  # share of a block's word triples that must be in a text for the block to be in it
MIN_WIDTH = 15  # letters; a shorter block counts only as a line of its own
Shingle = tuple[str, str, str]
_GAPS = re.compile(r"\W+")


def blocks_of(page: Page, text: str) -> set[int]:
    """Return the blocks of a page that are a line of an extractor's text, or mostly in it."""
    return next(all_blocks_of(page, [text]))


def all_blocks_of(page: Page, texts: Sequence[str]) -> Iterator[set[int]]:
    """Yield the blocks of a page that each of several texts holds, see `blocks_of`."""
    letters = [_letters(block.text) for block in page.blocks]
    shingles: dict[int, set[Shingle]] = {}
    for text in texts:
        lines = set(map(_letters, text.split("\n"))) - {""}
        held = _shingles(text)
        chosen = {i for i, line in enumerate(letters) if line in lines}
        for i, block in enumerate(page.blocks):
            if i in chosen or block.width < MIN_WIDTH or block.links == 1.0:
                continue
            if i not in shingles:
                shingles[i] = _shingles(block.text)
            if len(shingles[i]) > 2 and len(shingles[i] & held) >= MIN_HELD * len(shingles[i]):
                chosen.add(i)
        yield chosen


def _letters(text: str) -> str:
    return _GAPS.sub("", text.casefold())


def _shingles(text: str) -> set[Shingle]:
    """Return the shingles of three words."""
    tokens = words(text)
    return set(zip(tokens, tokens[1:], tokens[2:], strict=False))


def similarity(page: Page, a: Collection[int], b: Collection[int]) -> float:
    """Return how much of their text two choices share, from 0 to 1 (Dice, by width)."""
    width = [page.blocks[i].width for i in a], [page.blocks[i].width for i in b]
    total = sum(map(sum, width))
    shared = sum(page.blocks[i].width for i in set(a) & set(b))
    return 2.0 * shared / total if total else 1.0


def agreement(page: Page, chosen: Collection[int], choices: Sequence[Collection[int]]) -> float:
    """Return the mean similarity of what was chosen to what each extractor chose."""
    return sum(similarity(page, chosen, choice) for choice in choices) / len(choices)


def majority(choices: Sequence[Collection[int]]) -> set[int]:
    """Return the blocks that more than half chose; with a tie the first has the last word.

    >>> sorted(majority([{1, 2}, {2, 3}]))
    [1, 2]
    """
    every = set().union(*choices)
    result = set()
    for i in every:
        count = sum(i in choice for choice in choices) * 2
        if count > len(choices) or (count == len(choices) and i in choices[0]):
            result.add(i)
    return result
