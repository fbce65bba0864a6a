"""What can be said of each block of a page in numbers, for the model that chooses them.

All of it holds in every script: columns, shares and counts of marks, places in the tree and in the
row of blocks. Nothing counts blanks; the phrases that close an article are listed by language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textkit.read.html.columns import Columns
from textkit.read.html.signs import KINDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Table = dict[str, Floats]

MIN_LONG = 80  # columns: prose
CORE = 0.6  # the core is the innermost element with this share of the article's prose
SETTLED = 0.4  # share of the prose after which a label may end the article
REACH = 3  # blocks on each side that count as neighbours
FAR = 99.0  # distance to what is not there


def features(c: Columns) -> Table:
    """Return the features of each block of a page, a column for each name."""
    return {**_of_text(c), **_of_neighbours(c), **_of_place(c), **_of_likeness(c)}


def _of_text(c: Columns) -> Table:
    """Features of a block's own text."""
    return {
        "width": c.width * 1.0,
        "links": c.links,
        "marks": c.marks / c.width.clip(1),
        "digits": c.digits / c.width.clip(1),
        "stop": c.stop * 1.0,
        "opening": c.opening * 1.0,
        "kind": c.kind * 1.0,
        "hidden": c.hidden * 1.0,
        "ending": c.ending * 1.0,
        "copies": c.copies * 1.0,
        "residue": c.residue * 1.0,
        "residue_place": c.residue_place * 1.0,
        "value": c.value,
    }


def shifted(column: Floats, by: int, fill: float = 0.0) -> Floats:
    """Return the column of each block's neighbour: `by` blocks on, or back if negative."""
    import numpy as np

    result = np.full(len(column), fill)
    if by > 0:
        result[:-by] = column[by:]
    else:
        result[-by:] = column[:by]
    return result


def _of_neighbours(c: Columns) -> Table:
    """Features of the blocks on each side."""
    import numpy as np

    table: Table = {}
    values = c.value.clip(-50.0, 200.0)
    for by in (-2, -1, 1, 2):
        table[f"width{by:+}"] = shifted(c.width * 1.0, by)
        table[f"links{by:+}"] = shifted(c.links, by)
        table[f"kind{by:+}"] = shifted(c.kind * 1.0, by, -1.0)
    table["residue-1"] = shifted(c.residue * 1.0, -1)
    table["residue+1"] = shifted(c.residue * 1.0, 1)
    table["stop-1"] = shifted(c.stop * 1.0, -1)
    table["stop+1"] = shifted(c.stop * 1.0, 1)
    steps = range(1, REACH + 1)
    table["before"] = np.sum([shifted(values, -by) for by in steps], axis=0)
    table["after"] = np.sum([shifted(values, by) for by in steps], axis=0)
    return table


def prefix(column: Floats) -> Floats:
    """Return prefix sums: `s[j] - s[i]` is the sum of rows i to j - 1."""
    import numpy as np

    return np.concatenate(([0.0], np.cumsum(column)))


def chain(c: Columns) -> list[NDArray[np.int64]]:
    """Return the innermost element of each block, and the three round it."""
    result = [c.element]
    while len(result) < 4:
        result.append(c.parent[result[-1]])
    return result


def held(c: Columns, elements: NDArray[np.int64], sums: Floats) -> Floats:
    """Return what lies in each of some elements, from prefix sums."""
    return sums[c.last[elements]] - sums[c.first[elements]]


