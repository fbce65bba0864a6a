"""Edits: how text is changed here, and how every change is taken back.

A stage never hands back a new string alone. It hands back edits, each with the place, the old
text, the new text and the rule that asked for it. Undo, explanations, diffs and the way from an
offset in a summary to an offset in the source file all follow from that.

Offsets are code points; spans are half-open. This module depends on nothing else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from re import Match, Pattern


class EditError(ValueError):
    """Edits that do not fit the text, or each other."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `old`, which stands at `start`, by `new`, because of `rule`."""

    start: int
    old: str
    new: str
    rule: str

    @property
    def end(self) -> int:
        """The offset just after the old text."""
        return self.start + len(self.old)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with `edits` made. They are in order and do not overlap.

    >>> apply("0 views\\nNews", [Edit(0, "0 views\\n", "", "TK104")])
    'News'

    Raises EditError where an edit overlaps the one before it or its old text is not there.
    """
    pieces: list[str] = []
    copied = 0
    for edit in edits:
        if edit.start < copied or not text.startswith(edit.old, edit.start):
            raise EditError(f"edit {edit.rule} at {edit.start} does not fit the text")
        pieces += (text[copied : edit.start], edit.new)
        copied = edit.end
    pieces.append(text[copied:])
    return "".join(pieces)


def invert(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits that take `edits` back; their offsets count in the changed text."""
    shift = 0
    for edit in edits:
        yield Edit(edit.start + shift, edit.new, edit.old, edit.rule)
        shift += len(edit.new) - len(edit.old)


def undo(text: str, edits: Iterable[Edit]) -> str:
    """Return the text from before `edits`: `undo(apply(t, e), e) == t`.

    >>> undo("News", [Edit(0, "0 views\\n", "", "TK104")])
    '0 views\\nNews'
    """
    return apply(text, invert(edits))


def substitute(
    pattern: Pattern[str], text: str, rule: str, new: str | Callable[[Match[str]], str] = ""
) -> list[Edit]:
    """Return an edit for each match of `pattern` that `new` changes.

    >>> import re
    >>> substitute(re.compile(r"[ ]{2,}"), "a  b", "TK309", " ")
    [Edit(start=1, old='  ', new=' ', rule='TK309')]
    """
    edits = []
    for match in pattern.finditer(text):
        replacement = new if isinstance(new, str) else new(match)
        if replacement != match[0]:
            edits.append(Edit(match.start(), match[0], replacement, rule))
    return edits


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return one list that does what `first` and then `second` do.

    Where a second edit touches text that a first one made, the two become one edit that carries
    the second one's rule: `apply(apply(t, a), b) == apply(t, compose(a, b))`.

    >>> compose([Edit(4, "\\xa0", " ", "TK304")], [Edit(0, "Home > News", "", "TK101")])
    [Edit(start=0, old='Home\\xa0> News', new='', rule='TK101')]
    """
    ordered = list(_order(first, second))
    result: list[Edit] = []
    shift = begin = 0
    while begin < len(ordered):
        stop, high = begin + 1, ordered[begin][1]
        while stop < len(ordered) and ordered[stop][0] < high:
            high = max(high, ordered[stop][1])
            stop += 1
        cluster = ordered[begin:stop]
        result.append(_merge(cluster, shift))
        shift += sum(len(e.new) - len(e.old) for _, _, of_second, e in cluster if not of_second)
        begin = stop
    return result


_Placed = tuple[int, int, bool, Edit]  # start and end in the text between; of the second list?


def _order(first: Sequence[Edit], second: Sequence[Edit]) -> list[_Placed]:
    """Both lists by their place in the text between them, empty spans before longer ones."""
    placed: list[_Placed] = [(e.start, e.end, False, e) for e in invert(first)]
    placed = [(s, t, False, f) for (s, t, _, _), f in zip(placed, first, strict=True)]
    placed += [(e.start, e.end, True, e) for e in second]
    return sorted(placed, key=lambda p: (p[0], p[1] > p[0], p[2]))


def _merge(cluster: Sequence[_Placed], shift: int) -> Edit:
    """One edit for overlapping ones; `shift` is what the first list has added before them."""
    low = cluster[0][0]
    if len(cluster) == 1:
        edit = cluster[0][3]
        return Edit(low - shift, edit.old, edit.new, edit.rule)
    between = ""
    for start, end, of_second, edit in cluster:
        have = low + len(between)
        if end > have:
            between += (edit.old if of_second else edit.new)[have - start :]
    before = [Edit(s - low, e.new, e.old, e.rule) for s, _, b, e in cluster if not b]
    after = [Edit(s - low, e.old, e.new, e.rule) for s, _, b, e in cluster if b]
    rule = (cluster[-1] if not after else next(p for p in reversed(cluster) if p[2]))[3].rule
    return Edit(low - shift, apply(between, before), apply(between, after), rule)


class OffsetMap:
    """Where an offset of the text before some edits lies after them, and back.

    Both directions are monotone. A replaced stretch is one piece: a span that touches it maps
    to a span that holds all of it, since no character inside has a twin on the other side.
    """

    __slots__ = ("_new_ends", "_new_starts", "_old_ends", "_old_starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._old_starts = [e.start for e in edits]
        self._old_ends = [e.end for e in edits]
        inverse = list(invert(edits))
        self._new_starts = [e.start for e in inverse]
        self._new_ends = [e.end for e in inverse]

    def new_start(self, offset: int) -> int:
        """Where a span that starts at `offset` before the edits starts after them."""
        return _start(offset, self._old_starts, self._old_ends, self._new_starts, self._new_ends)

    def new_end(self, offset: int) -> int:
        """Where a span that ends at `offset` before the edits ends after them."""
        return _end(offset, self._old_starts, self._old_ends, self._new_ends)

    def old_start(self, offset: int) -> int:
        """Where a span that starts at `offset` after the edits started before them."""
        return _start(offset, self._new_starts, self._new_ends, self._old_starts, self._old_ends)

    def old_end(self, offset: int) -> int:
        """Where a span that ends at `offset` after the edits ended before them."""
        return _end(offset, self._new_starts, self._new_ends, self._old_ends)

    def to_new(self, start: int, end: int) -> tuple[int, int]:
        """The span after the edits that covers what is left of a span before them.

        >>> OffsetMap([Edit(0, "by me\\n", "", "TK111")]).to_new(6, 10)
        (0, 4)
        """
        low = self.new_start(start)
        return low, max(low, self.new_end(end))

    def to_old(self, start: int, end: int) -> tuple[int, int]:
        """The span before the edits that a span after them came from.

        >>> OffsetMap([Edit(0, "by me\\n", "", "TK111")]).to_old(0, 4)
        (6, 10)
        """
        low = self.old_start(start)
        return low, max(low, self.old_end(end))


def _start(
    offset: int, lows: list[int], highs: list[int], lows2: list[int], highs2: list[int]
) -> int:
    """Map a start: right of what vanished at the offset, left of what replaced it."""
    last = bisect_right(lows, offset) - 1
    if last < 0:
        return offset
    if offset < highs[last]:
        return lows2[last]
    return highs2[last] + offset - highs[last]


def _end(offset: int, lows: list[int], highs: list[int], highs2: list[int]) -> int:
    """Map an end: left of what vanished at the offset, right of what replaced it."""
    first = bisect_left(highs, offset)
    if first < len(highs) and lows[first] < offset:
        return highs2[first]
    before = bisect_left(highs, offset) - 1
    return offset if before < 0 else highs2[before] + offset - highs[before]
