"""Candidates: the sentences of documents, with their words and why some can't be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from textkit.document import Document
from textkit.summarize.eligibility import Judge, Verdict, concreteness
from textkit.summarize.options import SummarizeOptions
from textkit.text.languages import base
from textkit.text.sentences import sentences
from textkit.text.stopwords import likely_language
from textkit.text.terms import terms
from textkit.text.words import count_words, words

RUN = 3
SYLLABLES = {"vi": 5}  # languages whose tokens are syllables: three in a row are but a name
EVIDENCE = ("title", "list item", "the article's own summary", "table row")


@dataclass
class Unit:
    """A sentence that a summary may or may not take."""

    doc: int  # index of its document
    index: int  # among all sentences of the document
    start: int
    end: int
    text: str
    words: int  # as the budget counts them
    tokens: list[str]
    terms: list[str]  # stems of its content words
    verdict: Verdict
    position: int = 0  # among the eligible sentences of its document
    facts: float = 0.0  # how concrete it is, 0 to 1
    run: int = RUN  # tokens in a row that say something twice where they stand twice

    @cached_property
    def runs(self) -> list[tuple[str, ...]]:
        """The runs of its tokens, what an apostrophe joins being two."""
        return runs_of(self.tokens, self.run)


@dataclass(slots=True)
class Pool:
    """All sentences of some documents."""

    documents: Sequence[Document]
    units: list[Unit] = field(default_factory=list)
    langs: list[str | None] = field(default_factory=list)

    @property
    def candidates(self) -> list[Unit]:
        """The sentences that may be chosen."""
        return [unit for unit in self.units if unit.verdict.eligible]

    @property
    def evidence(self) -> list[Unit]:
        """The lines that can't be chosen but name what matters."""
        return [unit for unit in self.units if unit.verdict.reason in EVIDENCE]


def pool(documents: Iterable[Document], options: SummarizeOptions, copies: bool = False) -> Pool:
    """Return the sentences of `documents`, each judged.

    Duplicates of others are left out, unless `copies` are wanted: alone, one has its own summary.
    """
    result = Pool([d for d in documents if copies or not is_copy(d)])
    for number, document in enumerate(result.documents):
        lang = language_of(document, options)
        result.langs.append(lang)
        result.units += _units(document, number, lang, options)
    return result


def is_copy(document: Document) -> bool:
    """Did de-duplication find the whole document in another?"""
    return document.dedup is not None and document.dedup.action == "drop"


def language_of(document: Document, options: SummarizeOptions) -> str | None:
    """The document's language: as detected, as given, or by its function words."""
    if document.lang and document.lang not in ("mul", "und", "zxx"):
        return document.lang
    return options.lang or likely_language(words(document.text[:20_000]))


def _units(
    document: Document, number: int, lang: str | None, options: SummarizeOptions
) -> list[Unit]:
    found = sentences(document.text, lang)
    judge = Judge(document, found, lang, options)
    units: list[Unit] = []
    position = 0
    for index, sentence in enumerate(found):
        text = document.text[sentence.start : sentence.end]
        tokens = words(text)
        size = count_words(tokens)
        verdict = judge.verdict(index, text, size)
        useful = verdict.eligible or verdict.reason in EVIDENCE
        unit = Unit(
            number, index, sentence.start, sentence.end, text, size,
            tokens, terms(tokens, lang) if useful else [], verdict, position,
            run=SYLLABLES.get(base(lang), RUN),
        )  # fmt: skip
        if verdict.eligible:
            position += 1
            unit.facts = concreteness(text)
        units.append(unit)
    return units


def runs_of(tokens: Sequence[str], length: int) -> list[tuple[str, ...]]:
    """Return the runs of so many words, what an apostrophe joins being two.

    >>> runs_of(["a", "b", "c", "d"], 3)
    [('a', 'b', 'c'), ('b', 'c', 'd')]
    """
    parts = " ".join(tokens).replace("’", " ").replace("'", " ").split(" ")
    return list(zip(*(parts[start:] for start in range(length)), strict=False))
