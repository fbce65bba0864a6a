"""What the blocks round a block say of it: the second look, once each has a score of its own."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from textkit.read.html.blocks import Page
from textkit.read.html.features import LONG, SHORT, ends
from textkit.read.html.scorer import select, sums
from textkit.text.blocks import HEADING, ITEM, ROW

REACH = 3  # blocks on each side


def probability(logit: float) -> float:
    """Return the probability that a logit stands for."""
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, logit))))


def context(
    page: Page, logits: Sequence[float], votes: Sequence[Collection[int]] = ()
) -> list[dict[str, float]]:
    """Return the features of each block: its neighbours' scores and the votes for them.

    `logits` are the scores of the blocks on their own; `votes` are the blocks that each of two
    extractors chose, the bolder one first; none leaves these features out.
    """
    chances = [probability(z) for z in logits]
    padded = [0.0] * REACH + chances + [0.0] * REACH
    around = _Around(page, chances)
    plain = select(page)
    rows = []
    for i, block in enumerate(page.blocks):
        at = i + REACH
        row = {
            "score": max(-1.0, min(1.0, logits[i] / 4.0)),
            "before1": padded[at - 1],
            "before2": padded[at - 2],
            "before3": padded[at - 3],
            "after1": padded[at + 1],
            "after2": padded[at + 2],
            "after3": padded[at + 3],
            "least": min(padded[at - 1], padded[at + 1]),
            "most": max(padded[at - 1], padded[at + 1]),
            "parent": around.parent(i, 1),
            "grandparent": around.parent(i, 2),
            "group": around.group(block.group),
            "plain": float(i in plain),
            "short": float(block.width < SHORT),
            "long": float(block.width >= LONG),
            "stop": float(ends(block)),
            "linked": float(block.links > 0.5),
            "heading": float(block.kind == HEADING),
            "item": float(block.kind == ITEM),
            "row": float(block.kind == ROW),
        }
        if votes:
            row.update(_of_votes(i, votes))
        rows.append(row)
    return rows


def _of_votes(i: int, votes: Sequence[Collection[int]]) -> dict[str, float]:
    """Features of the votes for a block and for the two on each side."""
    bold, careful = votes[0], votes[-1]
    near = (i - 2, i - 1, i + 1, i + 2)
    return {
        "bold": float(i in bold),
        "careful": float(i in careful),
        "both": float(i in bold and i in careful),
        "bold_near": sum(k in bold for k in near) / 4.0,
        "careful_near": sum(k in careful for k in near) / 4.0,
    }


class _Around:
    """Mean chances of the blocks in an element or a group, weighted by their width."""

    def __init__(self, page: Page, chances: Sequence[float]) -> None:
        self.page = page
        widths = [float(block.width) for block in page.blocks]
        self.mass = sums([c * w for c, w in zip(chances, widths, strict=True)])
        self.width = sums(widths)
        groups: dict[int, list[float]] = {}
        for block, chance in zip(page.blocks, chances, strict=True):
            groups.setdefault(block.group, []).append(chance)
        self.groups = {group: sum(held) / len(held) for group, held in groups.items()}

    def parent(self, i: int, steps: int) -> float:
        """The mean chance in the element that many steps above a block's own."""
        at = self.page.blocks[i].element
        for _ in range(steps):
            at = max(0, self.page.elements[at].parent)
        element = self.page.elements[at]
        width = self.width[element.last] - self.width[element.first]
        return (self.mass[element.last] - self.mass[element.first]) / max(1.0, width)

    def group(self, group: int) -> float:
        """The mean chance in a list or table, above or below one half; 0 outside any."""
        return self.groups[group] - 0.5 if group >= 0 else 0.0
