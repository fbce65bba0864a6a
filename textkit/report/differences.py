"""Where texts that tell one fact differ in a number or a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textkit.document import Document


class Saying(NamedTuple):
    """A sentence and the value in it that others contradict."""

    article: int  # of the article
    start: int  # of the sentence
    end: int
    value_start: int
    value_end: int


class Side(NamedTuple):
    """One value and the sentences that give it."""

    value: str
    sayings: tuple[Saying, ...]


class Difference(NamedTuple):
    """Values of one thing that do not agree."""

    subject: str  # what the values are of, in words of the texts
    kind: str
    sides: tuple[Side, ...]


class Statement(NamedTuple):
    """A sentence with the values that it gives."""

    article: int
    start: int
    end: int


def statements(index: int, document: Document) -> list[Statement]:
    return []


def compare(said: Mapping[int, Sequence[Statement]], across: bool = False) -> list[Difference]:
    return []
