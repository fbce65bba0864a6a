"""The extractors: each says, on its own, which text of a page is the article."""

from __future__ import annotations

import logging
from typing import NamedTuple

from lxml import html

from textkit.read.html.blocks import Page
from textkit.read.html.model import choose
from textkit.read.html.vote import agreement, blocks_of, majority


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
        return Choice(majority(votes), agreement(page, votes))
    alone = choose(page)
    if not votes:
        return Choice(alone, 1.0)
    return Choice(choose(page, votes), agreement(page, [alone, *votes]))


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
