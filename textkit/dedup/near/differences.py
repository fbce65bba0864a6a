"""Where two near texts differ: the words that stand in each other's place.

Two texts are aligned by the shingles they share: what lies between the same two shingles in both
is a replacement. Reports written to one template replace names and numbers, and little else; a
correction replaces a figure, a denial adds a negation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from textkit.dedup.signatures.features import SHINGLE

MAX_REGION = 24  # words between two shared shingles; more are a passage, not a replacement
MAX_SPAN = 8  # words of one side of a replacement
MIN_SLOTS = 2  # replacements that hold names or numbers on both sides
# Share of the changed words that are such names and numbers. With both, all of nine templates are
# told apart and 6 of 480 true copies are split, 5 of which differ in case alone (left out here).
MIN_SLOT_SHARE = 0.40


class Replacement(NamedTuple):
    """Places of words of the first text, and of those of the second that stand there instead."""

    first: range
    second: range


class Text(NamedTuple):
    """The words of a text and its shingles, as numbers, and where each shingle stands first."""

    words: list[int]
    shingles: list[int]
    places: dict[int, int]


def text_of(words: list[int], shingles: list[int]) -> Text:
    """Return a text that can be aligned."""
    places = dict(zip(reversed(shingles), range(len(shingles) - 1, -1, -1), strict=True))
    return Text(words, shingles, places)


class Alignment(NamedTuple):
    """How two texts lie on each other."""

    replacements: list[Replacement]
    shared: int  # shingles of the first that the second has
    changed: int  # words of both that the other has not at that place
    held: tuple[float, float]  # share of the words of each that the other has in the same order


def align(first: Text, second: Text) -> Alignment:
    """Return where two texts differ, in the order of the first one."""
    if min(len(first.words), len(second.words)) < SHINGLE:
        return Alignment([], 0, 0, (0.0, 0.0))
    replacements: list[Replacement] = []
    gaps = _uncovered(first, second), _uncovered(second, first)
    lost = [0, 0]  # words in gaps that have no counterpart
    for gap in gaps[0]:
        between = _between(first, second, gap)
        if between is None:
            lost[0] += len(gap)
        else:
            replacements += _finer(first, second, gap, between)
    for gap in gaps[1]:
        between = _between(second, first, gap)
        if between is None:
            lost[1] += len(gap)
        elif not between:  # others are found from the first text
            replacements.append(Replacement(between, gap))
    replacements.sort(key=lambda one: (one.first.start, one.second.start))
    for side, text in enumerate((first, second)):
        lost[side] += sum(len(one[side]) for one in replacements)
        lost[side] = min(lost[side], len(text.words))
    held = 1 - lost[0] / len(first.words), 1 - lost[1] / len(second.words)
    shared = sum(shingle in second.places for shingle in first.shingles)
    return Alignment(replacements, shared, sum(lost), held)


def _uncovered(one: Text, other: Text) -> list[range]:
    """Return the spans of the words of one text that are in no shingle of the other."""
    result, end = [], 0  # of the words looked at that a shared shingle covers
    for at, shingle in enumerate(one.shingles):
        if shingle in other.places:
            if at > end:
                result.append(range(end, at))
            end = at + SHINGLE
    if end < len(one.words):
        result.append(range(end, len(one.words)))
    return result


def _between(one: Text, other: Text, gap: range) -> range | None:
    """Return what stands in the other text between the shingles around a gap, if it is short."""
    start, end = 0, len(other.words)
    if gap.start:
        start = other.places[one.shingles[gap.start - SHINGLE]] + SHINGLE
    if gap.stop < len(one.words):
        end = other.places[one.shingles[gap.stop]]
    if len(gap) > MAX_REGION or not -SHINGLE < end - start <= MAX_REGION:
        return None
    return range(start, max(start, end))


def _finer(first: Text, second: Text, left: range, right: range) -> Iterator[Replacement]:
    """Yield the replacements within two spans that may have single words in common."""
    one, other = first.words[left.start : left.stop], second.words[right.start : right.stop]
    for tag, a, b, c, d in SequenceMatcher(None, one, other, False).get_opcodes():
        if tag != "equal":
            yield Replacement(
                range(left.start + a, left.start + b), range(right.start + c, right.start + d)
            )


def is_template(
    alignment: Alignment,
    facts: tuple[Sequence[bool], Sequence[bool]],
    names: tuple[Sequence[bool], Sequence[bool]],
) -> bool:
    """Are two texts reports written to one template about two subjects?

    `facts` tells which words of each text are names or numbers, `names` which are names. Where
    both texts have names, some must differ: new numbers under the same names are an update.
    """
    slots = told = named = 0
    for one, other in alignment.replacements:
        left, right = count_true(facts[0], one), count_true(facts[1], other)
        told += left + right
        if left and right and max(len(one), len(other)) <= MAX_SPAN:
            slots += 1
            named += bool(count_true(names[0], one) and count_true(names[1], other))
    needed = MIN_SLOT_SHARE * alignment.changed
    return slots >= MIN_SLOTS and told >= needed and bool(named or not all(map(any, names)))


def count_true(marked: Sequence[bool], span: range) -> int:
    """Return how many of the words of a span are marked."""
    return sum(marked[span.start : span.stop])
