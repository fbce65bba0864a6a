"""The tables of Chinese words that the gloss and the check of names share."""

from __future__ import annotations

from functools import cache

from textkit.text.tables import rows

_PACKAGE = "textkit.translate"


@cache
def everyday() -> dict[str, str]:
    """Function words and everyday words; the first row of a word counts, units do not."""
    table: dict[str, str] = {}
    for word, english, kind in rows(_PACKAGE, "gloss_zh.tsv"):
        if kind != "m":
            table.setdefault(word, _or_nothing(english))
    return table


@cache
def news_senses() -> dict[str, str]:
    """The sense that news uses of a word whose first dictionary sense misleads."""
    table = rows(_PACKAGE, "senses_zh.tsv")
    return {word: _or_nothing(english) for word, english, kind in table if kind != "m"}


@cache
def classes() -> dict[str, str]:
    """The class of a word in the project's tables of senses: v, n, a ..."""
    table: dict[str, str] = {}
    for name in ("gloss_zh.tsv", "senses_zh.tsv"):
        for word, _, kind in rows(_PACKAGE, name):
            if kind not in "ml":
                table.setdefault(word, kind)
    return table


@cache
def names() -> dict[str, str]:
    """Offices, people, firms, papers, parties and places of the news."""
    return {word: english for word, english, _ in rows(_PACKAGE, "names_zh.tsv")}


def _or_nothing(english: str) -> str:
    return "" if english == "-" else english


@cache
def measures() -> dict[str, str]:
    """Measure words, longest first; empty where English has none."""
    table = {
        word: _or_nothing(english)
        for name in ("gloss_zh.tsv", "senses_zh.tsv")
        for word, english, kind in rows(_PACKAGE, name)
        if kind == "m"
    }
    return dict(sorted(table.items(), key=lambda item: -len(item[0])))


@cache
def localizers() -> dict[str, str]:
    """What closes a place or time that 在 opens, and the English preposition of the pair."""
    table = rows(_PACKAGE, "gloss_zh.tsv")
    return {word: english for word, english, kind in table if kind == "l"}


@cache
def surnames() -> frozenset[str]:
    """The most frequent surnames."""
    return frozenset(word for (word,) in rows(_PACKAGE, "surnames_zh.tsv"))


@cache
def sounds() -> frozenset[str]:
    """Characters that spell foreign names by sound."""
    return frozenset("".join(row for (row,) in rows(_PACKAGE, "transliteration_zh.tsv")))


@cache
def punctuation() -> dict[str, tuple[str, str]]:
    """Marks, what stands for them in English, and where."""
    table = rows(_PACKAGE, "punctuation_zh.tsv")
    return {mark: (new, place) for mark, new, place in table}
