"""Sections that are no part of the story: an article's own summary of itself."""

from __future__ import annotations

from collections.abc import Sequence

from textkit.text.blocks import HEADING, LEAD_IN
from textkit.text.headings import is_summary_heading
from textkit.text.sentences import Sentence


def own_summary(text: str, found: Sequence[Sentence]) -> frozenset[int]:
    """Return the indexes of sentences under a heading like `Summary`, up to the next heading.

    A summary that would be more than half of the article is the article: nothing is returned.
    """
    inside: set[int] = set()
    under = False
    for index, sentence in enumerate(found):
        if sentence.block in (HEADING, LEAD_IN):
            under = is_summary_heading(text[sentence.start : sentence.end])
        elif under:
            inside.add(index)
    size = sum(found[index].end - found[index].start for index in inside)
    whole = sum(sentence.end - sentence.start for sentence in found)
    return frozenset(inside) if size * 2 <= whole else frozenset()
