"""Phrases: what residue says, in twenty languages, looked up by a line's key.

The key of a line is its text without case, decoration and blanks of layout, its numbers as `#`.
"""

from __future__ import annotations

import re
import zlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from textkit.text.scripts import GREEK_CYRILLIC, LATIN

FILE = "phrases.bin"
LONGEST = 400  # characters of a line that is looked up

MAX_HEADING = 60  # characters of the heading of comments

# Where a phrase may stand: a line of its own anywhere, in the first or last lines, in the last,
# only with other residue beside it, or nowhere alone (a word that other rules ask for).
ANY, EDGE, TAIL, WEAK, WORD = "any", "edge", "tail", "weak", "word"

KINDS = {
    "home": "TK101", "pager": "TK102", "related": "TK103", "counter": "TK104",
    "comments": "TK104", "share": "TK105",
    "network": "TK105", "cookie": "TK106", "ad": "TK107",
    "newsletter": "TK108", "credit": "TK109", "copyright": "TK110", "date": "TK112",
    "menu": "TK114", "section": "TK114", "credits": "TK115",
}  # fmt: skip

# Kinds that are no residue by themselves: other rules ask for their words.
WORD_KINDS = frozenset({
    "agency", "comment_form", "comment_heading", "consent", "desk", "edit", "letter", "rights",
    "role",
})  # fmt: skip

# What a line that only starts with a phrase must hold besides: a word of this kind.
_CUES = {"cookie": ("consent",), "newsletter": ("letter",), "share": ("network", "letter")}

_DECORATION = (
    " \t\u3000\u200e\u200f:|｜/•·‣▪►▶◀◄▸▾▼▲△▽»«›‹→←↑↓➔➜⇒…>*#=_~–—+-[]【】〔〕()（）‧・●○■□◆◇★☆☞¶※"
)
_PICTURES = re.compile(
    r"[\ue000-\uf8ff\U0001f000-\U0001faff\u2600-\u27bf\u2300-\u23ff\ufe0f\u2b00-\u2bff]+"
)
_SPACED = LATIN + GREEK_CYRILLIC  # letters of scripts with blanks between words
NARROW = str.maketrans("’：＝／｜", "':=/|")
_WIDE_MARK = re.compile("[’：＝／｜]")
_COLON = re.compile(r"\s*:\s*")
_NUMBER = re.compile(
    r"\d+(?:[.,'’ \u202f]\d+)*"
    r"\s?(?:[km](?![^\W\d_])|тыс\.?|tys\.?|mil(?![^\W\d_])|mln|rb|jt|[万萬千億亿만천])?\+?"
)
_DIGIT = re.compile(r"\d")
_ROUND_NUMBER = re.compile(r"[\s:()（）·|,，]*#[\s()（）·|,，]*")


class Phrase(NamedTuple):
    """One row of the table."""

    lang: str
    kind: str
    where: str
    key: str
    opening: str = ""  # the bracket that a start begins with


def key_of(text: str) -> str:
    """Return what a line is looked up by.

    >>> key_of("» Read  More: "), key_of("Views: 1,234"), key_of("12K views")
    ('read more', 'views#', '#views')
    """
    folded = text.casefold()
    if not folded.isascii():
        if _WIDE_MARK.search(folded):
            folded = folded.translate(NARROW)
        folded = _PICTURES.sub("", folded.replace("i̇", "i").replace("ı", "i"))
    folded = " ".join(folded.split())
    if ":" in folded:
        folded = _COLON.sub(": ", folded)
    folded = folded.strip(_DECORATION)
    return _numbered(folded) if _DIGIT.search(folded) else folded


def _numbered(folded: str) -> str:
    return _ROUND_NUMBER.sub("#", _NUMBER.sub("#", folded)).rstrip(".")


class Table(NamedTuple):
    """The phrases, by key; those that start a line, by their first two characters; the kinds."""

    exact: dict[str, Phrase]
    starts: dict[str, list[Phrase]]
    kinds: dict[str, dict[str, frozenset[str]]]  # the keys of a kind, each with its languages
    bylines: dict[str, list[tuple[str, bool]]]  # labels of names: see `byline_labels`


@cache
def table() -> Table:
    """Return the phrases of all languages; `tools/phrases.py` made them of phrases.tsv."""
    data = files("textkit.clean").joinpath("data", FILE).read_bytes()
    return msgspec.msgpack.decode(zlib.decompress(data), type=Table)


def byline_labels() -> dict[str, list[tuple[str, bool]]]:
    """What stands before a name, by first character: words, and whether a colon must follow.

    Those that need none come first, and of these and of the others the longest.
    """
    return table().bylines


def look_up(line: str, key: str | None = None) -> Phrase | None:
    """Return the phrase that a whole line is, or that it starts with; `key` spares its making."""
    if len(line) > LONGEST:
        return None
    key = key_of(line) if key is None else key
    exact = table().exact
    phrase = exact.get(key) or (exact.get(key[:-3].rstrip()) if key.endswith("...") else None)
    if phrase and phrase.where == ANY:
        return phrase
    start = _start_of(key, line)
    return start if start and (phrase is None or start.where == ANY) else phrase


def has_teaser(line: str) -> bool:
    """Is a line a label with a colon and what it speaks of: `Read also: Ferry prices rise`?"""
    key = key_of(line)
    phrase = look_up(line, key)
    return phrase is not None and phrase.key.endswith(":") and phrase.key != key


def _start_of(key: str, line: str) -> Phrase | None:
    for phrase in table().starts.get(key[:2], ()):
        if not key.startswith(phrase.key) or not line.lstrip().startswith(phrase.opening):
            continue
        if _ends_word(key, len(phrase.key)):
            cues = _CUES.get(phrase.kind)
            if cues is None or (phrase.kind == "share" and phrase.where != ANY):
                return phrase
            if any(mentions(key, cue, phrase.lang) for cue in cues):
                return phrase
    return None


def _ends_word(key: str, at: int) -> bool:
    """Does a word end here? Scripts without blanks have no such place."""
    return at == len(key) or not (
        key[at].isalpha() and key[at - 1].isalpha() and key[at] < "\u0e00"
    )


@cache
def words_of(kind: str, lang: str | None = None) -> frozenset[str]:
    """Return the keys of every phrase of a kind, of one language and of all, or of any."""
    keys = table().kinds.get(kind, {})
    return frozenset(key for key, langs in keys.items() if lang is None or langs & {lang, "mul"})


@cache
def _any_of(kind: str, lang: str | None) -> re.Pattern[str]:
    words = sorted(words_of(kind, lang), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![{_SPACED}])(?:{'|'.join(map(re.escape, words)) or '(?!)'})(?![a-z])")


def mentions(key: str, kind: str, lang: str | None = None) -> bool:
    """Does a key hold a word of a kind, in one language or any?"""
    return _any_of(kind, lang).search(key) is not None


@lru_cache(maxsize=4096)
def is_comment_heading(line: str) -> bool:
    """Is a line the heading of the readers' comments, perhaps with their number?

    >>> is_comment_heading("12 Comments"), is_comment_heading("Comments by the minister")
    (True, False)
    """
    if len(line) > MAX_HEADING:
        return False
    key = key_of(line)
    heading = key.strip("# ()") in words_of("comment_heading")
    phrase = None if heading else look_up(line, key)
    return heading or (
        phrase is not None and phrase.kind == "comments" and phrase.key in words_of("comment_form")
    )


def rule_of_label(label: str) -> str | None:
    """Return the rule for a link's label that is residue by itself."""
    phrase = look_up(label)
    return KINDS.get(phrase.kind) if phrase else None
