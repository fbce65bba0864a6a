"""The most likely sequence of languages over the units of a document (Viterbi, 1967)."""

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
