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
            table.setdefault(word, "" if english == "-" else english)
    return table


@cache
def measures() -> dict[str, str]:
    """Measure words, longest first; empty where English has none."""
    table = {
        word: "" if english == "-" else english
        for word, english, kind in rows(_PACKAGE, "gloss_zh.tsv")
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