def _of_place(c: Columns) -> Table:
    """Features of a block's place in the tree and in the page."""
    import numpy as np

    count = len(c.width)
    index = np.arange(count)
    prose = np.where(c.junk > 0, 0.0, c.value.clip(0.0))
    sums = prefix(prose)
    first, last = (c.first[c.root], c.last[c.root]) if c.root >= 0 else (0, 0)
    total = max(1.0, sums[last] - sums[first])
    inside = (index >= first) & (index < last)
    core_first, core_last = _core(c, sums, total)
    around = chain(c)
    widths, linked = prefix(c.width * 1.0), prefix(c.links * c.width)
    table: Table = {
        "place": index / count,
        "blocks": np.full(count, float(count)),
        "inside": inside * 1.0,
        "junk": c.junk * 1.0,
        "plain": c.plain * 1.0,
        "before_core": (core_first - index).clip(0) * 1.0,
        "after_core": (index - core_last + 1).clip(0) * 1.0,
        "prose_before": (sums[:-1] - sums[first]) / total,
        "prose_after": (sums[last] - sums[1:]) / total,
        "depth": c.depth[c.element] * 1.0,
        "tag": c.tag[c.element] * 1.0,
        "outer_tag": c.tag[around[1]] * 1.0,
        "after_heading": _since(c.kind == 6),
        "after_h1": (index - c.heading) * 1.0 if c.heading >= 0 else np.full(count, -FAR),
        "ended": _ended(c, sums, first, last, total) * 1.0,
    }
    for step, elements in enumerate(around):
        width = held(c, elements, widths)
        table[f"share{step}"] = (held(c, elements, sums) - prose) / total
        table[f"wide{step}"] = width
        table[f"linked{step}"] = held(c, elements, linked) / width.clip(1)
    signs = c.kinds[c.element]
    for position, kind in enumerate(KINDS):
        table[f"sign_{kind}"] = (signs >> position & 1) * 1.0
    return table


def _core(c: Columns, sums: Floats, total: float) -> tuple[int, int]:
    """Return the blocks of the innermost element with most of the article's prose."""
    import numpy as np

    if c.root < 0:
        return 0, 0
    rich = (sums[c.last] - sums[c.first]) / total >= CORE
    within = (c.first >= c.first[c.root]) & (c.last <= c.last[c.root])
    candidates = np.flatnonzero(rich & within)
    core = candidates[-1] if len(candidates) else c.root
    return int(c.first[core]), int(c.last[core])


def _since(mark: NDArray[np.bool_]) -> Floats:
    """Return how many blocks ago the last marked one was, at most FAR."""
    import numpy as np

    index = np.arange(len(mark))
    last = np.maximum.accumulate(np.where(mark, index, -1))
    return np.where(last >= 0, (index - last).clip(0, FAR), FAR)


def _ended(c: Columns, sums: Floats, first: int, last: int, total: float) -> NDArray[np.bool_]:
    """Does a block stand after a label that ends the article?"""
    import numpy as np

    index = np.arange(len(c.width))
    inside = (index >= first) & (index < last)
    over = inside & (c.ending > 0) & (sums[:-1] - sums[first] > SETTLED * total)
    return inside & np.logical_or.accumulate(over)


def alike(keys: NDArray[np.int64], weight: Floats, of: Floats) -> tuple[Floats, Floats]:
    """Return the share of the weight of *other* rows with the same key that is of a kind.

    `of` is each row's share (0 to 1) that is. Also returns the weight of these other rows; where
    there is none the share is -1.
    """
    import numpy as np

    whole = np.bincount(keys, weight)[keys] - weight
    part = np.bincount(keys, weight * of)[keys] - weight * of
    return np.where(whole > 0, part / whole.clip(1e-9), -1.0), whole


def _of_likeness(c: Columns) -> Table:
    """Features of the other blocks with the same markup."""
    import numpy as np

    width = c.width * 1.0
    ones = np.ones(len(width))
    page = max(1.0, float(c.width.sum()))
    table: Table = {}
    for name, keys in (("markup", c.markup), ("outer", c.outer)):
        chosen, mass = alike(keys, width, c.plain * 1.0)
        table[f"{name}_plain"] = chosen
        table[f"{name}_mass"] = mass / page
        table[f"{name}_links"] = alike(keys, width, c.links)[0]
        table[f"{name}_count"] = alike(keys, ones, ones)[1]
        table[f"{name}_stop"] = alike(keys, ones, c.stop * 1.0)[0]
    group = np.where(c.group >= 0, c.group, c.group.max() + 1)
    size = np.bincount(group)[group]
    table["group_size"] = np.where(c.group >= 0, size, 0) * 1.0
    table["group_plain"] = alike(group, width, c.plain * 1.0)[0]
    table["group_links"] = alike(group, width, c.links)[0]
    return table
