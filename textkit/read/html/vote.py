"""The vote: what several extractors chose, laid over the blocks of the page."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from textkit.read.html.blocks import Page
from textkit.text.words import words

ENOUGH = 0.6  # share of a block's word triples that must be in a text for the block to be in it
SHORT = 15  # letters; a shorter block counts only as a line of its own
_GAPS = re.compile(r"\W+")


def blocks_of(page: Page, text: str) -> set[int]:
    """Return the blocks of a page that an extractor's text holds: a line of it, or most of it."""
    lines = {_GAPS.sub("", line.casefold()) for line in text.split("\n")} - {""}
    held = _triples(text)
    found = set()
    for i, block in enumerate(page.blocks):
        whole = _GAPS.sub("", block.text.casefold()) in lines
        if whole or (block.width >= SHORT and block.links < 1.0 and _mostly(block.text, held)):
            found.add(i)
    return found


def _mostly(text: str, held: set[tuple[str, ...]]) -> bool:
    """Are most of a text's shingles among those held?"""
    own = _triples(text)
    return len(own) > 2 and len(own & held) >= ENOUGH * len(own)


def _triples(text: str) -> set[tuple[str, ...]]:
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
    found = set()
    for i in every:
        count = sum(i in choice for choice in choices) * 2
        if count > len(choices) or (count == len(choices) and i in choices[0]):
            found.add(i)
    return found
