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
from textkit.text.languages import base
from textkit.text.marks import marks
from textkit.text.quotes import quotations
from textkit.text.scripts import script_names, script_numbers
from textkit.text.sentences import Sentence

LEAST_WORDS = 5  # shorter sentences say too little to stand alone
MOST_WORDS = 120  # longer ones are lists, tables or text without sentence marks
_BLOCK_REASONS = {HEADING: "heading", ITEM: "list item", ROW: "table row", LEAD_IN: "lead-in"}
_ADDRESS_MARK = re.compile(r"[:=%@wW](?:(?<![wW])|[wW]{2})")  # without one there is no address
_ADDRESS = re.compile(r"https?:|www\.|[?&]\w+=\w|%[0-9A-F]{2}%?|\w@\w+\.\w", re.IGNORECASE)
_CLOSERS = "\"'’”»›」』）)]} "
_QUESTION = tuple(marks("question", "inside").replace("\\", ""))
_END = re.compile(rf"[{marks('stop', 'exclamation', 'ellipsis')};]")
# What can't be missing stands first, so that the search runs to it; then what may not precede it.
_QUANTITY = re.compile(
    r"[$€£¥₹\d](?:(?<![\w.,\-–].)(?:(?<=\d)|\d)[\d.,]*(?:st|nd|rd|th)?(?!\w)|(?<=\d)\d*%)"
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NAME = re.compile(r" (?<=[\w,;:] )[^\W\d_a-zß-öø-ÿа-яёα-ω]\w+")


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
        self._repeats = _repeats(document)
        self._residue = _residue(document)
        self._letters = script_numbers(document.text)
        self._scripts = sorted(set(self._letters) - {0})
        self._script = self._main_script(0, len(self._letters))

    def verdict(self, index: int, text: str, size: int) -> Verdict:
        """Return whether a sentence of `size` words may be chosen, and if not, why not."""
        sentence = self._found[index]
        reason = (
            self._place(index)
            or self._of_residue(sentence)
            or _BLOCK_REASONS.get(sentence.block, "")
            or _wording(text, size)
            or self._headline(index, text)
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

    def _place(self, index: int) -> str:
        if index == self._title:
            return "title"
        return "the article's own summary" if index in self._own else ""

    def _headline(self, index: int, text: str) -> str:
        """A line of capitalised words is a heading, whatever mark it ends with."""
        found, whole = self._found, self._document.text
        alone = (index == 0 or "\n" in whole[found[index - 1].end : found[index].start]) and (
            index + 1 == len(found) or "\n" in whole[found[index].end : found[index + 1].start]
        )
        return "heading" if alone and is_title_case(text) else ""

    def _passage(self, sentence: Sentence) -> str:
        """A foreign sentence is of no use to the summary's reader."""
        for passage in overlapping(self._document.passages, sentence.start, sentence.end):
            if (
                passage.end - passage.start > (sentence.end - sentence.start) // 2
                and self._lang
                and base(passage.lang) not in (self._lang, "und", "zxx", "mul")
            ):
                return "another language"
        if len(self._scripts) < 2:
            return ""
        script = self._main_script(sentence.start, sentence.end)
        return "another language" if script and self._script and script != self._script else ""

    def _main_script(self, start: int, end: int) -> str | None:
        """The script of most letters of a span; Chinese and Japanese writing count as one."""
        counts = {number: self._letters.count(number, start, end) for number in self._scripts}
        if not any(counts.values()):
            return None
        script = script_names()[max(counts, key=counts.__getitem__)]
        return "Hani" if script in ("Hira", "Kana") else script

    def _quotation(self, sentence: Sentence, text: str) -> str:
        """A quotation needs its speaker in the same sentence, and both its marks."""
        first = max(0, bisect_right(self._quotation_starts, sentence.start) - 1)
        inside = 0
        for at in range(first, len(self._quotations)):
            start, end = self._quotations[at]
            if start >= sentence.end:
                break
            if end <= sentence.start:
                continue
            if start < sentence.start or end > sentence.end:
                return "part of a quotation"
            inside += end - start
        rest = len(text) - inside
        return "quotation without its speaker" if inside and rest < 4 else ""

    def _of_residue(self, sentence: Sentence) -> str:
        return self._covered(sentence, self._residue)

    def _repeat(self, sentence: Sentence) -> str:
        return self._covered(sentence, self._repeats)

    def _covered(self, sentence: Sentence, spans: Sequence[tuple[int, int, str]]) -> str:
        """The reason of the first span that holds more than half of a sentence."""
        for start, end, reason in spans:
            if start >= sentence.end:
                break
            covered = min(end, sentence.end) - max(start, sentence.start)
            if covered * 2 > sentence.end - sentence.start:
                return reason
        return ""


def concreteness(text: str) -> float:
    """Return how concrete a sentence is, 0 to 1: mostly by its quantities, a little by its names.

    A bare year counts half; the number of a model (H100, DGX-1) is part of a name.

    >>> concreteness("It rained."), concreteness("It cost Rome $3 million and 20 men in 1990.")
    (0.0, 0.8)
    """
    found = [match[0] for match in _QUANTITY.finditer(text)]
    weight = sum(0.2 if _YEAR.fullmatch(number) else 0.35 for number in found)
    names = min(len(_NAME.findall(text)), 3)
    return round(min(weight, 0.7) + 0.1 * names, 2)


def _wording(text: str, size: int) -> str:
    if _ADDRESS_MARK.search(text) and _ADDRESS.search(text):
        return "web address"
    bare = text.rstrip(_CLOSERS)
    if bare.endswith((":", "：")):
        return "lead-in"
    if bare.endswith(_QUESTION):
        return "question"
    if size < LEAST_WORDS:
        return "too short"
    return "too long" if size > MOST_WORDS else ""


def _repeats(document: Document) -> list[tuple[int, int, str]]:
    """Return the passages that de-duplication found said before in this document, in order."""
    found = set()
    for repeat in document.dedup.repeats if document.dedup else ():
        if repeat.kind == "embedded_summary":
            found.add((repeat.start, repeat.end, "the article's own summary"))
            continue
        earlier = repeat.id == document.id and repeat.other_start < repeat.start
        if repeat.kind == "repeated" and earlier:
            found.add((repeat.start, repeat.end, "said before"))
    return sorted(found)


def _residue(document: Document) -> list[tuple[int, int, str]]:
    """Return the lines that `clean` would remove, where it has not been asked yet."""
    if any(revision.stage == "clean" for revision in document.revisions):
        return []
    from textkit.clean import clean_text

    return [
        (edit.start, edit.start + len(edit.old), "residue")
        for edit in clean_text(document.text).edits
        if edit.rule.startswith("TK1")
    ]


def overlapping(passages: Sequence[Passage], start: int, end: int) -> list[Passage]:
    """Return the passages that share characters with a span."""
    first = bisect_right(passages, start, key=lambda passage: passage.end)
    found = []
    for at in range(first, len(passages)):
        if passages[at].start >= end:
            break
        found.append(passages[at])
    return found


def title_index(document: Document, found: Sequence[Sentence]) -> int | None:
    """Return which sentence is the title: the record's, or a short first line with no full stop.

    Titles may end in `?` or `!`, so end punctuation does not make a line prose.
    """
    if len(found) < 2:
        return None
    first = document.text[found[0].start : found[0].end]
    alone = "\n" in document.text[found[0].end : found[1].start]
    if found[0].block == HEADING:
        return 0
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
