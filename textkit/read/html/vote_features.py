"""What the votes of other extractors say of each block: features for the model."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from textkit.read.html.columns import Columns
from textkit.read.html.features import FAR, MIN_LONG, alike, chain, held, prefix, shifted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Table = dict[str, Floats]


def vote_features(c: Columns, votes: Mapping[str, Collection[int]]) -> Table:
    """Return the features of the votes: for the block, those near it, those marked up like it."""
    import numpy as np

    names = list(votes)
    ballots = np.zeros((len(votes), len(c.width)))
    for row, vote in zip(ballots, votes.values(), strict=True):
        row[list(vote)] = 1.0
    cast = ballots.sum(axis=0)
    agreed = cast * 2 > len(votes)
    table: Table = {f"vote_{name}": row for name, row in zip(names, ballots, strict=True)}
    table["votes"] = cast
    for by in (-3, -2, -1, 1, 2, 3):
        table[f"votes{by:+}"] = shifted(cast, by)
    table |= _of_markup(c, ballots, names, cast / len(votes))
    table |= _of_elements(c, agreed * 1.0)
    return table | _of_distance(c, agreed) | _of_page(c, names, ballots)


def _of_markup(c: Columns, ballots: Floats, names: Sequence[str], share: Floats) -> Table:
    """How far the votes hold the other blocks with the same markup, or of the same list."""
    import numpy as np

    width = c.width * 1.0
    group = np.where(c.group >= 0, c.group, c.group.max() + 1)
    table: Table = {"group_votes": alike(group, width, share)[0]}
    for key, keys in (("markup", c.markup), ("outer", c.outer)):
        table[f"{key}_votes"] = alike(keys, width, share)[0]
        for row, name in zip(ballots, names, strict=True):
            table[f"{key}_{name}"] = alike(keys, width, row)[0]
    return table


def _of_elements(c: Columns, agreed: Floats) -> Table:
    """Shares of the agreed text in the elements round a block, and of the elements in it."""
    width = c.width * 1.0
    mine = agreed * width
    sums, widths = prefix(mine), prefix(width)
    total = max(1.0, float(mine.sum()))
    table: Table = {}
    for step, elements in enumerate(chain(c)):
        inner = held(c, elements, sums) - mine
        rest = held(c, elements, widths) - width
        table[f"agreed{step}"] = inner / total
        table[f"dense{step}"] = inner / rest.clip(1.0)
    table["agreed_before"] = sums[:-1] / total
    table["agreed_after"] = (total - sums[1:]) / total
    return table


def _of_distance(c: Columns, agreed: NDArray[np.bool_]) -> Table:
    """Distances to the first and last agreed long block, and to the nearest before and after."""
    import numpy as np

    index = np.arange(len(c.width))
    long = agreed & (c.width >= MIN_LONG)
    places = np.flatnonzero(long)
    if not len(places):
        none = np.full(len(index), FAR)
        return {"to_first": none, "to_last": none, "gap_before": none, "gap_after": none}
    before = np.maximum.accumulate(np.where(long, index, -1))
    after = np.minimum.accumulate(np.where(long, index, len(index) + 99)[::-1])[::-1]
    return {
        "to_first": (index - places[0]).clip(-FAR, FAR) * 1.0,
        "to_last": (index - places[-1]).clip(-FAR, FAR) * 1.0,
        "gap_before": np.where(before >= 0, (index - before).clip(0, FAR), FAR) * 1.0,
        "gap_after": (after - index).clip(0, FAR) * 1.0,
    }


def _of_page(c: Columns, names: Sequence[str], ballots: Floats) -> Table:
    """Features of the page: how far the choices are alike, and how much each of them holds."""
    import numpy as np

    width = c.width * 1.0
    choices = {**dict(zip(names, ballots, strict=True)), "plain": c.plain * 1.0}
    mass = {name: float((row * width).sum()) for name, row in choices.items()}
    page = max(1.0, float(width.sum()))
    table: Table = {}
    for a, b in combinations(choices, 2):
        shared = float((choices[a] * choices[b] * width).sum())
        table[f"alike_{a}_{b}"] = np.full(len(width), 2.0 * shared / max(1.0, mass[a] + mass[b]))
    for name, of in mass.items():
        table[f"mass_{name}"] = np.full(len(width), of / page)
    return table
