"""What the templates are given: plain values, every link resolved by the page that shows it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from textkit.document import SummarySentence
from textkit.report import charts
from textkit.report.differences import Difference, Saying
from textkit.report.show import attributes, count, first, language, more, shortened
from textkit.report.store import Card
from textkit.report.stories import Fact, Story
from textkit.report.survey import Survey

MOST_MEMBERS = 200  # of a story's list
LISTED = 110  # characters of a title in a list
MOST_OWN = 10  # articles that contradict themselves, in full
MOST_EXCERPT = 700  # characters of a passage beside others
MOST_WARNINGS = 12
MOST_SENTENCES = 200  # of a summary
OPEN_TEXTS = 12  # articles up to which their texts stand open

View = Mapping[str, Any]


def link(index: int, start: int | None = None) -> Markup:
    """Return a link to an article, or to a place in it; the page fills in its file's name."""
    place = "" if start is None else f"-{int(start)}"
    return Markup("\0{0}\0#a{0}{1}").format(index, place)


def story_link(number: int) -> Markup:
    """Return a link to a story."""
    return Markup("\0s{0}\0#s{0}").format(number)


def first_view(found: Survey, heading: str | None) -> dict[str, Any]:
    """Return what the first screen shows."""
    cards, number = found.cards, len(found.cards)
    default = f"What {'this article says' if number == 1 else f'these {number:,} articles say'}"
    return {
        "heading": heading or (default if number else "No articles"),
        "said_title": "In short, each sentence with its source",
        "sentences": [_said(found, s) for s in found.corpus.summary[:MOST_SENTENCES]],
        "more_sentences": more(len(found.corpus.summary), MOST_SENTENCES),
        "warnings": first(found.corpus.warnings, MOST_WARNINGS),
        "tiles": tiles(found),
        "timeline": charts.timeline(cards, found.palette),
        "link": link,
    }


def _said(found: Survey, sentence: SummarySentence) -> View:
    index = found.by_id.get(sentence.id or "")
    source = found.cards[index].title if index is not None else sentence.id or ""
    return {
        "text": shortened(sentence.text, 2000),
        "href": "#articles" if index is None else link(index, sentence.start),
        "attrs": attributes(sentence.text, found.cards[index].lang if index is not None else None),
        "source": shortened(source, 90),
        "origin": language(sentence.origin) if sentence.origin else "",
    }


def tiles(found: Survey) -> list[View]:
    """Return the figures of the whole, each with its name and a note."""
    cards = found.cards
    letters: Counter[str] = Counter()
    for card in cards:
        letters.update(dict(card.languages))
    names = [language(tag) for tag, _ in letters.most_common(3)]
    copies = sum(card.dropped for card in cards)
    glossed = sum(card.glossed for card in cards)
    own = len(found.own)
    at_odds = f"{own:,} articles at odds with themselves" if own else "told more than once"
    rows = (
        (len(cards), "Article", f"{count(copies, 'copy', 'copies')} left out" if copies else ""),
        (len(letters), "Language", ", ".join(names) + (" …" if len(letters) > 3 else "")),
        (sum(card.removed for card in cards), "Removed", "pieces of residue"),
        (sum(card.translated for card in cards), "Translated", "passages"),
        (glossed, "Glossed", "passages, word by word: not translated"),
        (len(found.groups), "Story", "1 article at odds with itself" if own == 1 else at_odds),
        (sum(len(card.warnings) for card in cards), "Warning", ""),
    )
    return [{"name": _tile(name, n), "number": f"{n:,}", "note": note} for n, name, note in rows]


_SEVERAL = {
    "Article": "Articles", "Language": "Languages", "Story": "Stories", "Warning": "Warnings"
}  # fmt: skip


def _tile(name: str, number: int) -> str:
    return name if number == 1 else _SEVERAL.get(name, name)


def story_view(found: Survey, story: Story) -> dict[str, Any]:
    """Return what a story's part of the page shows."""
    members = [
        {"href": link(card.index), "title": shortened(card.title, LISTED), "note": _note(card)}
        for card in story.cards[:MOST_MEMBERS]
    ]
    return {
        "number": story.number,
        "title": story.title,
        "about": f"{count(len(story.cards), 'article')} tell it",
        "members": members,
        "more_members": max(0, len(story.cards) - MOST_MEMBERS),
        "differences": differences_view(found, story.differences),
        "facts": facts_view(found, story.facts),
        "more_facts": story.more_facts,
    }


