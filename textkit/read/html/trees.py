"""Gradient-boosted trees out of a table (Friedman, 2001), evaluated on all rows at once.

The tables are fitted by `benchmarks/read_fit.py`. A row of one is a tree: its inner nodes
(`feature:threshold:left:right`, where a child below 0 is leaf `-1 - child`), a tab, and the values
of its leaves. These are integers, so that their sum is the same in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from textkit.text.tables import rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.floating[Any]]

SCALE = 1000  # of a leaf's value: what a logit of 1 counts
FEATURES = "features"  # the first row: the names of the columns


class Forest(NamedTuple):
    """The nodes of all trees in one row of arrays; a leaf is a node that leads to itself."""

    names: tuple[str, ...]
    roots: Ints
    depth: int
    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Ints


class Node(NamedTuple):
    """A split of the rows, or a leaf: it leads to itself."""

    feature: int
    threshold: float
    left: int  # where the feature is at most the threshold
    right: int
    value: int = 0


@cache
def forest(name: str) -> Forest:
    """Return the trees of a table of the data folder, such as `trees-vote.tsv`."""
    import numpy as np

    head, *trees = rows("textkit.read.html", name)
    nodes: list[Node] = []
    roots = []
    for splits, leaves in trees:
        roots.append(len(nodes))
        nodes += _nodes(len(nodes), splits.split(), leaves.split())
    columns = [np.array([node[field] for node in nodes]) for field in range(len(Node._fields))]
    return Forest(tuple(head[1:]), np.array(roots), _depth(roots, nodes), *columns)


def _nodes(start: int, splits: list[str], leaves: list[str]) -> Iterator[Node]:
    """Yield the nodes of one tree, which are numbered from `start`: its splits, then its leaves."""
    first_leaf = start + len(splits)
    for split in splits:
        feature, threshold, *children = split.split(":")
        left, right = (
            start + child if child >= 0 else first_leaf - 1 - child for child in map(int, children)
        )
        yield Node(int(feature), float(threshold), left, right)
    for place, value in enumerate(leaves, first_leaf):
        yield Node(0, 0.0, place, place, int(value))


def _depth(roots: list[int], nodes: list[Node]) -> int:
    """Return the splits on the longest way from a root to a leaf."""
    level, depth = set(roots), 0
    while level := {child for i in level for child in nodes[i][2:4] if child != i}:
        depth += 1
    return depth


def logits(trees: Forest, table: Mapping[str, Floats]) -> Floats:
    """Return the sum of all trees' leaves for each row of a table of features; above 0 is yes."""
    import numpy as np

    columns = np.stack([table[name] for name in trees.names])
    row = np.arange(columns.shape[1])[:, None]
    node = np.broadcast_to(trees.roots, (columns.shape[1], len(trees.roots)))
    for _ in range(trees.depth):
        above = columns[trees.feature[node], row] > trees.threshold[node]
        node = np.where(above, trees.right[node], trees.left[node])
    total: Ints = trees.value[node].sum(axis=1)
    return total / SCALE
