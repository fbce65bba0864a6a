"""How sentences open: with a pronoun or connective they lean on the sentence before them."""

from __future__ import annotations

import re
from functools import cache

from textkit.text.languages import base
from textkit.text.tables import rows

_MARKS = " \t\"'“”„«»‹›‘’「『《(（[-–—¿¡…"
_UNSPACED_LANGS = frozenset({"zh", "ja", "th"})


@cache
def _openers(lang: str) -> tuple[re.Pattern[str], re.Pattern[str] | None] | None:
    """Patterns of leaning and of free-standing openings."""
    kinds: dict[str, list[str]] = {"lean": [], "free": []}
    for code, kind, words in rows("textkit.summarize", "openers.tsv"):
        if code == lang:
            kinds[kind].append(words.casefold())
    if not kinds["lean"]:
        return None
    return _pattern(kinds["lean"], lang), _pattern(kinds["free"], lang) if kinds["free"] else None


def _pattern(phrases: list[str], lang: str) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    end = "" if lang in _UNSPACED_LANGS else r"(?!\w)"
    return re.compile("(?:" + "|".join(re.escape(p) for p in longest_first) + ")" + end)


def leans(text: str, lang: str | None) -> bool:
    """Does a sentence open in a way that needs the sentence before it?

    >>> leans("This was new.", "en"), leans("Instead of tools it sells chips.", "en")
    (True, False)
    """
    found = _openers(base(lang))
    if found is None:
        return False
    opening = text[:60].lstrip(_MARKS).casefold().replace("’", "'")
    leaning, free = found
    return bool(leaning.match(opening)) and not (free and free.match(opening))


_AFTER_QUOTE = re.compile(r"""[”"»“」]\s*[,，]?\s*(?:\w+\s+)?(\w+)""")
_PRONOUNS = {
    "en": ("he", "she", "they", "it"),
    "de": ("er", "sie"),
    "fr": ("il", "elle", "ils", "elles", "t-il", "t-elle"),
    "nl": ("hij", "zij", "ze"),
    "sv": ("han", "hon", "de"),
    "da": ("han", "hun", "de"),
    "nb": ("han", "hun", "de"),
}


def speaker_is_pronoun(text: str, lang: str | None) -> bool:
    """Does a sentence start with a quotation whose speaker is only a pronoun?

    >>> speaker_is_pronoun('"I came," he said.', "en")
    True
    >>> speaker_is_pronoun('"I came," Wu said.', "en")
    False
    """
    pronouns = _PRONOUNS.get(base(lang), ())
    if not pronouns or text[:1] not in '"“„«»”「':
        return False
    ends = list(re.finditer(r"""[.,!?]["”»“」]""", text[1:]))
    for match in ends:
        rest = text[1 + match.end() :].split()[:3]
        if any(word.casefold().strip(",.") in pronouns for word in rest[:2]):
            return True
    return False
