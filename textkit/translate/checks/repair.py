"""Mending a translation that lacks a name: in its place, or in brackets at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textkit.translate.checks.expect import LATIN, LITERAL, NAME, TERM, Missing
from textkit.translate.checks.names import ALIKE, alike

REPAIRED, BRACKETED, STILL_MISSING = "repaired", "bracketed", "missing"
SAME_WORD = 0.7  # likeness of a Latin word and its misspelling; chosen as ALIKE was
_END = re.compile(r"[.!?…。]*[\"'”’»]*\s*$")


def wants_repair(missing: Missing, repair: str) -> bool:
    """May this be mended under `--repair none|names|all`?"""
    if repair == "all" or missing.kind == "literal":
        return repair != "none"
    return repair == "names" and missing.kind in (NAME, TERM, LATIN)


def with_names(original: str, missing: Sequence[Missing]) -> str:
    """Return the original with its names in the target's spelling, which models carry over.

    >>> with_names("英伟达和马斯克", [Missing("name", "英伟达", "NVIDIA")])
    ' NVIDIA 和马斯克'
    """
    for item in sorted(missing, key=lambda m: -len(m.source)):
        if item.kind in (NAME, TERM) and not item.several:
            wide = not item.source.isascii()
            new = f" {item.wanted} " if wide else item.wanted
            original = original.replace(item.source, new)
    return original


def pieces(original: str) -> list[str]:
    """Return a text in pieces: every second one is a URL, an address or code."""
    found, at = [], 0
    for match in LITERAL.finditer(original):
        found += [original[at : match.start()], match[0]]
        at = match.end()
    return [*found, original[at:]]


def mend(
    original: str, translation: str, missing: Missing, rendering: str | None = None
) -> tuple[str, str]:
    """Return the translation with what was missing, and the outcome.

    `rendering` is what the model makes of the name alone; where that stands once, the name goes.
    A name of several renderings only goes in brackets: what stands there may be one of them.
    A Latin word without a capital is never put in brackets: it may stand there in translation.
    """
    if missing.kind in (NAME, TERM, LATIN) and not missing.several:
        place = _place(original, translation, missing, rendering)
        if place:
            return translation[: place[0]] + missing.wanted + translation[place[1] :], REPAIRED
    if missing.kind == LATIN and missing.wanted == missing.wanted.lower():
        return translation, STILL_MISSING
    return in_brackets(translation, missing.wanted), BRACKETED


def in_brackets(translation: str, wanted: str) -> str:
    """Return the translation with a name in brackets before its last mark.

    >>> in_brackets("It grew fast.", "NVIDIA")
    'It grew fast [NVIDIA].'
    """
    end = _END.search(translation)
    at = end.start() if end else len(translation)
    return f"{translation[:at].rstrip()} [{wanted}]{translation[at:]}"


def _place(
    original: str, translation: str, missing: Missing, rendering: str | None
) -> tuple[int, int] | None:
    """Where the model's own word for a name stands; None unless there is just one such place."""
    if rendering:
        stem = rendering.strip(" .!?\"'")
        found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(stem)}(?!\w)", translation)]
        if len(found) == 1 and len(stem) > 2 and stem[:1].isupper():
            return found[0]
    least = SAME_WORD if missing.kind == LATIN else ALIKE
    spans = [
        (a, b)
        for a, b in alike(missing.wanted, translation, least)
        if translation[a:b] not in original and missing.wanted[:1].isupper()
    ]
    return spans[0] if len(spans) == 1 else None
