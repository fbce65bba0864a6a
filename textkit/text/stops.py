"""Full stops: does one end a sentence, or is it part of the word before it?"""

from __future__ import annotations

import re

from textkit.text.abbreviations import Rules
from textkit.text.calendar import names_of

OPENERS = " \t\n\u00a0\u3000\"'“”„‘’«»‹›([{¿¡「『（《〈【-–—―•*"
_ELIDED = re.compile(r"^(?:l|d|dell|all|dall|nell|sull|un)['’](?=\w{2})", re.IGNORECASE)  # l'on.
_DRAVIDIAN = re.compile(r"[\u0b85-\u0d39][\u0bbe-\u0d57]?")  # a letter with its vowel
_ROMAN = re.compile(r"[IVXL]{1,6}")
_WORD = re.compile(r"[^\W\d_]+")
_SELF = re.compile(r"\b(?:and|than|am|do|as|or|nor)\s+I\Z")
_TIMES = frozenset({"a.m", "p.m"})
_ZONES = frozenset("Eastern Central Mountain Pacific Greenwich Local Universal British".split())
_DEGREES = frozenset("ph.d m.d b.a m.a b.sc m.sc d.phil m.b.a b.c b.c.e a.d c.e".split())
_ITEM = re.compile(r"[(（]?\d{1,3}(?:\.\)|\))")


def is_abbreviation(
    text: str, low: int, following: int, start: int, end: int, known: Rules
) -> bool:
    """Is the full stop part of the word before it: Dr. Wu, J. K. Rowling, the U.S. Army?"""
    pieces = text[max(start, low - 24) : low].rsplit(None, 1)
    word = _ELIDED.sub("", pieces[-1].lstrip(OPENERS)) if pieces else ""
    folded = word.casefold()
    if _ITEM.match(text, following):
        return False
    kind = known.kinds.get(folded) or known.kinds.get(f"-{folded[-3:]}")
    if not word or (len(word) > 12 and kind != "number"):
        return False
    if folded in _TIMES:
        return not _ends_after_time(text, following, end)
    if folded in _DEGREES:
        return text[following].isdigit()
    if word == "I" and _SELF.search(text, max(start, low - 12), low):
        return False
    if kind == "title":
        return True
    if kind == "number" and not _is_initial(word):
        return text[following].isdigit()
    if (word.isdigit() and len(word) <= 2) or _ROMAN.fullmatch(word):
        return known.ordinals and not starts_sentence(text, following, end, known)
    if kind == "any" or _is_initial(word) or _is_dotted(word):
        return not starts_sentence(text, following, end, known)
    return False


def _ends_after_time(text: str, following: int, end: int) -> bool:
    """Does a sentence end at `p.m.`: is what follows no weekday, month or time zone?"""
    match = _WORD.match(text, following, end)
    if match is None:
        return not text[following].isdigit()
    word = match[0]
    zone = (word.isupper() and len(word) > 1) or word in _ZONES
    return not zone and word.lower() not in names_of("weekday") | names_of("month")


def _is_initial(word: str) -> bool:
    """One capital letter, or one letter of a script without capitals."""
    if _DRAVIDIAN.fullmatch(word):
        return True  # no sentence of these languages ends in a word so short
    if len(word) == 1:
        return word.isalpha() and not word.islower() and not "\u3040" <= word <= "\u9fff"
    return len(word) in (3, 4) and word[-2] == "-" and word[-1].isupper() and word[0].isupper()


def _is_dotted(word: str) -> bool:
    """Letters with stops between them: U.S, a.m, z.B."""
    return (
        "." in word and all(0 < len(part) <= 3 for part in word.split(".")) and (word[0].isalpha())
    )


def starts_sentence(text: str, at: int, end: int, known: Rules) -> bool:
    """Does a word stand here that starts sentences rather than follows an abbreviation?"""
    stop = at
    while stop < end and stop < at + 20 and (text[stop].isalpha() or text[stop] in "'’"):
        stop += 1
    if stop == at + 1 and text.startswith(".", stop):
        return False  # another initial
    word = text[at:stop].replace("’", "'").casefold()
    return word in known.starters or word.split("'")[0] in known.starters
