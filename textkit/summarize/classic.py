"""sumy's own summarizers, on textkit's sentences and words, so that they need no download."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from textkit.errors import ConfigError
from textkit.summarize.matrix import Vector

_CLASSES = {
    "luhn": ("luhn", "LuhnSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
    "edmundson": ("edmundson", "EdmundsonSummarizer"),
    "lexrank": ("lex_rank", "LexRankSummarizer"),  # for comparison: textkit has its own of these
    "textrank": ("text_rank", "TextRankSummarizer"),
}
_DIGITS = 9  # ratings closer than this are ties: LSA's last digits hang on the order of a set
_NONE = "\x00"  # a word that no text has: Edmundson's lists must not be empty


class Sentence:
    """What sumy takes for a sentence: its words, here stems of content words."""

    __slots__ = ("index", "is_heading", "words")

    def __init__(self, index: int, words: Sequence[str]) -> None:
        self.index = index
        self.is_heading = False
        self.words = tuple(words)


class Text:
    """What sumy takes for a document, of a single paragraph."""

    def __init__(self, sentences: Sequence[Sequence[str]], title: Sequence[str] = ()) -> None:
        self.sentences = tuple(Sentence(i, words) for i, words in enumerate(sentences))
        self.headings = (Sentence(-1, title),) if title else ()
        self.paragraphs = (self,)

    @property
    def words(self) -> tuple[str, ...]:
        """All words."""
        return tuple(word for sentence in self.sentences for word in sentence.words)


def sumy_scores(
    method: str, sentences: Sequence[Sequence[str]], title: Sequence[str] = ()
) -> Vector:
    """Return the rating that a method of sumy gives each sentence, given as its terms.

    Raises ConfigError where sumy fails on the text.
    """
    ratings: dict[int, float] = {}

    def keep(infos: Any) -> Any:  # sumy hands all sentences, rated, to a count that is a function
        ratings.update((info.sentence.index, float(info.rating)) for info in infos)
        return infos

    try:
        _summarizer(method, title)(Text(sentences, title), keep)
    except (ValueError, ArithmeticError, AssertionError, np.linalg.LinAlgError) as error:
        message = f"--method {method} fails on this text: {error or type(error).__name__}"
        raise ConfigError(message, "try another method") from None
    scores = np.array([ratings.get(i, 0.0) for i in range(len(sentences))])
    return np.asarray(np.nan_to_num(scores).round(_DIGITS))


def _summarizer(method: str, title: Sequence[str]) -> Any:
    from importlib import import_module

    module, name = _CLASSES[method]
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)()
    if method == "edmundson":  # the title's words are the cue words, and those that count in it
        summarizer.bonus_words = tuple(title) or (_NONE,)
        summarizer.null_words = tuple(title) or (_NONE,)
        summarizer.stigma_words = (_NONE,)
    return summarizer
