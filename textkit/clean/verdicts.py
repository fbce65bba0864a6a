"""Verdicts: what one line is by what it says, before its place is asked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from textkit.clean.credits import is_credit
from textkit.clean.phrases import (
    ANY,
    EDGE,
    KINDS,
    LONGEST,
    TAIL,
    WEAK,
    Phrase,
    key_of,
    look_up,
    mentions,
    words_of,
)
from textkit.clean.shape import is_prose
from textkit.clean.telling import names_people, reports

_SPLIT = re.compile(r"\s*[|/•·,;]\s*|\s{2,}|\t")
_COPYRIGHT = re.compile(
    r"(?:copyright\s+)?[©ⓒ]\s*(?:\d{4}|[^\W\d_])|copyright\s+(?:\(c\)\s*)?\d{4}|\(c\)\s*(?:19|20)\d\d"
)
_SENTENCES = frozenset({"cookie", "newsletter", "copyright", "credits", "share"})


class Verdict(NamedTuple):
    """A kind of residue, its rule and where it may stand."""

    kind: str
    rule: str
    where: str


@lru_cache(maxsize=4096)  # a line is asked about several times, and residue is the same everywhere
def verdict(line: str) -> Verdict | None:
    """Return what a line is by itself; None where it is nothing known.

    >>> verdict("Facebook | WhatsApp | Telegram")
    Verdict(kind='share', rule='TK105', where='edge')
    >>> verdict("© 2024 Example").rule, verdict("Foto: dpa").rule, verdict("The end")
    ('TK110', 'TK109', None)
    """
    if len(line) > LONGEST:
        return None
    prose = is_prose(line)
    key = key_of(line)
    phrase = look_up(line, key)
    if phrase and _says_no_more(line, key, phrase, prose):
        return Verdict(phrase.kind, KINDS[phrase.kind], phrase.where)
    if key == "#" and not line[0].isalnum() and ord(line[0]) > 0x2300:
        return Verdict("counter", KINDS["counter"], EDGE)  # an eye, a speech bubble and a number
    if is_credit(line, key):
        return Verdict("credit", KINDS["credit"], ANY)
    if _claims_rights(line, prose) and not (prose and reports(line, "en")):
        return Verdict("copyright", KINDS["copyright"], TAIL)
    return None if prose else _row(line, key)


def _says_no_more(line: str, key: str, phrase: Phrase, prose: bool) -> bool:
    """Is a line no more than the phrase of residue that it is or opens with?"""
    if phrase.kind == "credits" and key != phrase.key and not names_people(line, phrase):
        return False
    if not prose:
        return True
    return phrase.kind in _SENTENCES and not (
        _only_mentions(phrase, key) or reports(line, phrase.lang)
    )


def _only_mentions(phrase: Phrase, key: str) -> bool:
    """Does a sentence speak of rights with no more than one of their words?"""
    rights = words_of("rights")
    return phrase.key in rights and sum(word in key for word in rights) < 2


def _claims_rights(line: str, prose: bool) -> bool:
    folded = line.casefold().lstrip(" \t*-–—•|<[(（【")
    if _COPYRIGHT.match(folded):
        return True
    return not prose and mentions(folded, "rights")


def _row(line: str, key: str) -> Verdict | None:
    """A row of buttons or menu entries: all of its parts are known."""
    networks = words_of("network")
    parts = [part for part in _SPLIT.split(line) if part.strip()]
    if len(parts) <= 1:
        words = key.split()
        if key in networks:
            return Verdict("network", KINDS["network"], WEAK)
        return _shared(words, networks) if 2 <= len(words) <= 12 else None
    keys = [key_of(part) for part in parts]
    kinds = [phrase.kind if phrase else "" for phrase in map(look_up, keys)]
    known = sum(
        (kind in KINDS and kind != "date") or key in networks
        for kind, key in zip(kinds, keys, strict=True)
    )
    if known < len(keys) or len(keys) < 2:
        return None
    menu = all(kind in ("home", "section", "menu") for kind in kinds)
    if menu:
        return Verdict("menu", KINDS["menu"], EDGE) if len(keys) >= 3 else None
    pager = all(kind == "pager" for kind in kinds)
    if pager:
        return Verdict("pager", KINDS["pager"], TAIL)
    counter = any(kind == "counter" for kind in kinds)
    return Verdict("share", KINDS["counter" if counter else "share"], EDGE)


def _shared(words: list[str], networks: frozenset[str]) -> Verdict | None:
    """`Share Facebook Twitter WhatsApp`: names of networks, perhaps after a call to share."""
    rest = [word for word in words if word not in networks]
    if len(words) - len(rest) < 2:
        return None
    calls = words_of("share")
    if rest and (len(rest) > 1 or rest[0] not in calls):
        return None
    return Verdict("share", KINDS["share"], EDGE)
