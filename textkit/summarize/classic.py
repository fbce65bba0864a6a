"""sumy's own summarizers, on textkit's sentences and words, so that they need no download."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from textkit.errors import ConfigError

_CLASSES = {
    "luhn": ("luhn", "LuhnSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
    "edmundson": ("edmundson", "EdmundsonSummarizer"),
}


class Sentence:
    """What sumy takes for a sentence: its words, here stems of content words."""

    __slots__ = ("_words", "index", "is_heading")

    def __init__(self, index: int, words: Sequence[str]) -> None:
        self.index = index
        self.is_heading = False
        self._words = tuple(words)

    @property
    def words(self) -> tuple[str, ...]:
        """Stems."""
        return self._words


class Text:
    """What sumy takes for a document; one paragraph, as sumy's methods see it."""

    def __init__(self, sentences: Sequence[Sequence[str]], headings: Sequence[str] = ()) -> None:
        self.sentences = tuple(Sentence(i, words) for i, words in enumerate(sentences))
        self.headings = tuple(Sentence(-1, [word]) for word in headings)
        self.paragraphs = (self,)

    @property
    def words(self) -> tuple[str, ...]:
        """All words."""
        return tuple(word for sentence in self.sentences for word in sentence.words)


def sumy_order(
    method: str, sentences: Sequence[Sequence[str]], title: Sequence[str] = ()
) -> list[int]:
    """Return the indexes of sentences in the order in which sumy's method would take them.

    sumy gives back the best N in text order; asking for 1, 2, 4 ... tells their ranks apart well
    enough, at the price of a few runs. Raises ConfigError where sumy can't do it.
    """
    usable = [i for i, words in enumerate(sentences) if words]
    text = Text([sentences[i] for i in usable], title)
    order: list[int] = []
    for chosen in _growing(method, text, title):
        order += [usable[i] for i in chosen if usable[i] not in order]
    return order


def _growing(method: str, text: Text, title: Sequence[str]) -> Iterator[list[int]]:
    total = len(text.sentences)
    wanted = 1
    while total:
        summarizer = _summarizer(method, text, title)
        try:
            found = summarizer(text, wanted)
        except (ValueError, ZeroDivisionError, AssertionError) as error:
            raise ConfigError(f"--method {method}: {error}", "try another method") from None
        yield [sentence.index for sentence in found]
        if wanted >= min(total, 64):
            return
        wanted *= 2


def _summarizer(method: str, text: Text, title: Sequence[str]) -> Any:
    from importlib import import_module

    module, name = _CLASSES[method]
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)()
    if method == "edmundson":
        own = set(text.words)
        summarizer.bonus_words = [word for word in title if word in own] or sorted(own)[:1]
        summarizer.stigma_words = ["\x00"]
        summarizer.null_words = ["\x01"]
    return summarizer
