"""What an article states: its sentences with their words, names and values.

A sentence that begins with "The system" says of what only with the sentence before it, so that
one's names and values count for the subject too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from textkit.dedup.story.key_facts import names
from textkit.document import Document
from textkit.report.values import CODE, YEAR, Value, values
from textkit.text.blocks import HEADING, ITEM, ROW
from textkit.text.calendar import names_of
from textkit.text.sentences import sentences
from textkit.text.terms import terms
from textkit.text.words import words

MOST_TEXT = 200_000  # characters of one article, and sentences, that are looked at
MOST_SENTENCES = 2_000
REACH = 3  # words on either side of a value that make its frame
LARGE = 100  # a count below it says little about what a sentence is about
_WORD = re.compile(r"[^\W_][\w-]*(?<!-)")
_MEASURED = {"percent", "time", "age", YEAR, CODE}

Token = tuple[str, int, int]  # a word, its start and end
Given = tuple[str, float | str]  # a unit and an amount


class Mention(NamedTuple):
    """A value in its sentence, with the words round it."""

    value: Value
    shown: str
    left: frozenset[str]
    right: frozenset[str]


class Statement(NamedTuple):
    """A sentence and what its subject can be told by."""

    article: int
    number: int  # among the sentences of the article
    start: int
    end: int
    item: bool  # of a list
    terms: frozenset[str]  # content words but values
    names: frozenset[str]
    opening: str  # its first word, where that is a name
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    given: frozenset[Given]
    names_before: frozenset[str]  # of the sentence before it
    given_before: frozenset[Given]
    times: frozenset[str] = frozenset()  # names of months


def statements(article: int, document: Document) -> list[Statement]:
    """Return the sentences of an article; headings and table rows state nothing by themselves."""
    text, lang = document.text[:MOST_TEXT], document.lang
    known = frozenset(names(text))
    found: list[Statement] = []
    names_before, given_before = frozenset[str](), frozenset[Given]()
    for sentence in sentences(text, lang)[:MOST_SENTENCES]:
        if sentence.block in (HEADING, ROW):
            continue
        start, end = sentence.start, sentence.end
        mentions = tuple(_mention(text, start, end, v) for v in values(text, start, end))
        tokens = tuple((m[0], *m.span()) for m in _WORD.finditer(text, start, end))
        own = frozenset(word.casefold() for word, _, _ in tokens) & known
        first = tokens[0][0].casefold() if tokens else ""
        given = frozenset((m.value.unit, m.value.amount) for m in mentions)
        statement = Statement(
            article=article,
            number=len(found),
            start=start,
            end=end,
            item=sentence.block == ITEM,
            terms=frozenset(terms(_without(text, start, end, mentions), lang)),
            names=own,
            opening=first if first in known else "",
            tokens=tokens,
            mentions=mentions,
            given=given,
            names_before=names_before,
            given_before=given_before,
            times=frozenset(w for word, _, _ in tokens for w in [word.casefold()]
                            if word[0].isupper() and w in names_of("month")),
        )  # fmt: skip
        found.append(statement)
        names_before, given_before = own, given
    return found


def _without(text: str, start: int, end: int, mentions: tuple[Mention, ...]) -> list[str]:
    """The words of a sentence that are no values."""
    pieces, at = [], start
    for mention in mentions:
        pieces.append(text[at : max(at, mention.value.start)])
        at = max(at, mention.value.end)
    pieces.append(text[at:end])
    return words(" ".join(pieces))


def _mention(text: str, start: int, end: int, value: Value) -> Mention:
    left = words(text[max(start, value.start - 60) : value.start])[-REACH:]
    right = words(text[value.tail : min(end, value.tail + 60)])[:REACH]
    shown = " ".join(text[value.start : value.end].split())
    return Mention(value, shown, frozenset(left), frozenset(right))


def telling(given: Given) -> bool:
    """Is an amount so large that two sentences hardly share it by chance?

    >>> telling(("count gpu", 100000.0)), telling(("count people", 4.0)), telling(("year", 2024.0))
    (True, False, False)
    """
    unit, amount = given
    return (
        unit not in _MEASURED
        and not unit.startswith(CODE)
        and isinstance(amount, float)
        and amount >= LARGE
    )
