"""The model that chooses blocks: logistic regression, once on each block, once on its context.

The weights were fitted by `benchmarks/read_fit.py` on article pages in Latin script; each half of
the pages was scored with the other half's weights before all were used. They speak of lengths,
shares and places only, so that they hold for other scripts too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from itertools import groupby
from operator import mul

from textkit.read.html.blocks import CODE, Page
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


def scores(page: Page) -> list[float]:
    """Return the score of each block on its own."""
    return logits("block", features(page))


def choose(page: Page, own: Sequence[float], votes: Sequence[Collection[int]] = ()) -> set[int]:
    """Return the blocks of the article, from their own scores and the votes of other extractors."""
    final = logits("vote" if votes else "alone", context(page, own, votes))
    return with_code(page, {i for i, z in enumerate(of_tables(page, final)) if z > 0.0})


def with_code(page: Page, chosen: set[int]) -> set[int]:
    """The chosen blocks, and the code between two of them: text that speaks of it needs it."""
    found = set(chosen)
    for kind, run in groupby(range(len(page.blocks)), lambda i: page.blocks[i].kind):
        if kind == CODE:
            code = list(run)
            if code[-1] + 1 in chosen:
                first = next((i for i in code if i - 1 in chosen), code[-1] + 1)
                found.update(range(first, code[-1] + 1))
    return found


def of_tables(page: Page, logits: Sequence[float]) -> list[float]:
    """Return the scores with the mean of its rows for each row of a table: all or none."""
    tables: dict[int, list[float]] = {}
    for block, score in zip(page.blocks, logits, strict=True):
        if block.kind == ROW:
            tables.setdefault(block.group, []).append(score)
    means = {group: sum(held) / len(held) for group, held in tables.items()}
    return [
        means[block.group] if block.kind == ROW else score
        for block, score in zip(page.blocks, logits, strict=True)
    ]
