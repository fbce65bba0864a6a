"""Which articles the corpus summary is made of, where there are too many to look at all at once.

A tournament: articles are dealt into groups by a hash of their story's name, so that those of one
story meet; each group's corpus summary, made of the articles' own summaries, names the articles
that go on. Whoever is left is read in whole. The work grows with the number of articles, memory
does not, and a changed article changes the outcome of its own group only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from textkit.document import Dedup, Document
from textkit.run.cards import Card, read_card
from textkit.run.options import fingerprint
from textkit.summarize import SummarizeOptions, summarize_corpus

MOST = 512  # articles looked at together
WINNERS = 16  # sentences of a group's summary


class Entry(NamedTuple):
    """An article in the tournament."""

    lot: int  # its group, modulo their number
    number: int  # in the state


def entry(number: int, card: Card) -> Entry:
    """Return the entry of an article."""
    name = (card.story or card.id).encode("utf-8", "surrogatepass")
    return Entry(int.from_bytes(blake2b(name, digest_size=8).digest(), "big"), number)


def finalists(
    entries: Iterable[Entry],
    card_of: Callable[[int], bytes],
    options: SummarizeOptions,
    known: dict[str, list[int]],
) -> tuple[list[int], dict[str, list[int]]]:
    """Return the numbers of the articles to read, and every group's outcome by its key.

    `known` holds outcomes of earlier runs. Groups keep the order of the input.
    """
    outcomes: dict[str, list[int]] = {}
    left = list(entries)
    while len(left) > MOST:
        count = 1 << (len(left) // (MOST // 2)).bit_length() - 1
        groups: dict[int, list[Entry]] = defaultdict(list)
        for one in left:
            groups[one.lot % count].append(one)
        winners: set[int] = set()
        for _, group in sorted(groups.items()):
            cards = [card_of(one.number) for one in group]
            key = fingerprint(cards, [one.number for one in group], options)
            if key not in outcomes:
                outcomes[key] = known.get(key) or _winners(group, cards, options)
            winners.update(outcomes[key])
        if not winners or len(winners) == len(left):
            return [one.number for one in left[:MOST]], outcomes
        left = [one for one in left if one.number in winners]
    return [one.number for one in left], outcomes


def _winners(group: list[Entry], cards: list[bytes], options: SummarizeOptions) -> list[int]:
    numbers: dict[str, int] = {}
    documents = []
    for one, data in zip(group, cards, strict=True):
        card = read_card(data)
        numbers[card.id] = one.number
        documents.append(_digest(card))
    wide = replace(options, sentences=WINNERS, words=None, ratio=None)
    told = {sentence.id for sentence in summarize_corpus(documents, wide).summary}
    return sorted(numbers[id] for id in told if id in numbers)


def _digest(card: Card) -> Document:
    """An article cut down to its summary."""
    return Document(
        id=card.id,
        source="-",
        text="\n\n".join(line.text for line in card.summary),
        title=card.title,
        date=card.date,
        lang=card.lang,
        dedup=Dedup("keep", card.id, story=card.story),
    )


def encode_outcomes(outcomes: dict[str, list[int]]) -> str:
    """Return outcomes as JSON."""
    return msgspec.json.encode(outcomes).decode()


def decode_outcomes(text: str | None) -> dict[str, list[int]]:
    """Return the outcomes that `encode_outcomes` wrote."""
    return msgspec.json.decode(text or "{}", type=dict[str, list[int]])
