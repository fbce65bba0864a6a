"""Notices: residue that is written in whole sentences (cookies, newsletters, rights)."""

from __future__ import annotations

from textkit.clean.phrases import look_up

_KINDS = frozenset({"cookie", "newsletter", "copyright", "credits", "related", "share"})


def is_notice(text: str) -> bool:
    """Is a line residue though it reads as prose?"""
    return notice_rule(text) is not None


def notice_rule(text: str) -> str | None:
    """Return the rule of a line that is residue though it reads as prose."""
    from textkit.clean.phrases import KINDS

    phrase = look_up(text)
    if phrase is None or phrase.kind not in _KINDS or phrase.where in ("weak", "word"):
        return None
    return KINDS[phrase.kind]
