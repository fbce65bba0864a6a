"""What a language's abbreviations and sentence openings look like: rules for the splitter."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from textkit.text.calendar import short_months
from textkit.text.languages import primary
from textkit.text.tables import rows

# Languages that write ordinal numbers with a full stop: der 3. Oktober.
_ORDINALS = frozenset("de cs sk da nb nn no pl fi hu tr hr sr sl et lv bs is".split())
# Languages with a script that English does not use: their lists can't harm unknown text.
_OTHER_SCRIPTS = tuple("ru uk bg sr el ar fa he hi bn mr gu ta te kn ml".split())


class Rules(NamedTuple):
    """Word lists of one language, in lower case."""

    kinds: dict[str, str]  # abbreviation without its last stop: title, any, number
    starters: frozenset[str]
    speech: frozenset[str]
    ordinals: bool


@cache
def rules(lang: str | None) -> Rules:
    """Return the rules of a language; where it is not known, English and other scripts."""
    base = primary(lang)
    by_lang = _by_language()
    codes = ("mul", base) if base in by_lang else ("mul", *_OTHER_SCRIPTS, "en")
    kinds = {word: kind for code in codes for word, kind in by_lang.get(code, {}).items()}
    return Rules(kinds, _words("starters.tsv", codes), _words("speech.tsv", (*codes, "en")),
                 base in _ORDINALS)  # fmt: skip


@cache
def _by_language() -> dict[str, dict[str, str]]:
    """Abbreviations by language; months and rows of other splitters give way to our own."""
    by_lang: dict[str, dict[str, str]] = {}
    for table in ("abbreviations.tsv", "abbreviations_pysbd.tsv"):
        for lang, kind, word in rows("textkit.text", table):
            by_lang.setdefault(lang, {}).setdefault(word.casefold(), kind)
    for lang, word in short_months():
        if lang in by_lang:
            by_lang[lang].setdefault(word, "number")
    return by_lang


def _words(name: str, codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for code, word in rows("textkit.text", name) if code in codes)
