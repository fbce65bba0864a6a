"""Write the abbreviations of other languages' splitters: `python -m tools.abbreviations`.

They come from the package pysbd (Nipun Sadvilkar, MIT), which carries a list per language.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from textkit.text.stopwords import stop_words

DATA = Path(__file__).parents[1] / "textkit" / "text" / "data"
_HEADER = """\
# Abbreviations written with a full stop: language, kind, abbreviation without its last stop.
# Made by tools/abbreviations.py from the lists of pysbd 0.3.3 (MIT License). Do not edit: what they
# lack stands in abbreviations.tsv, whose rows come first; there the kinds are explained.
"""
MAX_LENGTH = 6  # letters; most longer entries are words that end sentences as well
MIN_LENGTH = 2  # one letter is an initial
# Words of these lists that end sentences more often than they abbreviate, beside stop words.
_WORDS = {
    "en": "art col con cal coop fed fig ill int lex man mass miss mod mon op ore pa per plan pop"
    " pro rest sat sun tech tex us wash wed wis is me".split(),
    "de": "art bau best ist man mit not tag uns".split(),
    "it": "fa fine mare sole casa via".split(),
}


def abbreviation_rows() -> Iterator[tuple[str, str, str]]:
    """Yield language, kind and abbreviation of every list of the package."""
    standard = import_module("pysbd.lang.common.standard").Standard
    languages = import_module("pysbd.languages").LANGUAGE_CODES

    english = standard.Abbreviation.ABBREVIATIONS

    for lang, module in sorted(languages.items()):
        lists = getattr(module, "Abbreviation", None)
        if lists is None or (english == lists.ABBREVIATIONS and lang != "en"):
            continue
        titles = set(lists.PREPOSITIVE_ABBREVIATIONS)
        numbers = set(lists.NUMBER_ABBREVIATIONS)
        words = stop_words(lang) | set(_WORDS.get(lang, ()))
        for word in sorted({w.strip().lower().rstrip(".") for w in lists.ABBREVIATIONS}):
            if not MIN_LENGTH <= len(word) <= MAX_LENGTH or " " in word or word in words:
                continue
            kind = "title" if word in titles else "number" if word in numbers else "any"
            yield lang, kind, word


if __name__ == "__main__":
    text = _HEADER + "".join("\t".join(row) + "\n" for row in abbreviation_rows())
    (DATA / "abbreviations_pysbd.tsv").write_text(text, encoding="utf-8")
