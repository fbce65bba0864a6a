"""The extractors: each says, on its own, which text of a page is the article."""

from __future__ import annotations

import logging

from lxml import html

from textkit.read.html.blocks import Page
from textkit.read.html.render import render
from textkit.read.html.scorer import select


def texts(root: html.HtmlElement, page: Page, names: tuple[str, ...]) -> dict[str, str]:
    """Return the text that each named extractor finds; empty where it finds none."""
    found = {}
    for name in names:
        if name == "scorer":
            found[name] = render(page, select(page))
        else:
            found[name] = _trafilatura(root, precision=name == "precision")
    return found


def _trafilatura(root: html.HtmlElement, precision: bool) -> str:
    """Trafilatura's main text (Barbaresi, 2021); its own errors count as nothing found."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = trafilatura.bare_extraction(
            root, include_comments=False, favor_precision=precision
        )
    except Exception:
        return ""
    return getattr(document, "text", None) or ""