def _note(card: Card) -> str:
    facts = [card.id if card.id != card.title else "", card.date or "", "copy" * card.dropped]
    return " · ".join(shortened(fact, 80) for fact in facts if fact)


def facts_view(found: Survey, facts: Iterable[Fact]) -> list[list[View]]:
    """Return the passages of each fact, side by side."""
    result: list[list[View]] = []
    for fact in facts:
        passages: list[View] = []
        for place in fact.places:
            document = found.store[place.article]
            text = document.text[place.start : place.end]
            if text.strip():
                passages.append(
                    {
                        "text": shortened(text, MOST_EXCERPT),
                        "attrs": attributes(text, document.lang),
                        "href": link(place.article, place.start),
                        "source": shortened(found.cards[place.article].title, 70),
                    }
                )
        if len(passages) > 1:
            result.append(passages)
    return result


def differences_view(found: Survey, differences: Iterable[Difference]) -> list[View]:
    """Return the sides of each difference, with their sentences."""
    return [
        {
            "sides": [
                {"value": side.value, "sayings": [_saying(found, s) for s in side.sayings]}
                for side in difference.sides
            ],
        }
        for difference in differences
    ]


def _saying(found: Survey, saying: Saying) -> View:
    document = found.store[saying.article]
    text = document.text
    return {
        "before": text[saying.start : saying.value_start],
        "value": text[saying.value_start : saying.value_end],
        "after": text[saying.value_end : saying.end],
        "attrs": attributes(text[saying.start : saying.end], document.lang),
        "href": link(saying.article, saying.start),
        "source": shortened(found.cards[saying.article].title, 70),
    }


def overview(found: Survey) -> dict[str, Any]:
    """Return the map of similarities, self-contradictions, and what is told across the groups."""
    cards = [card for card in found.cards if not card.dropped]
    view: dict[str, Any] = {"heat": None, "clusters": None, "link": link}
    if 2 <= len(cards) <= charts.HEAT_LIMIT:
        from textkit.report.similarity import matrix

        view["heat"] = charts.heat(cards, matrix(found.store[c.index].text for c in cards))
    elif len(cards) > charts.HEAT_LIMIT:
        groups = _groups(found)
        alone = len(found.cards) - sum(len(group) for _, _, group in groups)
        view["clusters"] = charts.clusters(groups, alone, found.palette)
    view["own"] = [
        {
            "href": link(index),
            "title": found.cards[index].title,
            "differences": differences_view(found, differences),
        }
        for index, differences in list(found.own.items())[:MOST_OWN]
    ]
    view["more_own"] = max(0, len(found.own) - MOST_OWN)
    view["across"] = facts_view(found, found.across.facts)
    view["more_across"] = found.across.more_facts
    return view


def _groups(found: Survey) -> list[tuple[str, Markup, list[Card]]]:
    """Stories with the copies of their articles, and articles with their copies; largest first."""
    story_of = {card.cluster: s.number for s in found.groups for card in s.cards}
    groups: dict[tuple[int, str], list[Card]] = defaultdict(list)
    for card in found.cards:
        number = found.story_of(card.index) or story_of.get(card.cluster, 0)
        groups[number, "" if number else card.cluster].append(card)
    result = []
    for (number, _), cards in groups.items():
        if len(cards) > 1:
            kept = next((card for card in cards if not card.dropped), cards[0])
            title = found.groups[number - 1].title if number else kept.title
            result.append((title, story_link(number) if number else link(kept.index), cards))
    return sorted(result, key=lambda group: (-len(group[2]), group[2][0].index))


def filters(cards: Sequence[Card], groups: Sequence[Story]) -> dict[str, Any]:
    """Return what the articles of a page can be filtered by."""
    tags = Counter(tag for card in cards for tag, _ in card.languages)
    inside = {card.index for card in cards}
    told_here = [s for s in groups if any(card.index in inside for card in s.cards)]
    return {
        "languages": [(tag, f"{language(tag)} ({n:,})") for tag, n in tags.most_common()],
        "stories": [(s.number, shortened(s.title, 60)) for s in told_here[:100]],
        "warned": sum(bool(card.warnings) for card in cards),
    }
