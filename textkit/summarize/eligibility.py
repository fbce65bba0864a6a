"""Which sentences a summary may contain, and why not.

On scraped pages this matters more than how sentences are ranked: unfiltered, every ranker picks
titles, headings and table rows, since those hold nothing but the words that count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from textkit.document import Document, Passage
from textkit.summarize.openings import leans, speaker_is_pronoun
from textkit.summarize.options import SummarizeOptions
from textkit.summarize.sections import own_summary
from textkit.text.blocks import HEADING, ITEM, LEAD_IN, ROW
from textkit.text.quotes import quotations
from textkit.text.scripts import letters_by_script
from textkit.text.sentences import Sentence
from textkit.text.stopwords import base

LEAST_WORDS = 5  # shorter sentences say too little to stand alone
MOST_WORDS = 120  # longer ones are lists, tables or text without sentence marks
_BLOCK_REASONS = {HEADING: "heading", ITEM: "list item", ROW: "table row", LEAD_IN: "lead-in"}
_ADDRESS = re.compile(r"https?:|www\.|[?&]\w+=\w|%[0-9A-F]{2}%?|\w@\w+\.\w", re.IGNORECASE)
_CLOSERS = "\"'’”»›」』）)]} "
_QUESTION = ("?", "？", "؟", "՞", "፧")
_END = re.compile(r"[.!。！｡…۔।॥։።៕;]")
_NUMBER = re.compile(r"\d[\d.,]*")
_NAME = re.compile(r"(?<=[\w,;:] )[^\W\d_a-zß-öø-ÿа-яёα-ω]\w+")


class Verdict(NamedTuple):
    """May a sentence be chosen?"""

    eligible: bool
    reason: str = ""  # why not
    leans: bool = False  # only together with the sentence before it


class Judge:
    """Judges the sentences of one document."""

    def __init__(
        self,
        document: Document,
        found: Sequence[Sentence],
        lang: str | None,
        options: SummarizeOptions,
    ) -> None:
        self._document = document
        self._found = found
        self._lang = base(lang)
        self._options = options
        self._quotations = quotations(document.text)
        self._quotation_starts = [start for start, _ in self._quotations]
        self._own = own_summary(document.text, found)
        self._title = title_index(document, found)
        self._script = main_script(document.text)

    def verdict(self, index: int, text: str, tokens: Sequence[str]) -> Verdict:
        """Return whether a sentence may be chosen, and if not, why not."""
        sentence = self._found[index]
        reason = (
            _BLOCK_REASONS.get(sentence.block, "")
            or self._place(index)
            or self._wording(text, tokens)
            or self._passage(sentence)
            or self._quotation(sentence, text)
            or self._repeat(sentence)
        )
        if reason:
            return Verdict(False, reason)
        leaning = leans(text, self._lang) or speaker_is_pronoun(text, self._lang)
        if not leaning:
            return Verdict(True)
        if index == 0 or self._found[index - 1].block != sentence.block:
            return Verdict(False, "leans on what is not there")
        return Verdict(True, leans=True)

    def facts(self, text: str) -> float:
        """How concrete a sentence is: numbers count double, names once; 1 is the most.

        A year alone is a weak fact; more than four facts make a list, not a better sentence.
        """
        numbers = sum(1.0 for match in _NUMBER.finditer(text))
        names = len(_NAME.findall(text))
        return min(2 * numbers + names, 8.0) / 8

    def _place(self, index: int) -> str:
        if index == self._title:
            return "title"
        return "the article's own summary" if index in self._own else ""

    def _wording(self, text: str, tokens: Sequence[str]) -> str:
        if _ADDRESS.search(text):
            return "web address"
        bare = text.rstrip(_CLOSERS)
        if bare.endswith((":", "：")):
            return "lead-in"
        if bare.endswith(_QUESTION):
            return "question"
        if len(tokens) < LEAST_WORDS:
            return "too short"
        if len(tokens) > MOST_WORDS:
            return "too long"
        if is_title_case(text):
            return "heading"
        return ""

    def _passage(self, sentence: Sentence) -> str:
        """Glosses are no sentences; a foreign sentence is of no use to the summary's reader."""
        for passage in overlapping(self._document.passages, sentence.start, sentence.end):
            if passage.engine == "gloss" and not self._options.allow_gloss:
                return "gloss"
            if (
                passage.end - passage.start > (sentence.end - sentence.start) // 2
                and self._lang
                and base(passage.lang) not in (self._lang, "und", "zxx", "mul")
            ):
                return "another language"
        script = main_script(self._document.text[sentence.start : sentence.end])
        return "another language" if script and self._script and script != self._script else ""

    def _quotation(self, sentence: Sentence, text: str) -> str:
        """A quotation needs its speaker in the same sentence, and both its marks."""
        first = max(0, bisect_right(self._quotation_starts, sentence.start) - 1)
        inside = 0
        for start, end in self._quotations[first:]:
            if start >= sentence.end:
                break
            if end <= sentence.start:
                continue
            if start < sentence.start or end > sentence.end:
                return "part of a quotation"
            inside += end - start
        rest = len(text) - inside
        return "quotation without its speaker" if inside and rest < 4 else ""

    def _repeat(self, sentence: Sentence) -> str:
        dedup = self._document.dedup
        for repeat in dedup.repeats if dedup else ():
            covered = min(repeat.end, sentence.end) - max(repeat.start, sentence.start)
            if covered * 2 <= sentence.end - sentence.start:
                continue
            if repeat.kind == "embedded_summary":
                return "the article's own summary"
            same = repeat.id == self._document.id and repeat.other_start < repeat.start
            if repeat.kind == "repeated" and same:
                return "said before"
        return ""


def overlapping(passages: Sequence[Passage], start: int, end: int) -> list[Passage]:
    """Return the passages that share characters with a span."""
    first = bisect_right(passages, start, key=lambda passage: passage.end)
    found = []
    for passage in passages[first:]:
        if passage.start >= end:
            break
        found.append(passage)
    return found


def main_script(text: str) -> str | None:
    """Return the script of most letters; Chinese and Japanese writing count as one."""
    counts = letters_by_script(text)
    if not counts:
        return None
    script = max(sorted(counts), key=counts.__getitem__)
    return "Hani" if script in ("Hira", "Kana") else script


def title_index(document: Document, found: Sequence[Sentence]) -> int | None:
    """Return which sentence is the title: the record's, or a short first line with no full stop.

    Titles may end in `?` or `!`, so end punctuation does not make a line prose.
    """
    if not found or len(found) < 2:
        return None
    first = document.text[found[0].start : found[0].end]
    alone = "\n" in document.text[found[0].end : found[1].start]
    if alone and (first == document.title or first.endswith(("!", "?", "！", "？"))):
        return 0
    return None


def is_title_case(text: str) -> bool:
    """Are nearly all longer words capitalised, as in English headlines?

    >>> is_title_case("The Supercomputer Set to Change the Whole World!")
    True
    """
    long_words = [
        word for word in re.findall(r"[^\W\d_]{4,}", text) if word[0] != word[0].swapcase()
    ]
    capital = sum(word[0].isupper() for word in long_words)
    return len(long_words) >= 4 and capital >= 0.85 * len(long_words)
