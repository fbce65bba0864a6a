"""Edits for every match of a pattern, in bounded memory.

A text of millions of carriage returns would become millions of edits. Where a block of text has
very many of them, the block becomes one edit: as exact to undo, and coarser to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from textkit.edits import Edit

BLOCK = 1 << 20  # characters looked at in one step
DENSE = 10_000  # edits in a block that are still kept apart

_VISIBLE = re.compile("[!-~]")

Replace = Callable[[re.Match[str]], tuple[str, str]]  # to the new text and the rule


def sweep(
    pattern: re.Pattern[str], text: str, replace: Replace, span: tuple[int, int] | None = None
) -> Iterator[Edit]:
    """Yield an edit for each match in `span`, by default everywhere, that `replace` changes."""
    for start, end in _blocks(text, *(span or (0, len(text)))):
        edits: list[Edit] = []
        for match in pattern.finditer(text, start, end):
            new, rule = replace(match)
            edits += trimmed(match.start(), match[0], new, rule)
            if len(edits) > DENSE:
                yield _as_one(pattern, text, start, end, replace, rule)
                break
        else:
            yield from edits


def _as_one(
    pattern: re.Pattern[str], text: str, start: int, end: int, replace: Replace, rule: str
) -> Edit:
    pieces: list[str] = []
    at = start
    for match in pattern.finditer(text, start, end):
        pieces += (text[at : match.start()], replace(match)[0])
        at = match.end()
    pieces.append(text[at:end])
    return Edit(start, text[start:end], "".join(pieces), rule)


def _blocks(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield spans of about a block that end before a visible ASCII character, or with the text.

    No pattern of ours matches across such a place.
    """
    while start < stop:
        visible = _VISIBLE.search(text, min(start + BLOCK, stop), stop)
        end = visible.start() if visible else stop
        yield start, end
        start = end


def trimmed(start: int, old: str, new: str, rule: str) -> Iterator[Edit]:
    """Yield the edit from `old` to `new` without what both have at their ends; none if equal.

    >>> list(trimmed(10, "I donâ€™t", "I don’t", "TK301"))
    [Edit(start=15, old='â€™', new='’', rule='TK301')]
    """
    if old == new:
        return
    low, high = 0, min(len(old), len(new))
    while low < high and old[low] == new[low]:
        low += 1
    end = 0
    while end < high - low and old[-1 - end] == new[-1 - end]:
        end += 1
    yield Edit(start + low, old[low : len(old) - end], new[low : len(new) - end], rule)
