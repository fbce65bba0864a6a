"""The model that chooses blocks: logistic regression, once on each block, once on its context.

The weights were fitted by `benchmarks/read_fit.py` on article pages in Latin script; they speak of
columns, shares and places only, so that they hold for other scripts too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from operator import mul

from textkit.read.html.blocks import Page
from textkit.read.html.context import context
from textkit.read.html.features import features
from textkit.text.blocks import ROW
from textkit.text.tables import rows

BIAS = "(bias)"


@cache
def weights(model: str) -> dict[str, float]:
    """Return the weights of a model by feature; `block`, `alone` and `vote` are the models."""
    table = rows("textkit.read.html", "weights.tsv")
    return {name: float(weight) for which, name, weight in table if which == model}


def logits(model: str, table: Sequence[dict[str, float]]) -> list[float]:
    """Return the score of each row of features: above 0 speaks for the block."""
    if not table:
        return []
    known = weights(model)
    bias, ordered = known[BIAS], [known[name] for name in table[0]]
    return [bias + sum(map(mul, ordered, row.values())) for row in table]


def choose(page: Page, votes: Sequence[Collection[int]] = ()) -> set[int]:
    """Return the blocks of the article, with what other extractors chose, or without."""
    own = logits("block", features(page))
    final = logits("vote" if votes else "alone", context(page, own, votes))
    return {i for i, z in enumerate(of_tables(page, final)) if z > 0.0}


def of_tables(page: Page, scores: Sequence[float]) -> list[float]:
    """Return the scores with the mean of its rows for each row of a table: all or none."""
    tables: dict[int, list[float]] = {}
    for block, score in zip(page.blocks, scores, strict=True):
        if block.kind == ROW:
            tables.setdefault(block.group, []).append(score)
    means = {group: sum(held) / len(held) for group, held in tables.items()}
    return [
        means[block.group] if block.kind == ROW else score
        for block, score in zip(page.blocks, scores, strict=True)
    ]
