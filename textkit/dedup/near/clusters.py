"""The last step: near pairs become clusters, the most alike first.

Plain connected components chain: a short excerpt that two articles share, or a page with half of
each, would put both into one cluster. So two clusters are joined only where two of their long
members are near copies as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from textkit.dedup.near.verify import Scores, Verifier

CORE = 0.6  # of the longest member's words: the members that must be alike
LEAST_ALIKE = 0.30  # mean cosine of the long members of two clusters
_MOST = 8  # long members looked at


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
    forest = Forest(len(verifier.sizes))
    words = verifier.sizes.tolist()
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in edges.pairs.tolist():
        near[a].add(b)
        near[b].add(a)
    long: dict[int, list[int]] = {}  # the longest members of each cluster
    strength = np.round(np.maximum(edges.cosine, edges.jaccard), 6)
    order = np.lexsort((edges.pairs[:, 1], edges.pairs[:, 0], -strength))
    for one, other in edges.pairs[order].tolist():
        a, b = forest.find(one), forest.find(other)
        if a == b:
            continue
        both = sorted(long.get(a, [a]) + long.get(b, [b]), key=lambda x: (-words[x], x))
        core = [x for x in both if words[x] >= CORE * words[both[0]]]
        left = [x for x in core if forest.find(x) == a]
        right = [x for x in core if forest.find(x) == b]
        if (a, b) in ((one, other), (other, one)) or _agree(left, right, near, verifier):
            long[forest.join(a, b)] = both[:_MOST]
    return [forest.find(item) for item in range(len(words))]


def _agree(
    left: Sequence[int], right: Sequence[int], near: dict[int, set[int]], verifier: Verifier
) -> bool:
    """Are two of the long members near copies, and all alike on the whole?"""
    if not left or not right:
        return True
    if all(near[x].isdisjoint(right) for x in left):
        return False
    pairs = np.array([(a, b) for a in left for b in right])
    return float(verifier.cosine(pairs).mean()) >= LEAST_ALIKE
