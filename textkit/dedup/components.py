"""The last step: near pairs become clusters, the most alike first.

Plain connected components chain: a short excerpt that two articles share, or a page with half of
each, would put both into one cluster. So two clusters are joined only where their long members
are alike as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from textkit.dedup.verify import Scores, Verifier

CORE = 0.6  # of the longest member's words: the members that must be alike
LEAST_ALIKE = 0.30  # cosine
_MOST_CHECKED = 8  # members a side; the longest say enough


class Forest:
    """Disjoint sets (Galler and Fischer, 1964); a set is named by its smallest member."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def find(self, item: int) -> int:
        """Return the name of the set that holds `item`."""
        parent = self.parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, first: int, second: int) -> int:
        """Make one set of the two that hold these items; return its name."""
        first, second = sorted((self.find(first), self.find(second)))
        self.parent[second] = first
        return first


def clusters(edges: Scores, verifier: Verifier) -> list[int]:
    """Return the first member, in rank, of each document's cluster."""
    count = len(verifier.sizes)
    forest = Forest(count)
    members: dict[int, list[int]] = {}
    strength = np.round(np.maximum(edges.cosine, edges.jaccard), 6)
    for at in np.lexsort((edges.pairs[:, 1], edges.pairs[:, 0], -strength)):
        a, b = (forest.find(int(x)) for x in edges.pairs[at])
        if a == b:
            continue
        left, right = members.get(a, [a]), members.get(b, [b])
        if _agree(left, right, verifier):
            members[forest.join(a, b)] = sorted(left + right)
    return [forest.find(item) for item in range(count)]


def _agree(left: Sequence[int], right: Sequence[int], verifier: Verifier) -> bool:
    """Are the long members of two clusters alike, on the whole?"""
    if len(left) == 1 == len(right):
        return True
    sizes = verifier.sizes
    longest = max(sizes[x] for x in (*left, *right))
    core = [
        [x for x in side if sizes[x] >= CORE * longest][:_MOST_CHECKED] for side in (left, right)
    ]
    pairs = np.array([(a, b) for a in core[0] for b in core[1]])
    return not len(pairs) or float(np.mean(verifier.cosine(pairs))) >= LEAST_ALIKE
