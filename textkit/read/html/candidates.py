"""The extractors: each says, on its own, which text of a page is the article."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml import html

from textkit.read.html.blocks import Page
from textkit.read.html.listing import without_comments, without_teasers
from textkit.read.html.model import choose
from textkit.read.html.repeats import without_copies
from textkit.read.html.scorer import scores, select, value
from textkit.read.html.votes import agreement, all_blocks_of, majority
from textkit.read.options import CANDIDATES

SCORER = "scorer"
MIN_ALONE = 60.0  # value of the prose that may stand alone, see `scorer.value`


class Choice(NamedTuple):
    """The blocks that make the article, and how far the extractors agreed (0 to 1)."""

    blocks: set[int]
    agreement: float


def article(root: html.HtmlElement, page: Page, names: Sequence[str]) -> Choice:
    """Return what the named extractors take for the article: the one's choice, or their vote.

    With all of them the scorer sees the votes of the others; with some the majority decides.
    """
    votes = cast_votes(root, page, names)
    if SCORER not in names:
        chosen = majority(list(votes.values()))
        return Choice(chosen, agreement(page, chosen, list(votes.values())))
    all_cast = set(votes) == set(CANDIDATES) - {SCORER} and any(votes.values())
    chosen = choose(page, votes if all_cast else {})
    if not all_cast:
        chosen = majority([chosen, *filter(None, votes.values())])
    chosen = settled(page, chosen, votes.values())
    return Choice(chosen, agreement(page, chosen, list(votes.values()) or [chosen]))


def cast_votes(root: html.HtmlElement, page: Page, names: Sequence[str]) -> dict[str, set[int]]:
    """Return the blocks that each of the other extractors holds for the article."""
    voters = [name for name in CANDIDATES if name in names and name != SCORER]
    texts = [trafilatura_text(root, precision=name == "precision") for name in voters]
    return dict(zip(voters, all_blocks_of(page, texts), strict=True))


def settled(page: Page, chosen: set[int], votes: Iterable[set[int]] = ()) -> set[int]:
    """Return a choice without comments, teasers and copies; bare prose if it holds no prose."""
    if sum(max(0.0, value(page.blocks[i])) for i in chosen) <= MIN_ALONE:
        chosen = remainder(page)
    chosen = without_comments(page, chosen, set().union(*votes))
    return without_copies(page, without_teasers(page, chosen))


def remainder(page: Page) -> set[int]:
    """Return the prose of a page on which no block looks like an article's, such as a bare text."""
    plain = select(page, scores(page))
    return plain if any(value(page.blocks[i]) > MIN_ALONE for i in plain) else set()


def trafilatura_text(root: html.HtmlElement, precision: bool) -> str:
    """Trafilatura's main text (Barbaresi, 2021); its own errors count as nothing found."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = trafilatura.bare_extraction(
            root, include_comments=False, favor_precision=precision, fast=precision
        )
    except Exception:
        return ""
    return getattr(document, "text", None) or ""
