"""Lines: from an offset to the line and column that a person looks for."""

from __future__ import annotations

from bisect import bisect_right


class LineIndex:
    """Line and column of offsets in one text; both count from 1, in code points.

    >>> LineIndex("ab\\ncd").position(4)
    (2, 2)
    """

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def position(self, offset: int) -> tuple[int, int]:
        """Return `(line, column)` of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
