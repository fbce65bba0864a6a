"""Breadcrumbs: `Home » News » Title`."""

from __future__ import annotations

import re
from functools import lru_cache

from textkit.clean.phrases import key_of, look_up, words_of

_SEPARATOR = re.compile(r"\s*[»›→▸▶❯＞⟩]\s*|\s+[>/|·•\\]\s+|\s*>\s*(?=\w)(?<=\w>)|\s+::\s+")
LONGEST = 300


@lru_cache(maxsize=2048)
def is_breadcrumb(text: str, following: str) -> bool:
    """Is a line the way to the page: home first, or sections up to the title that follows?

    >>> is_breadcrumb("Home > News > It", "Musk's dream"), is_breadcrumb("Home > 5", "")
    (True, False)
    """
    if len(text) > LONGEST:
        return False
    parts = [part for part in _SEPARATOR.split(text) if part]
    if len(parts) < 2:
        return False
    keys = [key_of(part.rpartition(":")[2]) for part in parts]  # You are here: Home > News
    if following and len(following) > 12 and parts[-1] == following:
        return True
    if keys[0] in words_of("home"):
        return all(any(c.isalpha() for c in key) for key in keys[1:])
    sections = [key in words_of("section") or key in words_of("home") for key in keys]
    return sum(sections) >= 2 and sections[0] and max(map(len, keys)) <= 40


def names_a_section(text: str) -> bool:
    """Is a line a word of the site's menu?"""
    phrase = look_up(text)
    return phrase is not None and phrase.kind in ("home", "section", "menu")
