"""The model that chooses blocks: gradient-boosted trees over their features.

There are two tables of trees, with and without the features of other extractors' votes. Both were
fitted by `benchmarks/read_fit.py`, whose figures stand at their heads.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from textkit.clean.verdicts import verdict
from textkit.read.html.blocks import CODE, Block, Page
from textkit.read.html.columns import MAX_RESIDUE, ends
from textkit.read.html.signs import BIT, SLIDES
from textkit.text.blocks import HEADING, PARAGRAPH, ROW

if TYPE_CHECKING:
    from textkit.read.html.columns import Floats

MIN_LOGIT = -0.3  # of a block of the article; left out, 0 to -0.4 differ by .001
MIN_LINE = -2.0  # of a sentence like the one before it; left out this changes .0001
MAX_CONTROL = 30  # columns; a longer text beside pictures is a caption
MAX_SLIDES = 40  # blocks of a row of pictures; a larger element holds the page
VOTE_SHARE = 0.8  # of the trees that see the votes; the others see what all extractors overlook
VOTE_TABLE, FAST_TABLE = "trees-vote.tsv", "trees-fast.tsv"


def choose(page: Page, votes: Mapping[str, Collection[int]]) -> set[int]:
    """Return the blocks of the article, with the votes of other extractors or without any."""
    if not page.blocks:
        return set()
    return selected(page, block_logits(tabulate(page, votes), bool(votes)).tolist())


def block_logits(table: Mapping[str, Floats], voted: bool) -> Floats:
    """Return the logit of each block: how far it looks like one of the article."""
    from textkit.read.html.trees import forest, logits

    alone = logits(forest(FAST_TABLE), table)
    if not voted:
        return alone
    return VOTE_SHARE * logits(forest(VOTE_TABLE), table) + (1.0 - VOTE_SHARE) * alone


def selected(page: Page, logits: Sequence[float]) -> set[int]:
    """Return the blocks that their logits, and those of the rest of a table or code, speak for."""
    logits = of_tables(page, logits)
    wanted = {
        i
        for i, logit in enumerate(logits)
        if logit > MIN_LOGIT and not (_is_control(page, i) or _is_pointer(page.blocks[i]))
    }
    return with_code(page, with_short_lines(page, wanted, logits))


def with_short_lines(page: Page, chosen: set[int], logits: Sequence[float]) -> set[int]:
    """Return the chosen blocks and the sentences marked up alike that follow them: dialogue."""
    result = set(chosen)
    for i, block in enumerate(page.blocks):
        if i in result or i - 1 not in result or logits[i] <= MIN_LINE:
            continue
        plain = block.kind == PARAGRAPH and block.links == 0 and not block.hidden
        if plain and ends(block) and _markup(page, i) == _markup(page, i - 1):
            result.add(i)
    return result


def _markup(page: Page, i: int) -> tuple[str, str, int]:
    """Return the tag and class of a block's element, and the element two levels round it."""
    element = page.elements[page.blocks[i].element]
    outer = page.elements[max(0, element.parent)]
    shared = element.parent if outer.tag == "body" else outer.parent
    return element.tag, element.name, shared


def _is_pointer(block: Block) -> bool:
    """Is a block a link to another story, and labelled as such: `Read also: ...`?"""
    if block.links <= 0.5 or block.width > MAX_RESIDUE:
        return False
    line_class = verdict(block.text)
    return line_class is not None and line_class.kind == "related"


def _is_control(page: Page, i: int) -> bool:
    """Is a block a button or counter of a row of pictures, such as `1 / 6`?"""
    block, index = page.blocks[i], page.blocks[i].element
    if block.width > MAX_CONTROL or block.kind == HEADING:
        return False
    while index >= 0 and page.elements[index].last - page.elements[index].first <= MAX_SLIDES:
        if page.elements[index].kinds & BIT[SLIDES] == BIT[SLIDES]:
            return True
        index = page.elements[index].parent
    return False


def tabulate(page: Page, votes: Mapping[str, Collection[int]]) -> dict[str, Floats]:
    """Return the features of each block by name, with those of the votes if there are any."""
    from textkit.read.html.columns import columns
    from textkit.read.html.features import features
    from textkit.read.html.vote_features import vote_features

    table = columns(page)
    return features(table) | (vote_features(table, votes) if votes else {})


def with_code(page: Page, chosen: set[int]) -> set[int]:
    """Return the chosen blocks and the code before each: text that speaks of it needs it."""
    result = set(chosen)
    for kind, run in groupby(range(len(page.blocks)), lambda i: page.blocks[i].kind):
        if kind == CODE:
            code = list(run)
            if code[-1] + 1 in chosen:
                first = next((i for i in code if i - 1 in chosen), code[-1] + 1)
                result.update(range(first, code[-1] + 1))
    return result


def of_tables(page: Page, logits: Sequence[float]) -> list[float]:
    """Return the logits, but for each row of a table the mean of its rows: all or none."""
    tables: dict[int, list[float]] = {}
    for block, logit in zip(page.blocks, logits, strict=True):
        if block.kind == ROW:
            tables.setdefault(block.group, []).append(logit)
    means = {group: sum(held) / len(held) for group, held in tables.items()}
    return [
        means[block.group] if block.kind == ROW else logit
        for block, logit in zip(page.blocks, logits, strict=True)
    ]
