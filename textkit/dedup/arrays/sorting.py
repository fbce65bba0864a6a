"""Sets and tallies of large arrays by sorting, which needs little memory beside them.

`numpy.unique` hashes; on millions of values that is some fifty times slower.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.signatures.tokens import I64

Values = NDArray[Any]


def distinct(values: Values) -> Values:
    """Return each value once, in order.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    found = np.sort(values)
    return found[heads(found)]


def heads(values: Values) -> NDArray[np.bool_]:
    """Tell which of some sorted values differ from the one before."""
    result = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=result[1:])
    return result


def tally(values: Values) -> tuple[Values, I64]:
    """Return each value once, in order, and how often it is there.

    >>> [part.tolist() for part in tally(np.array([3, 1, 3]))]
    [[1, 3], [1, 2]]
    """
    found = np.sort(values)
    at = np.flatnonzero(heads(found))
    return found[at], np.diff(np.append(at, len(found)))


def places(known: Values, values: Values) -> tuple[I64, NDArray[np.bool_]]:
    """Return where each value is among some that are sorted, and whether it is there at all."""
    at = np.searchsorted(known, values)
    if not len(known):
        return at, np.zeros(len(values), dtype=np.bool_)
    at[at == len(known)] = 0
    return at, known[at] == values


def numbered(values: Values) -> tuple[Values, NDArray[np.int32]]:
    """Return each value once, in order, and for each value its number among those.

    Works on one part of the values after the other: what it needs beside them stays small.
    """
    numbers = np.empty(len(values), dtype=np.int32)
    known: list[Values] = [values[:0]]
    count = 0
    for some in _parts(values):
        part = values[some]
        order = np.argsort(part)
        ordered = part[order]
        new = heads(ordered)
        numbers[some[order]] = np.cumsum(new) - 1 + count
        known.append(ordered[new])
        count += len(known[-1])
    return np.concatenate(known), numbers


_PART = 1 << 21  # values


def _parts(values: Values) -> Iterator[I64]:
    """Yield the positions of the values in a few parts, each above the one before."""
    parts = min(max(len(values) // _PART, 1), 1 << 14)
    if parts == 1:
        yield np.arange(len(values))
        return
    sample = np.sort(values[:: max(len(values) // (_PART // 16), 1)])
    bounds = distinct(sample[np.arange(1, parts) * len(sample) // parts])
    which = np.empty(len(values), dtype=np.int16)
    for at in range(0, len(values), _PART):
        which[at : at + _PART] = np.searchsorted(bounds, values[at : at + _PART], side="right")
    for part in range(len(bounds) + 1):
        yield np.flatnonzero(which == part)
