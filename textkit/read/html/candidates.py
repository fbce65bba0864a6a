"""The extractors: each says, on its own, which text of a page is the article."""

from __future__ import annotations

import logging
from typing import NamedTuple

from lxml import html

from textkit.read.html.blocks import Page
from textkit.read.html.listing import is_listing
from textkit.read.html.model import choose, scores
from textkit.read.html.scorer import select, value
from textkit.read.html.vote import agreement, blocks_of, majority, similarity

ALIKE = 0.8  # similarity of two votes that agree on the article
UNLIKE = 0.6  # a choice less similar to what the votes agree on is another text
LEAST = 60.0  # value of a block of prose that may stand alone


class Choice(NamedTuple):
    """The blocks that make the article, and how far the extractors agreed (0 to 1)."""

    blocks: set[int]
    agreement: float


def article(root: html.HtmlElement, page: Page, names: tuple[str, ...]) -> Choice:
    """Return what the named extractors take for the article: the one's choice, or their vote."""
    votes = [
        blocks_of(page, trafilatura_text(root, precision=name == "precision"))
        for name in names
        if name != "scorer"
    ]
    if "scorer" not in names:
        chosen = majority(votes)
        return Choice(chosen, agreement(page, chosen, votes))
    own = scores(page)
    alone = choose(page, own)
    cast = votes if all(votes) else []  # where one is at a loss, the others are often wrong
    chosen = (choose(page, own, cast) if cast else alone) or remainder(page)
    chosen = overruled(page, chosen, cast)
    return Choice(chosen, agreement(page, chosen, [alone, *votes]))


def overruled(page: Page, chosen: set[int], votes: list[set[int]]) -> set[int]:
    """Return the choice, or the votes' majority where they agree on another text.

    A choice that is an index page's teasers gives way to the votes too, and else to nothing.
    """
    alike = bool(votes) and similarity(page, votes[0], votes[-1]) >= ALIKE
    agreed = majority(votes) if alike else set()
    if not any(value(page.blocks[i]) > LEAST for i in agreed):
        agreed = set()
    listing = is_listing(page, chosen)
    if agreed and (listing or similarity(page, chosen, agreed) < UNLIKE):
        return set() if is_listing(page, agreed) else agreed
    return set() if listing else chosen


def remainder(page: Page) -> set[int]:
    """The prose of a page on which no block looks like an article's, such as a bare text."""
    found = select(page)
    prose = [page.blocks[i] for i in found if value(page.blocks[i]) > LEAST]
    return found if prose else set()


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
