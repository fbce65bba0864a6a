"""Stories: articles that tell of one event, and the facts that several of them tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from textkit.document import Document
from textkit.report.differences import Difference
from textkit.report.store import Card

MOST_FACTS = 12  # of one story on the page
MOST_PASSAGES = 6  # of one fact


class Place(NamedTuple):
    """A span of an article's text."""

    article: int
    start: int
    end: int


class Fact(NamedTuple):
    """Passages that say the same, in two articles at least."""

    places: tuple[Place, ...]
    similarity: float  # the highest of any pair


@dataclass
class Story:
    """A group of articles, what they share and where they differ."""

    number: int  # from 1, in the order of their first articles; 0 for what belongs to no group
    title: str
    cards: list[Card]
    facts: list[Fact] = field(default_factory=list)
    more_facts: int = 0
    differences: list[Difference] = field(default_factory=list)


def stories(cards: Sequence[Card]) -> list[Story]:
    """Return the groups of two or more articles, largest first."""
    groups: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.story:
            groups[card.story].append(card)
    ordered = sorted(
        ((name, group) for name, group in groups.items() if len(group) > 1),
        key=lambda item: (-len(item[1]), item[1][0].index),
    )
    return [Story(n, _title(name, group), group) for n, (name, group) in enumerate(ordered, 1)]


def _title(name: str, group: Sequence[Card]) -> str:
    """The title of the article that gives the group its name, else of the longest one."""
    named = [card for card in group if card.id == name]
    return (named or sorted(group, key=lambda card: (-card.words, card.index)))[0].title


class Pairs:
    """Pairs of passages that say the same, gathered article by article into facts."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._index = {card.id: card.index for card in reversed(list(cards))}
        self._parent: dict[Place, Place] = {}
        self._best: dict[Place, float] = {}

    def add(self, index: int, document: Document) -> None:
        """Take up the passages of one article that other articles repeat."""
        for repeat in document.dedup.repeats if document.dedup else ():
            other = self._index.get(repeat.id)
            if other is None or other == index or repeat.kind == "embedded_summary":
                continue
            if not 0 <= repeat.start < repeat.end <= len(document.text):
                continue
            here = Place(index, repeat.start, repeat.end)
            there = Place(other, repeat.other_start, repeat.other_end)
            self._join(here, there, repeat.similarity)

    def _join(self, one: Place, two: Place, similarity: float) -> None:
        a, b = self._root(one), self._root(two)
        low, high = min(a, b), max(a, b)
        self._parent[high] = low
        best = (self._best.get(a, 0.0), self._best.get(b, 0.0), similarity)
        self._best[low] = max(best)

    def _root(self, place: Place) -> Place:
        self._parent.setdefault(place, place)
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def facts(self) -> list[Fact]:
        """Return the facts, those told by most articles first."""
        groups: dict[Place, list[Place]] = defaultdict(list)
        for place in sorted(self._parent):
            groups[self._root(place)].append(place)
        found = [Fact(tuple(_apart(places)), self._best[root]) for root, places in groups.items()]
        found = [fact for fact in found if len(_told_by(fact)) > 1]
        return sorted(found, key=lambda f: (-len(_told_by(f)), -f.similarity, f.places))


def _apart(places: Iterable[Place]) -> Iterator[Place]:
    """Places without those that lie in one before them."""
    last: Place | None = None
    for place in places:
        if last is None or place.article != last.article or place.start >= last.end:
            yield place
            last = place


def _told_by(fact: Fact) -> frozenset[int]:
    return frozenset(place.article for place in fact.places)


def share_out(facts: Iterable[Fact], groups: Sequence[Story], across: Story) -> None:
    """Give each fact to the story whose articles tell it, else to `across`."""
    of_article = {card.index: story for story in groups for card in story.cards}
    for fact in facts:
        telling = {id(of_article.get(index)): of_article.get(index) for index in _told_by(fact)}
        story = next(iter(telling.values())) if len(telling) == 1 else None
        target = story or across
        if len(target.facts) < MOST_FACTS:
            target.facts.append(fact._replace(places=_balanced(fact.places)))
        else:
            target.more_facts += 1


def _balanced(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """At most `MOST_PASSAGES`, every article's first before any article's second."""
    nth: dict[int, int] = defaultdict(int)
    ranked = []
    for place in places:
        ranked.append((nth[place.article], place))
        nth[place.article] += 1
    return tuple(sorted(place for _, place in sorted(ranked)[:MOST_PASSAGES]))
