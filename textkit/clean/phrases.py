"""Phrases: what residue says, in twenty languages, looked up by a line's key.

The key of a line is its text without case, decoration and blanks of layout, its numbers as `#`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from textkit.text.tables import rows

LONGEST = 240  # characters of a line that is looked up

# Where a phrase may stand: a line of its own anywhere, in the first or last lines, only with
# other residue beside it, or nowhere alone (a word that other rules ask for).
ANY, EDGE, TAIL, WEAK, WORD = "any", "edge", "tail", "weak", "word"

_DECORATION = (
    " \t\u3000\u200e\u200f:：|｜/•·‣▪►▶◀◄▸▾▼▲△▽»«›‹→←↑↓➔➜⇒…>*#=_~–—+-[]【】〔〕()（）‧・●○■□◆◇★☆"
)
_PICTURES = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\u2300-\u23ff\ufe0f\u2b00-\u2bff]+")
_NUMBER = re.compile(
    r"\d+(?:[.,'’ \u202f]\d+)*"
    r"\s?(?:[km](?![^\W\d_])|тыс\.?|tys\.?|mil(?![^\W\d_])|mln|rb|jt|[万萬千億亿만천])?\+?"
)
_ROUND_NUMBER = re.compile(r"[\s:：()（）·|,，]*#[\s()（）·|,，]*")


class Phrase(NamedTuple):
    """One row of the table."""

    lang: str
    kind: str
    where: str
    key: str


def key_of(text: str) -> str:
    """Return what a line is looked up by.

    >>> key_of("» Read  More: "), key_of("Views: 1,234"), key_of("12K views")
    ('read more', 'views#', '#views')
    """
    folded = text.casefold().replace("’", "'").replace("i̇", "i").replace("ı", "i")
    folded = " ".join(_PICTURES.sub("", folded).split()).strip(_DECORATION)
    if any(c.isdigit() for c in folded):
        folded = _ROUND_NUMBER.sub("#", _NUMBER.sub("#", folded))
    return folded


class Table(NamedTuple):
    """The phrases, by key; those that start a line, by their first two characters."""

    exact: dict[str, Phrase]
    starts: dict[str, list[Phrase]]


@cache
def table() -> Table:
    """Return the phrases of all languages."""
    exact: dict[str, Phrase] = {}
    starts: dict[str, list[Phrase]] = {}
    for lang, kind, where, text in rows("textkit.clean", "phrases.tsv"):
        key = key_of(text.removesuffix("*").replace("#", "0"))
        phrase = Phrase(lang, kind, where, key)
        if text.endswith("*"):
            starts.setdefault(key[:2], []).append(phrase)
        else:
            exact.setdefault(key, phrase)
    return Table(exact, starts)


def look_up(line: str) -> Phrase | None:
    """Return the phrase that a whole line is, or that it starts with."""
    if len(line) > LONGEST:
        return None
    key = key_of(line)
    found = table()
    phrase = found.exact.get(key)
    if phrase is None or phrase.where == WORD:
        for candidate in found.starts.get(key[:2], ()):
            if key.startswith(candidate.key) and _ends_word(key, len(candidate.key)):
                return candidate
    return phrase


def _ends_word(key: str, at: int) -> bool:
    """Does a word end here? Scripts without blanks have no such place."""
    return at == len(key) or not (key[at].isalpha() and key[at - 1].isascii())


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the keys of every phrase of a kind."""
    return frozenset(p.key for p in table().exact.values() if p.kind == kind)


KINDS = {
    "home": "TK101", "pager": "TK102", "related": "TK103", "counter": "TK104", "share": "TK105",
    "network": "TK105", "cookie": "TK106", "ad": "TK107", "newsletter": "TK108",
    "credit": "TK109", "copyright": "TK110", "byline": "TK111", "date": "TK112",
    "menu": "TK114", "section": "TK114", "credits": "TK115",
}  # fmt: skip


def rule_of_label(label: str) -> str | None:
    """Return the rule for a link's label that is residue by itself."""
    phrase = look_up(label)
    return KINDS.get(phrase.kind) if phrase else None
