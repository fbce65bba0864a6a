"""Which articles the corpus summary is made of, where there are too many to look at all at once.

A tournament: articles are dealt into groups by a hash of their story's name, so that those of one
story meet; each group's corpus summary, made of the articles' own summaries, names the articles
that go on. Whoever is left is read in whole. The work grows with the number of articles, memory
does not, and a changed article changes the outcome of its own group only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from textkit.document import Dedup, Document
from textkit.run.cards import Card, read_card
from textkit.run.executors import Executor
from textkit.run.options import base, fingerprint
from textkit.summarize import SummarizeOptions, summarize_corpus

MOST = 512  # articles looked at together
WINNERS = 16  # sentences of a group's summary


class Entry(NamedTuple):
    """An article in the tournament."""

    lot: int  # its group, modulo their number
    number: int  # in the state


def entry(number: int, card: Card) -> Entry:
    """Return the entry of an article."""
    name = (card.id if card.story is None else card.story).encode("utf-8", "surrogatepass")
    return Entry(int.from_bytes(blake2b(name, digest_size=8).digest(), "big"), number)


def finalists(
    entries: Iterable[Entry],
    card_of: Callable[[int], bytes],
    options: SummarizeOptions,
    known: dict[str, list[int]],
    executor: Executor,
) -> tuple[list[int], dict[str, list[int]]]:
    """Return the numbers of the articles to read, and every group's outcome by its key.

    `known` holds outcomes of earlier runs, and gains those of this one. A group keeps the order of
    the input.
    """
    outcomes: dict[str, list[int]] = {}
    left = list(entries)
    while len(left) > MOST:
        keys: list[str] = []
        new = _new_groups(_deal(left), card_of, options, known, keys)
        game = partial(play, options)
        known.update(executor.map(game, new, game))
        outcomes.update((key, known[key]) for key in keys)
        won = {number for key in keys for number in known[key]}
        if not won or len(won) == len(left):
            return [one.number for one in left[:MOST]], outcomes
        left = [one for one in left if one.number in won]
    return [one.number for one in left], outcomes


class Group(NamedTuple):
    """Articles that meet."""

    key: str  # of all that the outcome depends on
    numbers: list[int]
    cards: list[bytes]


def _deal(entries: Sequence[Entry]) -> list[list[int]]:
    """Deal articles into groups of MOST at most, half of that at least, on average."""
    count = groups_of(len(entries))
    groups: dict[int, list[int]] = defaultdict(list)
    for one in entries:
        groups[one.lot % count].append(one.number)
    return [group for _, group in sorted(groups.items())]


def groups_of(articles: int) -> int:
    """Return into how many groups so many articles are dealt."""
    return 1 << (articles // (MOST // 2)).bit_length() - 1


def _new_groups(
    groups: Iterable[list[int]],
    card_of: Callable[[int], bytes],
    options: SummarizeOptions,
    known: Mapping[str, list[int]],
    keys: list[str],
) -> Iterator[Group]:
    """Yield the groups whose outcome is not known; put the keys of all into `keys`."""
    for numbers in groups:
        cards = [card_of(number) for number in numbers]
        keys.append(fingerprint(base(), cards, numbers, options))
        if keys[-1] not in known:
            yield Group(keys[-1], numbers, cards)


def play(options: SummarizeOptions, group: Group) -> tuple[str, list[int]]:
    """Return the group's key and the numbers of the articles that its summary draws on."""
    cards = [read_card(data) for data in group.cards]
    wide = replace(options, sentences=WINNERS, words=None, ratio=None)
    told = {sentence.id for sentence in summarize_corpus(map(_digest, cards), wide).summary}
    pairs = zip(cards, group.numbers, strict=True)
    return group.key, [number for card, number in pairs if card.id in told]


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
