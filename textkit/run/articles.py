"""The files of each article, and what they add up to. Only what has changed is read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

import msgspec

from textkit.document import decode
from textkit.errors import OutputError
from textkit.run.cards import Card, read_card
from textkit.run.names import file_stem
from textkit.run.outputs import Outputs
from textkit.run.progress import Progress
from textkit.run.shortlist import Entry, entry
from textkit.run.state import BATCH, Row, State
from textkit.translate.gloss.beside import NONE, reader_text


@dataclass
class Tally:
    """What a run found, for the closing table."""

    documents: int = 0
    new: int = 0
    unchanged: int = 0
    failed: int = 0
    edits: int = 0  # of cleaning
    translated: int = 0  # passages
    glossed: int = 0
    copies: int = 0
    variants: int = 0  # copies that tell a fact differently, and are kept
    stories: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)  # what was left out or kept as it was


class _Glossed(msgspec.Struct):
    """The part of a passage that tells whether it has a gloss."""

    gloss: str | None = None


class _Text(msgspec.Struct):
    """The part of a record that is an article."""

    text: str
    passages: tuple[_Glossed, ...] = ()


_TEXT = msgspec.json.Decoder(_Text)


def write_articles(state: State, outputs: Outputs, progress: Progress) -> tuple[Tally, list[Entry]]:
    """Bring the files of all articles up to date; return their tally and corpus entries."""
    tally, entries = Tally(), list[Entry]()
    languages, stories, taken = Counter[str](), set[str](), set[str]()
    cards, count = state.stream("cards"), state.count()
    while some := list(islice(cards, BATCH)):
        kept = []
        for row, data in some:
            card = read_card(data)
            _count(card, tally, languages, stories)
            stem = file_stem(card.id, taken)
            if card.copy_of is None:
                kept.append((row, card, stem))
                entries.append(entry(row.number, card))
        with state.batch():
            outputs.announce(name for _, _, stem in kept for name in _names(stem))
        with state.batch():
            for row, card, stem in kept:
                _write(row, card, stem, state, outputs)
        progress.on_step("write", tally.documents, count)
    if tally.documents != count:
        raise OutputError(f"{state.path}: damaged", "remove this file and run again")
    tally.languages = dict(languages.most_common())
    tally.stories = len(stories)
    return tally, entries


def stems(state: State) -> Iterator[tuple[Card, str]]:
    """Yield each article's card with the stem of its files, no two alike."""
    taken: set[str] = set()
    for _, data in state.stream("cards"):
        card = read_card(data)
        yield card, file_stem(card.id, taken)


def _names(stem: str) -> tuple[str, str]:
    """The files of an article."""
    return f"articles/{stem}.txt", f"summaries/{stem}.txt"


def _write(row: Row, card: Card, stem: str, state: State, outputs: Outputs) -> None:
    def text() -> Iterator[bytes]:
        article = _text_of(state.data("finished", row.number))
        yield (article if article.endswith("\n") else article + "\n").encode("utf-8", "replace")

    def summary() -> Iterator[bytes]:
        yield "".join(f"{line.text}\n" for line in card.summary).encode("utf-8", "replace")

    article, short = _names(stem)
    outputs.write(article, f"{row.translated_key}", text)
    outputs.write(short, f"{row.summary_key}", summary)


def _text_of(record: bytes) -> str:
    """The text, with the glosses of foreign passages in their place.

    What has none is read the short way, unless another field has a lone surrogate.
    """
    with suppress(msgspec.DecodeError):
        short = _TEXT.decode(record)
        if not any(passage.gloss for passage in short.passages):
            return short.text
    return reader_text(decode(record), main=NONE)


def _count(card: Card, tally: Tally, languages: Counter[str], stories: set[str]) -> None:
    tally.documents += 1
    languages[card.lang or "und"] += 1
    tally.edits += card.edits
    tally.translated += card.translated
    tally.glossed += card.glossed
    tally.copies += card.copy_of is not None
    tally.variants += card.variant
    if card.story is not None:
        stories.add(card.story)
