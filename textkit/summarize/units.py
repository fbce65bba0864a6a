"""Candidates: the sentences of documents, with their words and why some can't be chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from textkit.document import Document
from textkit.summarize.eligibility import Judge, Verdict, concreteness
from textkit.summarize.options import SummarizeOptions
from textkit.text.datelines import dateline_end
from textkit.text.languages import primary
from textkit.text.sentences import sentences
from textkit.text.stopwords import likely_language
from textkit.text.tails import sentence_end
from textkit.text.terms import terms
from textkit.text.words import count_words, words

RUN = 3
SYLLABLES = {"vi": 5}  # languages whose tokens are syllables: three in a row are but a name
EVIDENCE = ("title", "list item", "the article's own summary", "table row")

_MARKER = re.compile(r"[•‣◦▪●■–—*-]\s+|[(]?\d{1,2}[.)]\s+(?=\D)")


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
    known: frozenset[str] = frozenset()  # concepts that earlier documents have told
    tier: str | None = None  # what was let in where no sentence was eligible

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
    for index, sentence in enumerate(found):
        whole = document.text[sentence.start : sentence.end]
        start = sentence.start + (_marker_end(whole) or dateline_end(whole))
        end = sentence.start + sentence_end(whole)
        text = document.text[start:end]
        tokens = words(text)
        size = count_words(tokens)
        run = SYLLABLES.get(primary(lang), RUN)
        verdict = judge.verdict(index, text, size)
        units.append(Unit(number, index, start, end, text, size, tokens, [], verdict, run=run))
    give_place(units, lang)
    return units


def _marker_end(text: str) -> int:
    """Return where an item begins behind its bullet or number."""
    match = _MARKER.match(text)
    return match.end() if match else 0


def give_place(units: Sequence[Unit], lang: str | None) -> None:
    """Number the eligible sentences of one text and say how concrete each is."""
    position = 0
    for unit in units:
        if unit.verdict.eligible or unit.verdict.reason in EVIDENCE:
            unit.terms = terms(unit.tokens, lang)
        if unit.verdict.eligible:
            unit.position = position
            unit.facts = concreteness(unit.text)
            position += 1


def runs_of(tokens: Sequence[str], length: int) -> list[tuple[str, ...]]:
    """Return the runs of so many words, what an apostrophe joins being two.

    >>> runs_of(["a", "b", "c", "d"], 3)
    [('a', 'b', 'c'), ('b', 'c', 'd')]
    """
    parts = " ".join(tokens).replace("’", " ").replace("'", " ").split(" ")
    return list(zip(*(parts[start:] for start in range(length)), strict=False))
