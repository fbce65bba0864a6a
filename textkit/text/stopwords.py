"""Stop words: the function words of a language, from sumy's lists and from own ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from textkit.text.languages import base
from textkit.text.tables import rows
from textkit.text.words import words

_SAMPLE = 2000  # tokens that are looked at to guess a language
_LEAST_SHARE = 0.08  # of tokens that must be on a list; running text has 0.25 to 0.5


@cache
def package_names(lang: str) -> tuple[str | None, str | None]:
    """Return what sumy calls a language's stop list, and nltk or sumy its stemmer."""
    for code, stops, stem in rows("textkit.text", "languages.tsv"):
        if code == lang:
            return (None if stops == "-" else stops), (None if stem == "-" else stem)
    return None, None


@cache
def stop_words(lang: str | None) -> frozenset[str]:
    """Return the stop words of a language as tokens; none where it is not known.

    >>> "the" in stop_words("en-GB"), "и" in stop_words("ru"), stop_words("und")
    (True, True, frozenset())
    """
    code = base(lang)
    own = _own().get(code, ())
    name = package_names(code)[0]
    text = ""
    if name:
        path = files("sumy").joinpath("data", "stopwords", f"{name}.txt")
        text = path.read_text(encoding="utf-8")
    return frozenset(own) | frozenset(words(text))


@cache
def _own() -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    for lang, word in rows("textkit.text", "stopwords.tsv"):
        lists.setdefault(lang, []).extend(words(word))
    return {lang: tuple(found) for lang, found in lists.items()}


@cache
def _all_lists() -> tuple[tuple[str, frozenset[str]], ...]:
    named = {code for code, stops, _ in rows("textkit.text", "languages.tsv") if stops != "-"}
    return tuple((code, stop_words(code)) for code in sorted(named | set(_own())))


def likely_language(tokens: Iterable[str]) -> str | None:
    """Return the language whose function words are the commonest among `tokens`.

    This is a stand-in for detection where a record has no `lang`; it knows only languages with a
    list, and says None where no list fits. Long lists hold more than function words, so a hit
    counts the less the longer its list is.

    >>> likely_language("der hund und die katze sind nicht in dem haus".split())
    'de'
    """
    counts = Counter(list(tokens)[:_SAMPLE])
    total = sum(counts.values())
    best, best_score = None, 0.0
    for code, stops in _all_lists():
        share = sum(counts[word] for word in stops.intersection(counts)) / max(total, 1)
        score = share / len(stops) ** 0.15 if share >= _LEAST_SHARE else 0.0
        if score > best_score:
            best, best_score = code, score
    return best
