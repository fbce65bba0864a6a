"""Stories: articles that tell of one event, and the facts that several of them tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from textkit.document import Document, Repeat
from textkit.report.differences import Difference
from textkit.report.store import Card
from textkit.text.blocks import HEADING, blocks

MOST_FACTS = 12  # of one story on the page
MOST_ACROSS = 6  # told in several stories, on the page
MOST_PASSAGES = 6  # of one fact
WITHIN_STORY = 0.3  # similarity of passages that tell one fact, in articles of one story
ACROSS_STORIES = 0.4  # and in others, where the same words more often tell of something else


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
        if card.story is not None:
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

    def __init__(self, cards: Iterable[Card], groups: Sequence[Story]) -> None:
        self._index = {card.id: card.index for card in reversed(list(cards))}
        self._story = {card.index: story.number for story in groups for card in story.cards}
        self._linked: dict[Place, dict[Place, float]] = defaultdict(dict)
        self._headings: set[Place] = set()

    def add(self, index: int, document: Document, repeats: Sequence[Repeat]) -> None:
        """Take up the passages of one article that other articles repeat, headings aside."""
        if repeats:
            found = blocks(document.text)
            self._headings |= {Place(index, b.start, b.end) for b in found if b.kind == HEADING}
        for repeat in repeats:
            other = self._index.get(repeat.id)
            if other is None or other == index:
                continue
            if repeat.similarity >= self._least(index, other):
                here = Place(index, repeat.start, repeat.end)
                there = Place(other, repeat.other_start, repeat.other_end)
                self._linked[here][there] = self._linked[there][here] = repeat.similarity

    def _least(self, one: int, two: int) -> float:
        story = self._story.get(one)
        return WITHIN_STORY if story and story == self._story.get(two) else ACROSS_STORIES

    def facts(self) -> list[Fact]:
        """Return groups of passages that are all alike, one an article; the most alike first.

        Every passage is in one fact: chains, which join what has nothing in common, can't grow.
        """
        pairs = sorted(
            (-similarity, here, there)
            for here, others in self._linked.items()
            for there, similarity in others.items()
            if here < there and not self._headings & {here, there}
        )
        used: set[Place] = set()
        found = []
        for similarity, here, there in pairs:
            if here not in used and there not in used:
                places = self._grown([here, there], used)
                used.update(places)
                found.append(Fact(tuple(sorted(places)), -similarity))
        return sorted(found, key=lambda f: (-len(f.places), -f.similarity, f.places))

    def _grown(self, places: list[Place], used: set[Place]) -> list[Place]:
        """The places and those of other articles that are like every one of them."""
        common = set(self._linked[places[0]]) & set(self._linked[places[1]])
        common -= used | self._headings
        first = self._linked[places[0]]
        for place in sorted(common, key=lambda p: (-first[p], p)):
            told = {p.article for p in places}
            if place.article not in told and all(p in self._linked[place] for p in places):
                places.append(place)
        return places


def share_out(facts: Iterable[Fact], groups: Sequence[Story], across: Story) -> None:
    """Give each fact to the story whose articles tell it, else to `across`."""
    of_article = {card.index: story for story in groups for card in story.cards}
    for fact in facts:
        telling = [of_article.get(place.article) for place in fact.places]
        story = telling[0] if all(other is telling[0] for other in telling) else None
        target = story or across
        if len(target.facts) < (MOST_FACTS if story else MOST_ACROSS):
            target.facts.append(fact._replace(places=fact.places[:MOST_PASSAGES]))
        else:
            target.more_facts += 1
