"""What two near texts say differently: a figure, a name, a negation.

A copy is dropped without loss only if it says the same. So each pair of near texts is aligned, and
what stands in each other's place is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from textkit.dedup.near.differences import (
    MAX_SPAN,
    Replacement,
    Text,
    align,
    count_true,
    is_template,
)
from textkit.dedup.signatures.tokens import word_hash
from textkit.dedup.story.key_facts import Anchors, other_subject
from textkit.text.tables import rows

# Letters that a name and a misspelling of it share (Ratcliff and Metzener, 1988).
SAME_NAME = 0.70
# Share of the changed words that are names, numbers and negations: in heavier edits they change by
# the way, and what a name was replaced with says nothing.
MIN_TOLD = 0.25
# Share of the words of a text that a near copy has in the same order, and without which none is
# dropped for it. Of 2,054 pairs of edited copies .2 % and .7 % have less; of two reports of one
# press conference, which share quotations and figures, each has about half.
MIN_HELD, MIN_HELD_TO_DROP = 0.55, 0.60
MIN_SHARED = 8  # shingles that a near copy has in common; fewer are a phrase
MAX_NAMED = 3  # differences that a reason names


class Comparison(NamedTuple):
    """How two near texts differ."""

    apart: bool  # of one template about two subjects, or of one subject in other words
    variant: bool  # a copy that tells a fact differently
    held: tuple[float, float]  # share of the words of each that the other has in the same order
    differences: tuple[str, ...]  # for a person: `4.3 million -> 4.8 million`


class Told(NamedTuple):
    """A text, and which of its words are facts."""

    text: Text
    names: dict[int, str]  # by the hash of the word
    numbers: dict[int, str]
    named: list[bool]  # of each word: is it a name?
    marked: list[bool]  # of each word: is it a name, a number or a negation?
    facts: Anchors


def told(text: Text, facts: Anchors) -> Told:
    """Return a text with its facts by the hashes of their words."""
    names, numbers = _by_hash(facts.joined or facts.firm), _by_hash(facts.counts)
    known = {*names, *numbers, *_negations()}
    named, marked = ([w in some for w in text.words] for some in (names, known))
    return Told(text, names, numbers, named, marked, facts)


def _by_hash(words: frozenset[str]) -> dict[int, str]:
    return {word_hash(word) >> 32: word for word in sorted(words)}


@cache
def _negations() -> dict[int, str]:
    return _by_hash(frozenset(word for _, word in rows("textkit.text", "negations.tsv")))


def compare_facts(one: Told, other: Told) -> Comparison:
    """Say whether two near texts tell of two subjects, or tell a fact differently."""
    alignment = align(one.text, other.text)
    if alignment.shared < MIN_SHARED or max(alignment.held) < MIN_HELD:
        return Comparison(True, False, alignment.held, ())
    if not alignment.replacements:
        return Comparison(False, False, alignment.held, ())
    marks, named = (one.marked, other.marked), (one.named, other.named)
    if other_subject(one.facts, other.facts) or is_template(alignment, marks, named):
        return Comparison(True, False, alignment.held, ())
    short = [r for r in alignment.replacements if max(map(len, r)) <= MAX_SPAN]
    found = [difference for r in short for difference in _differences(r, one, other)]
    held = sum(count_true(m, span) for r in short for m, span in zip(marks, r, strict=True))
    enough = bool(found) and held >= MIN_TOLD * max(alignment.changed, 1)
    return Comparison(False, enough, alignment.held, tuple(dict.fromkeys(found)))


def _differences(r: Replacement, one: Told, other: Told) -> Iterator[str]:
    """Yield what a replacement changes: numbers, names that are not the same, a negation."""
    spans = [t.text.words[s.start : s.stop] for t, s in ((one, r.first), (other, r.second))]
    numbers = [_of(words, t.numbers) for words, t in zip(spans, (one, other), strict=True)]
    names = [_of(words, t.names) for words, t in zip(spans, (one, other), strict=True)]
    denied = [_of(words, _negations()) for words in spans]
    if all(numbers) and numbers[0] != numbers[1]:
        yield _changed(numbers, one, other)
    elif all(names) and not _same_names(*names):
        yield _changed(names, one, other)
    if len(denied[0]) != len(denied[1]):
        yield _changed([words or ["-"] for words in denied], one, other)


def _of(words: Sequence[int], known: dict[int, str]) -> list[str]:
    return [known[word] for word in words if word in known]


def _same_names(one: Sequence[str], other: Sequence[str]) -> bool:
    """Are these the same names, one of them misspelt?"""
    left, right = " ".join(one), " ".join(other)
    return SequenceMatcher(None, left, right, False).ratio() >= SAME_NAME


def _changed(words: Sequence[Sequence[str]], one: Told, other: Told) -> str:
    left, right = (spelling(w, t.facts) for w, t in zip(words, (one, other), strict=True))
    return f"{left} -> {right}"


def spelling(words: Sequence[str], facts: Anchors) -> str:
    """Return names or numbers as the text spells them.

    >>> spelling(["rubin"], Anchors(frozenset(), frozenset(), phrases=frozenset({"Vera Rubin"})))
    'Vera Rubin'
    """
    known = sorted({*facts.phrases, *(s.partition("=")[2] for s in facts.spelt), *facts.numbers})
    result = []
    for word in words:
        found = (p for p in known if word in re.findall(r"[^\W_]+", p.casefold()))
        result.append(min(found, key=len, default=word))
    return " ".join(dict.fromkeys(result))
