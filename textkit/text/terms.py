"""Terms: what tokens are counted as, stems of content words in any script."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache

from textkit.text.languages import base
from textkit.text.stopwords import package_names, stop_words
from textkit.text.words import is_dense, is_unspaced, word_spans, words

_SPECIAL = {"czech": "sumy.nlp.stemmers.czech", "ukrainian": "sumy.nlp.stemmers.ukrainian"}

_PIECE = 4  # letters
_MOST_KNOWN = 500_000  # words of a language that are remembered
_STEMS = 1 << 16  # and stems, for who asks for these alone


def _same(word: str) -> str:
    return word


@cache
def stemmer(lang: str | None) -> Callable[[str], str]:
    """Return what takes the endings off a language's words; where there is none, no change."""
    name = package_names(base(lang))[1]
    if name is None:
        return _same
    from importlib import import_module

    if name in _SPECIAL:
        stem = _cased(import_module(_SPECIAL[name]).stem_word)
    else:
        with _absent("scipy.stats"):
            from nltk.stem.snowball import SnowballStemmer

        stem = SnowballStemmer(name).stem
    return lru_cache(_STEMS)(stem)


def _cased(stem: Callable[[str], str]) -> Callable[[str], str]:
    """Leave words without letters alone: sumy's stemmers warn of them."""
    return lambda word: word if word.lower() == word.upper() else stem(word)


@contextmanager
def _absent(module: str) -> Iterator[None]:
    """Make an optional import fail: nltk tries this one, a second long, and can do without it.

    Where the module is loaded already it costs nothing and stays.
    """
    hide = module not in sys.modules
    if hide:
        sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hide:
            del sys.modules[module]


def terms(tokens: Iterable[str], lang: str | None) -> list[str]:
    """Return the content words among `tokens` as stems, in order.

    Scripts without blanks between words give pairs of neighbouring characters.

    >>> terms(["the", "chips", "were", "delivered", "供", "应", "商"], "en")
    ['chip', 'deliv', '供应', '应商']
    """
    known, found, before = _known(lang), list[str](), ""
    for token in tokens:
        mine = known[token]
        if mine is None:
            if before:
                found.append(before + token)
            before = token
        else:
            before = ""
            found += mine
    return found


class _Known(dict[str, tuple[str, ...] | None]):
    """What each word of a language counts as; None for a character that goes with its neighbour.

    Words are looked at once: a document has most of its words from others.
    """

    def __init__(self, lang: str | None) -> None:
        super().__init__()
        self._stops, self._stem = stop_words(lang), stemmer(lang)

    def __missing__(self, token: str) -> tuple[str, ...] | None:
        made: tuple[str, ...] | None = ()
        if is_unspaced(token):
            made = None
        elif is_dense(token):
            made = tuple(_pieces(token))
        elif token not in self._stops:
            made = (self._stem(token) if token.isalpha() else token,)
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[token] = made
        return made


_known = cache(_Known)


def terms_by_token(lang: str | None) -> Mapping[str, tuple[str, ...] | None]:
    """Return what each token of a language counts as, looked up when it is asked for.

    A stop word counts as nothing, `()`; a character of a script without blanks is `None`, as it
    counts only with its neighbour.
    """
    return _known(lang)


def _pieces(token: str) -> list[str]:
    """Overlapping runs of letters, which stand for the words that no blank sets apart."""
    if len(token) <= _PIECE:
        return [token]
    return [token[at : at + _PIECE] for at in range(len(token) - _PIECE + 1)]


def surface_terms(text: str, lang: str | None) -> list[tuple[str, str]]:
    """Return the terms of a text, each with how the text spells it.

    >>> surface_terms("Faster chips", "en")
    [('faster', 'Faster'), ('chip', 'chips')]
    """
    found: list[tuple[str, str]] = []
    before = ""
    stops, stem = stop_words(lang), stemmer(lang)
    for start, end in word_spans(text):
        form = text[start:end]
        for token in words(form):
            if is_unspaced(token):
                if before:
                    found.append((before + token, before + token))
                before = token
                continue
            before = ""
            if is_dense(token):
                found += [(piece, piece) for piece in _pieces(token)]
            elif token not in stops:
                found.append((stem(token) if token.isalpha() else token, form))
    return found
