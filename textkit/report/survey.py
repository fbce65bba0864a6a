"""What the whole report knows before the first article is drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

from textkit.document import Document, Repeat
from textkit.report.body import Span
from textkit.report.charts import Palette
from textkit.report.differences import Difference, compare
from textkit.report.memo import Memo, forgetful, key_of
from textkit.report.sameness import content_of, say_same
from textkit.report.statements import statements
from textkit.report.store import Card, Store, gather
from textkit.report.stories import ACROSS_STORIES, Pairs, Story, share_out, stories

MAX_TOLD = 8  # repeated passages listed below an article
KEPT_OPEN = 256  # records kept decoded while passages are compared
MARKED = "mark"  # the tag of a sentence that a summary took


@dataclass
class Survey:
    """Cards, groups, and the spans of each article that something points to."""

    store: Store
    cards: list[Card]
    corpus: Document
    groups: list[Story]
    across: Story  # facts that articles of different groups tell
    palette: Palette
    own: dict[int, list[Difference]] = field(default_factory=dict)  # within one article
    anchors: dict[int, dict[Span, str]] = field(default_factory=lambda: defaultdict(dict))
    by_id: dict[str, int] = field(default_factory=dict)
    others: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # linked to
    told: dict[int, list[Repeat]] = field(default_factory=dict)  # passages others tell too

    def point_at(self, index: int, start: int, end: int, kind: str = "") -> None:
        """Give a span an anchor; a summary's mark stays on what has one."""
        if 0 <= start < end:
            spans = self.anchors[index]
            spans[start, end] = spans.get((start, end), "") or kind

    def story_of(self, index: int) -> int | None:
        """The number of the group that an article belongs to."""
        return self._numbers.get(index)

    def __post_init__(self) -> None:
        self._numbers = {c.index: story.number for story in self.groups for c in story.cards}
        self.by_id = {card.id: card.index for card in reversed(self.cards)}


def survey(
    documents: Iterable[Document], corpus: Document, store: Store, memo: Memo = forgetful
) -> Survey:
    """Read the records into `store` and find out what they share and where they differ."""
    cards = gather(documents, store)
    found = Survey(store, cards, corpus, stories(cards), Story(0, "", []), Palette(cards))
    pairs, read = Pairs(cards, found.groups), lru_cache(KEPT_OPEN)(store.__getitem__)
    for index, document in enumerate(store):
        same = [r for r in repeats_of(document) if _is_same(found, document, r, read)]
        found.told[index] = told(same)
        _point_from(found, index, document)
        pairs.add(index, document, same)
        if own := _differences([index], [document], False, memo):
            found.own[index] = own
    _point_from_corpus(found)
    share_out(pairs.facts(), found.groups, found.across)
    for story in found.groups:
        members = [card.index for card in story.cards if not card.dropped]
        story.differences = _differences(members, map(store.__getitem__, members), True, memo)
    _point_from_groups(found)
    return found


def _differences(
    members: Sequence[int], documents: Iterable[Document], across: bool, memo: Memo
) -> list[Difference]:
    """Where one article, or several of a story, give different values for one thing."""
    texts = [(document.lang, document.text, document) for document in documents]

    def make() -> bytes:
        said = {at: statements(at, document) for at, (_, _, document) in enumerate(texts)}
        return msgspec.json.encode(compare(said, across=across))

    data = memo(key_of("differences", across, [text[:2] for text in texts]), make)
    return [_placed(one, members) for one in msgspec.json.decode(data, type=list[Difference])]


def _placed(difference: Difference, members: Sequence[int]) -> Difference:
    """Name the articles by their places in the report."""
    sides = (
        side._replace(sayings=tuple(s._replace(article=members[s.article]) for s in side.sayings))
        for side in difference.sides
    )
    return difference._replace(sides=tuple(sides))


def _point_from(found: Survey, index: int, document: Document) -> None:
    size = len(document.text)
    for sentence in document.summary:
        if sentence.end <= size:
            found.point_at(index, sentence.start, sentence.end, MARKED)
    for repeat in found.told[index]:
        other = found.by_id.get(repeat.id)
        found.point_at(index, repeat.start, repeat.end)
        if other is not None:
            found.point_at(other, repeat.other_start, repeat.other_end)
            found.others[index].append(other)
    canonical = document.dedup.canonical if document.dedup else None
    kept = None if canonical is None else found.by_id.get(canonical)
    if kept is not None:
        found.others[index].append(kept)


def repeats_of(document: Document) -> list[Repeat]:
    """Return the repeats of an article that lie in its text and are no summary of its own."""
    repeats = document.dedup.repeats if document.dedup else ()
    size = len(document.text)
    return [r for r in repeats if r.kind != "embedded_summary" and 0 <= r.start < r.end <= size]


def _is_same(
    found: Survey, document: Document, repeat: Repeat, read: Callable[[int], Document]
) -> bool:
    """Return whether a repeat and its other passage say the same."""
    index = found.by_id.get(repeat.id)
    if index is None:
        return False
    other = read(index)
    if not 0 <= repeat.other_start < repeat.other_end <= len(other.text):
        return False
    mine = content_of(document, repeat.start, repeat.end)
    return say_same(mine, content_of(other, repeat.other_start, repeat.other_end))


def told(repeats: Sequence[Repeat]) -> list[Repeat]:
    """Return the repeats that are listed as told elsewhere, in the order of the text."""
    alike = [repeat for repeat in repeats if repeat.similarity >= ACROSS_STORIES]
    best = sorted(alike, key=lambda r: (-r.similarity, r.start, r.id, r.other_start))[:MAX_TOLD]
    return sorted(best, key=lambda r: (r.start, r.id, r.other_start))


def _point_from_corpus(found: Survey) -> None:
    for sentence in found.corpus.summary:
        index = found.by_id.get(sentence.id or "")
        if index is not None:
            found.point_at(index, sentence.start, sentence.end, MARKED)


def _point_from_groups(found: Survey) -> None:
    for story in (*found.groups, found.across):
        for fact in story.facts:
            for place in fact.places:
                found.point_at(place.article, place.start, place.end)
    differences = [d for story in found.groups for d in story.differences]
    differences += [d for own in found.own.values() for d in own]
    for difference in differences:
        for side in difference.sides:
            for saying in side.sayings:
                found.point_at(saying.article, saying.start, saying.end)
