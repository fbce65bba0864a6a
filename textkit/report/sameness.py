"""Do two passages say the same? Names alone, and one subject, are not enough.

A pair is shown to a reader as "the same" only if the two share content beyond names: two content
words and a figure, or so many content words that the predicate must be among them. Figures of one
unit that do not agree are a veto: such a pair is a difference.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from textkit.dedup.story.key_facts import is_calendar_word, names
from textkit.document import Document
from textkit.report.values import CODE, Value, agree, values
from textkit.text.terms import terms
from textkit.text.words import is_dense, words

# Set by reading the pairs of self-written texts and of the example articles; nothing was fitted.
MIN_SHARED_WITH_FIGURE = 2  # content words beyond names, beside a figure that agrees
MIN_DICE_WITH_FIGURE = 0.3
MIN_SHARED = 4  # the same without a figure
MIN_DICE = 0.5  # one of two equal halves of a sentence is its predicate
MIN_DENSE_DICE = 0.6  # of scripts without capitals and blanks, where names can't be told


class Content(NamedTuple):
    """What a passage says, beyond the names in it."""

    terms: frozenset[str]
    values: tuple[Value, ...]
    dense: bool  # written without blanks between words


def content_of(document: Document, start: int, end: int) -> Content:
    """Return the content of `document.text[start:end]`."""
    text = document.text[start:end]
    figures = tuple(values(text))
    spoken = list(text)
    for value in figures:
        spoken[value.start : value.end] = " " * (value.end - value.start)
    known = set(names(document.text[max(0, start - 2000) : end + 2000])) | set(names(text))
    plain = [
        word for word in words("".join(spoken))
        if word.casefold() not in known and not is_calendar_word(word.casefold())
    ]  # fmt: skip
    counted = tuple(value for value in figures if not value.unit.startswith(CODE))
    return Content(frozenset(terms(plain, document.lang)), counted, any(map(is_dense, plain)))


def say_same(one: Content, two: Content) -> bool:
    """Return whether two passages share content beyond names and no figure is at odds."""
    comparable = [(a, b) for a, b in product(one.values, two.values) if a.unit == b.unit]
    figure = any(agree(a, b) for a, b in comparable)
    if comparable and not figure:
        return False
    shared = len(one.terms & two.terms)
    dice = 2 * shared / max(1, len(one.terms) + len(two.terms))
    if one.dense or two.dense:
        return shared >= MIN_SHARED and dice >= MIN_DENSE_DICE
    if figure:
        return shared >= MIN_SHARED_WITH_FIGURE and dice >= MIN_DICE_WITH_FIGURE
    return shared >= MIN_SHARED and dice >= MIN_DICE
