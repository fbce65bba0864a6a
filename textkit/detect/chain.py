"""The most likely sequence of languages over the units of a document, and how likely it is.

A hidden Markov model whose states are the languages: staying costs nothing, any change costs
what the place asks for. Viterbi (1967) finds the path; forward and backward sums (Baum et al.,
1970) tell how probable each language is at each unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textkit.detect.scoring import Matrix

_ROWS = 1000  # rows that are prepared at a time, which bounds memory
_MARGIN = 1e-6  # nats that a bound must be off by, far more than sums are rounded by


def best_path(scores: Matrix, costs: Sequence[float]) -> list[int]:
    """Return the column chosen for each row; going to another column costs `costs[row]`.

    >>> best_path(np.array([[5.0, 0.0], [0.0, 1.0], [5.0, 0.0]]), [0, 2, 2])
    [0, 0, 0]
    """
    constant = _one_for_all(scores, costs)
    if constant is not None:
        return [constant] * len(scores)
    total = scores[0]
    came_from = np.empty(scores.shape, dtype=np.int32)
    stay = np.arange(scores.shape[1])
    for row in range(1, len(scores)):
        best = int(total.argmax())
        switched = total[best] - costs[row]
        switches = switched > total
        came_from[row] = np.where(switches, best, stay)
        total = np.where(switches, switched, total) + scores[row]
    path = [int(total.argmax())]
    for row in range(len(scores) - 1, 0, -1):
        path.append(int(came_from[row, path[-1]]))
    return path[::-1]


def _one_for_all(scores: Matrix, costs: Sequence[float]) -> int | None:
    """The column that is the whole path, where a bound proves it; None where it may not be.

    The bound is a path beside it that may take the best of all other columns at each row without
    cost: where that one is never worth a change, no path is.
    """
    column = int(scores.sum(axis=0).argmax())
    others = scores.copy()
    others[:, column] = -np.inf
    gains = (others.max(axis=1) - scores[:, column]).tolist()
    ahead = gains[0]  # by how much the other path leads
    for gain, cost in zip(gains[1:], costs[1:], strict=True):
        if ahead >= cost - _MARGIN:
            return None
        ahead = max(ahead, -cost) + gain
    return column if ahead < -_MARGIN else None


def marginals(scores: Matrix, costs: Sequence[float]) -> Matrix:
    """Return the probability of each column at each row, given all rows.

    >>> marginals(np.array([[5.0, 0.0], [0.0, 1.0]]), [0, 9]).round(2)
    array([[0.98, 0.02],
           [0.98, 0.02]])
    """
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    cost = np.array(costs)
    cost[0] = 0.0
    backward = np.concatenate((cost[:1], cost[:0:-1]))
    leak = np.exp(-np.stack((cost, backward), axis=1))[:, :, None]
    sums = _sums(np.stack((odds, odds[::-1]), axis=1), leak)
    both = sums[:, 0] * sums[::-1, 1]
    del sums
    both /= np.maximum(odds, 1e-300, out=odds)
    both /= both.sum(axis=1, keepdims=True)
    return both


def _sums(odds: Matrix, leak: Matrix) -> Matrix:
    """The probability of each column at each row, given the rows up to it.

    The second axis holds chains that have nothing to do with each other.
    """
    out = np.empty_like(odds)
    last = out[0] = odds[0] / odds[0].sum(axis=1, keepdims=True)
    for at in range(1, len(odds), _ROWS):
        rows = slice(at, at + _ROWS)
        stays, comes = (1.0 - leak[rows]) * odds[rows], leak[rows] * odds[rows]
        for stay, come, room in zip(stays, comes, out[rows], strict=True):
            here = np.multiply(last, stay, out=room)
            here += come
            last = np.divide(here, np.add.reduce(here, axis=1, keepdims=True), out=room)
    return out
