"""Months and weekdays by name: a translation that names another one than its original is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from textkit.text.calendar import month_number, names_in, weekday_number
from textkit.text.languages import base

MIN_STEM = 5  # letters of a name that may have an ending: toukokuussa, maanantaina
MIN_NAME = 3
_UNSPACED = frozenset({"zh", "yue", "ja", "ko", "th", "lo", "km", "my"})
_CAPITALISED = frozenset({"en"})  # may and march are verbs
_NUMBER_OF = {"month": month_number, "weekday": weekday_number}


def other_names(original: str, source: str, translation: str, target: str) -> Iterator[str]:
    """Yield the months and weekdays of the original that the translation has another one for.

    What it does not name at all is left alone: it may stand in digits, or as `today`.

    >>> list(other_names("5 мая", "ru", "March 5", "en"))
    ['мая']
    """
    for kind in ("month", "weekday"):
        wanted = dict(_named(original, kind, source))
        there = {number for _, number in _named(translation, kind, target)}
        lacking = [name for name, number in wanted.items() if number not in there]
        if lacking and there - set(wanted.values()):
            yield from lacking


def _named(text: str, kind: str, lang: str) -> Iterator[tuple[str, int]]:
    """The names of months or weekdays in a text, with their numbers."""
    pattern = _pattern(kind, base(lang))
    if pattern is None:
        return
    for match in pattern.finditer(text):
        if base(lang) in _CAPITALISED and not match[0][0].isupper():
            continue
        number = _NUMBER_OF[kind](match[1], lang)
        if number is not None:
            yield match[0], number


@cache
def _pattern(kind: str, lang: str) -> re.Pattern[str] | None:
    names = [n for n in names_in(kind, lang) if len(n) >= MIN_NAME or lang in _UNSPACED]
    if not names:
        return None
    names.sort(key=lambda name: -len(name))
    if lang in _UNSPACED:
        return re.compile(f"({'|'.join(map(re.escape, names))})")
    words = (re.escape(n) + (r"(?=\w{0,4}\b)" if len(n) >= MIN_STEM else r"\b") for n in names)
    return re.compile(rf"(?i)\b({'|'.join(words)})")
