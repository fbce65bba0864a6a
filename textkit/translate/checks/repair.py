"""Mending a translation that lacks a name: in its place, or in brackets at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textkit.translate.checks.expect import LATIN, LITERAL, NAME, TERM, Missing
from textkit.translate.checks.names import ALIKE, alike, folded, is_kept, is_title

REPAIRED, BRACKETED, STILL_MISSING = "repaired", "bracketed", "missing"
SAME_WORD = 0.7  # likeness of a Latin word and its misspelling; chosen as ALIKE was
MAX_WORDS = 4  # of a name that the model gives; more are a sentence
MIN_PART = 4  # letters of a word that tells that a part of a name stands there
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

    `rendering` is what the model makes of the name alone. Where that stands once, the name takes
    its place. Brackets need evidence that the model does not know the name: people leave names out
    of good translations too.
    """
    if missing.kind in (NAME, TERM, LATIN) and not missing.several:
        wrong = _wrong_word(original, translation, missing, rendering)
        if wrong:
            whole_word = rf"(?<!\w){re.escape(wrong)}(?!\w)"
            return re.sub(whole_word, lambda _: missing.wanted, translation), REPAIRED
    if _may_be_bracketed(translation, missing, rendering):
        return in_brackets(translation, missing.wanted), BRACKETED
    return translation, STILL_MISSING


def _may_be_bracketed(translation: str, missing: Missing, rendering: str | None) -> bool:
    """Whether something is lost for certain, so that brackets can't say what is there already."""
    if missing.kind == NAME:
        return (
            not missing.several
            and is_title(missing.wanted)
            and _is_wrong(rendering, missing.wanted)
            and not _has_part_of(missing.wanted, translation)
        )
    if missing.kind == LATIN:
        capitalised = missing.wanted[:1].isupper() and not missing.wanted.isupper()
        return capitalised and not alike(missing.wanted, translation, SAME_WORD)
    return True


def _is_wrong(rendering: str | None, wanted: str) -> bool:
    """Whether the model has a name of its own for something, and it is another one."""
    stem = _stem(rendering)
    return bool(stem) and not is_kept(wanted, stem) and not alike(wanted, stem)


def _stem(rendering: str | None) -> str:
    """What the model makes of a name, if it is a name: capitalised words, few of them."""
    stem = (rendering or "").strip(" .!?\"'")
    return stem if stem.isascii() and is_title(stem) and len(stem.split()) <= MAX_WORDS else ""


def _has_part_of(wanted: str, translation: str) -> bool:
    """Whether a word of a name stands there, whatever its case: the foreign ministry."""
    words = [w for w in re.findall(r"\w+", wanted) if len(w) >= MIN_PART]
    return any(is_kept(word, translation) for word in words)


def in_brackets(translation: str, wanted: str) -> str:
    """Return the translation with a name in brackets before its last mark.

    >>> in_brackets("It grew fast.", "NVIDIA")
    'It grew fast [NVIDIA].'
    """
    end = _END.search(translation)
    at = end.start() if end else len(translation)
    return f"{translation[:at].rstrip()} [{wanted}]{translation[at:]}"


def _wrong_word(
    original: str, translation: str, missing: Missing, rendering: str | None
) -> str | None:
    """The model's own word for a name, in the translation; None unless there is just one."""
    if stem := _stem(rendering):
        found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(stem)}(?!\w)", translation)]
        if len(found) == 1 and len(stem) > 2 and not is_kept(missing.wanted, stem):
            return stem
    least = SAME_WORD if missing.kind == LATIN else ALIKE
    right = set(folded(missing.wanted).split())
    words = {
        translation[a:b]
        for a, b in alike(missing.wanted, translation, least)
        if translation[a:b] not in original
        and missing.wanted[:1].isupper()
        and folded(translation[a:b]) not in right
    }
    return words.pop() if len(words) == 1 else None
