"""The most likely sequence of languages over the units of a document, and how likely it is.

A hidden Markov model whose states are the languages: staying costs nothing, any change costs
what the place asks for. Viterbi (1967) finds the path; forward and backward sums (Baum et al.,
1970) tell how probable each language is at each unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textkit.detect.scoring import Matrix


def best_path(scores: Matrix, costs: Sequence[float]) -> list[int]:
    """Return the column chosen for each row; going to another column costs `costs[row]`.

    >>> best_path(np.array([[5.0, 0.0], [0.0, 1.0], [5.0, 0.0]]), [0, 2, 2])
    [0, 0, 0]
    """
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


def marginals(scores: Matrix, costs: Sequence[float]) -> Matrix:
    """Return the probability of each column at each row, given all rows.

    >>> marginals(np.array([[5.0, 0.0], [0.0, 1.0]]), [0, 9]).round(2)
    array([[0.98, 0.02],
           [0.98, 0.02]])
    """
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    forward = _sums(odds, costs)
    backward = _sums(odds[::-1], [0.0, *list(costs)[:0:-1]])[::-1]
    both = forward * backward / np.maximum(odds, 1e-300)
    return np.asarray(both / both.sum(axis=1, keepdims=True))


def _sums(odds: Matrix, costs: Sequence[float]) -> Matrix:
    """The probability of each column at each row, given the rows up to it."""
    out = np.empty_like(odds)
    out[0] = odds[0] / odds[0].sum()
    for row in range(1, len(odds)):
        leak = np.exp(-costs[row])
        here = ((1.0 - leak) * out[row - 1] + leak) * odds[row]
        out[row] = here / here.sum()
    return out
