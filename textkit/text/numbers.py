"""Numbers in words: scales that multiply a number, and words for small numbers."""

from __future__ import annotations

from functools import cache, lru_cache

from textkit.text.languages import base
from textkit.text.tables import rows

_TABLES = ("scales.tsv", "scales_cldr.tsv")
_ANY = "mul"
_CACHED = 1 << 14  # words
_MIN_LENGTH = 5  # letters of a word that is known without its language: shorter ones are ambiguous


def scale_of(word: str, lang: str | None = None) -> int | None:
    """Return what a word multiplies the number before it by; None if it is no scale.

    Where the language is not known, a word counts that means the same in all languages, or that
    nearly all texts use in one way.

    >>> scale_of("Billion", "de"), scale_of("billion", "en"), scale_of("млрд"), scale_of("tons")
    (1000000000000, 1000000000, 1000000000, None)
    """
    folded = word.lower()
    return (_scale(folded, base(lang)) if lang else None) or _any_scale(folded)


@cache
def scales(lang: str) -> tuple[tuple[str, int], ...]:
    """Return the scale words of a language, each with its factor; `*` at the end: any ending."""
    return tuple(_scales().get(base(lang), {}).items())


def is_ambiguous_scale(word: str) -> bool:
    """Do languages disagree about a scale word, as about `billion`?

    >>> is_ambiguous_scale("Billion"), is_ambiguous_scale("million")
    (True, False)
    """
    return _is_ambiguous(word.lower())


@cache
def number_words(lang: str) -> dict[str, int]:
    """Return the words for 2 to 100 of a language that stand for one number alone.

    >>> number_words("de")["zwölf"], number_words("uk")["два"]
    (12, 2)
    """
    code = base(lang)
    return {
        word: int(value)
        for row_lang, word, value in rows("textkit.text", "number_words.tsv")
        if row_lang == code
    }


@cache
def _scales() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    for name in _TABLES:
        for lang, word, factor in rows("textkit.text", name):
            table.setdefault(lang, {}).setdefault(word, int(factor))
    return table


@lru_cache(_CACHED)
def _scale(word: str, code: str) -> int | None:
    known = _scales().get(code, {})
    if word in known:
        return known[word]
    for row, factor in known.items():
        if row.endswith("*") and word.startswith(row[:-1]):
            return factor
    return None


@lru_cache(_CACHED)
def _any_scale(word: str) -> int | None:
    if shared := _scales()[_ANY].get(word):
        return shared
    factors = {known[word] for known in _scales().values() if word in known}
    return factors.pop() if len(factors) == 1 and len(word) >= _MIN_LENGTH else None


@lru_cache(_CACHED)
def _is_ambiguous(word: str) -> bool:
    words, stems = _scale_words()
    if word not in words and not word.startswith(stems):
        return False  # most words: no need to ask each language
    return len({factor for code in _scales() if (factor := _scale(word, code))}) > 1


@cache
def _scale_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the scale words of all languages, and the stems of those that take any ending."""
    words = frozenset(word for known in _scales().values() for word in known)
    return words, tuple(sorted(word[:-1] for word in words if word.endswith("*")))
