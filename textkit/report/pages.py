"""One page, or an index and pages of stories and articles where one would be too large."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from markupsafe import Markup

from textkit.report import views
from textkit.report.article import article_key, article_view
from textkit.report.memo import Memo, forgetful
from textkit.report.render import render, resolve, shell
from textkit.report.show import count, shortened
from textkit.report.store import Card, Store
from textkit.report.stories import Story
from textkit.report.survey import Survey

SHELL_BYTES = 60_000  # of a page's style, script and frame, and some to spare
PART_BYTES = 1_000_000  # of articles on one of several pages
MOST_STORIES = 1_000  # listed on the index
ENTRY_BYTES = 700_000  # of titles listed on the index


@dataclass
class Part:
    """One of several pages: which fragments it shows."""

    name: str
    label: str
    fragments: list[int] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    stories: list[int] = field(default_factory=list)
    size: int = 0


def single_page(found: Survey, title: str | None, limit: int) -> str:
    """Return everything as one page; `limit` is in bytes of one article's text."""
    drawn = [_article(found, card, limit) for card in found.cards]
    return _single(found, title, drawn)


def several_pages(
    found: Survey, title: str | None, name: str, page_bytes: int, memo: Memo = forgetful
) -> Iterator[tuple[str, bytes]]:
    """Yield `(name, bytes)`: one page if it stays within `page_bytes`, else an index and parts."""
    limit = max(1000, min(PART_BYTES, page_bytes - SHELL_BYTES) // 2)
    with Store() as drawn:
        for card in found.cards:
            key = article_key(found, card.index, _is_open(found, card), limit)
            draw = partial(_encoded, found, card, limit)
            drawn.add_bytes(memo(key, draw))
        total = sum(drawn.size(n) for n in range(len(drawn)))
        if total <= page_bytes - SHELL_BYTES:
            texts = [Markup(drawn.read(n).decode()) for n in range(len(drawn))]  # noqa: S704
            page = _single(found, title, texts).encode("utf-8", "replace")
            if len(page) <= page_bytes:
                yield name, page
                return
        yield from _parts(found, title, name, drawn, min(PART_BYTES, page_bytes - SHELL_BYTES))


def _is_open(found: Survey, card: Card) -> bool:
    return len(found.cards) <= views.OPEN_TEXTS and not card.dropped


def _article(found: Survey, card: Card, limit: int) -> Markup:
    view = article_view(found, card.index, _is_open(found, card), limit)
    return render("article", **view)


def _encoded(found: Survey, card: Card, limit: int) -> bytes:
    return _article(found, card, limit).encode("utf-8", "replace")


def _first(found: Survey, title: str | None) -> Markup:
    return render("first", **views.first_view(found, title))


def _about_stories(found: Survey) -> str:
    if not found.groups:
        return "No event is told in more than one article."
    together = sum(len(story.cards) for story in found.groups)
    return (
        f"{count(len(found.groups), 'event')} told in more than one article, "
        f"{count(together, 'article')} together."
    )


def _frame(found: Survey, content: Markup, title: str, links: Sequence[tuple[str, str]]) -> Markup:
    made_from = count(len(found.cards), "record")
    return shell(content, title=title, brand="textkit report", links=links, made_from=made_from)


HERE = (("Summary", "#summary"), ("Stories", "#stories"), ("Articles", "#articles"))


def _single(found: Survey, title: str | None, drawn: Sequence[Markup]) -> str:
    content = render(
        "single",
        first=_first(found, title),
        about_stories=_about_stories(found),
        stories=Markup("\n").join(_story(found, story) for story in found.groups),
        **views.overview(found),
        filters=views.filters(found.cards, found.groups),
        listing=Markup("\n").join(drawn),
    )
    page = _frame(found, content, _title(found, title), HERE)
    return resolve(page, lambda _: "")


def _title(found: Survey, title: str | None) -> str:
    return title or f"{count(len(found.cards), 'article')}: textkit report"


def _story(found: Survey, story: Story) -> Markup:
    return render("storypage", s=views.story_view(found, story))


def _parts(
    found: Survey, title: str | None, name: str, drawn: Store, budget: int
) -> Iterator[tuple[str, bytes]]:
    """The index, then pages of stories, then pages of single articles by their titles."""
    stem = os.path.splitext(name)[0]
    pages = [*_story_parts(found, drawn, stem, budget), *_title_parts(found, drawn, stem, budget)]
    place: dict[str, str] = {}
    for part in pages:
        place.update({str(card.index): part.name for card in part.cards})
        for number in part.stories:
            place.setdefault(f"s{number}", part.name)
    index = resolve(_index(found, title, name, pages), partial(_file, place))
    yield name, index.encode("utf-8", "replace")
    for part in pages:
        base = os.path.basename(part.name)
        here = {key: "" if page == part.name else os.path.basename(page)
                for key, page in place.items()}  # fmt: skip
        up = f"../{os.path.basename(name)}"
        links = [(label, up + href) for label, href in HERE]
        page = _frame(found, _part(found, part, drawn), f"{part.label}: {base}", links)
        yield part.name, resolve(page, partial(_file, here)).encode("utf-8", "replace")


def _file(places: Mapping[str, str], key: str) -> str:
    return places.get(key, "")


def _story_parts(found: Survey, drawn: Store, stem: str, budget: int) -> Iterator[Part]:
    """Stories with their articles, in order, packed into pages."""
    part, number = Part(f"{stem}/stories-1.html", ""), 1
    for story in found.groups:
        head = drawn.add_bytes(_story(found, story).encode("utf-8", "replace"))
        for n, fragment in enumerate([head, *(card.index for card in story.cards)]):
            if part.fragments and part.size + drawn.size(fragment) > budget:
                yield _labelled(found, part)
                number += 1
                part = Part(f"{stem}/stories-{number}.html", "")
            part.fragments.append(fragment)
            part.size += drawn.size(fragment)
            if n:
                part.cards.append(story.cards[n - 1])
            if story.number not in part.stories:
                part.stories.append(story.number)
    if part.fragments:
        yield _labelled(found, part)


def _labelled(found: Survey, part: Part) -> Part:
    first, last = part.stories[0], part.stories[-1]
    title = shortened(found.groups[first - 1].title, 70)
    part.label = title if first == last else f"Stories {first:,} to {last:,}"
    return part


def _title_parts(found: Survey, drawn: Store, stem: str, budget: int) -> Iterator[Part]:
    """Articles outside any story by title, packed into pages that name their first and last."""
    alone = [card for card in found.cards if found.story_of(card.index) is None]
    part, number = Part(f"{stem}/articles-1.html", ""), 1
    for card in sorted(alone, key=_title_key):
        size = drawn.size(card.index)
        if part.fragments and part.size + size > budget:
            yield _spanning(part)
            number += 1
            part = Part(f"{stem}/articles-{number}.html", "")
        part.fragments.append(card.index)
        part.cards.append(card)
        part.size += size
    if part.fragments:
        yield _spanning(part)


def _title_key(card: Card) -> tuple[str, int]:
    return card.title.casefold().lstrip("\"'“‘«([ "), card.index


def _spanning(part: Part) -> Part:
    first, last = (_title_key(part.cards[n])[0][:3].title() for n in (0, -1))
    part.label = f"{first} – {last}" if first != last else first
    return part


def _part(found: Survey, part: Part, drawn: Store) -> Markup:
    fragments = (Markup(drawn.read(n).decode()) for n in part.fragments)  # noqa: S704
    return render(
        "part",
        heading=part.label,
        note=count(len(part.cards), "article"),
        filters=views.filters(part.cards, found.groups),
        listing=Markup("\n").join(fragments),
    )


def _index(found: Survey, title: str | None, name: str, pages: Sequence[Part]) -> Markup:
    folder = os.path.basename(os.path.splitext(name)[0])
    entries = _entries(found)
    content = render(
        "index",
        first=_first(found, title),
        about_stories=_about_stories(found),
        **views.overview(found),
        stories=[
            {"href": views.story_link(s.number), "title": shortened(s.title, views.LISTED),
             "note": len(s.cards)}
            for s in found.groups[:MOST_STORIES]
        ],
        more_stories=max(0, len(found.groups) - MOST_STORIES),
        pages=[
            {"href": f"{folder}/{os.path.basename(part.name)}", "label": part.label,
             "note": count(len(part.cards), "article")}
            for part in pages
        ],
        entries=entries,
        filters=views.filters(found.cards, found.groups),
    )  # fmt: skip
    return _frame(found, content, _title(found, title), HERE)


def _entries(found: Survey) -> list[Mapping[str, Any]]:
    """All titles, unless they alone would make the index too large."""
    entries: list[Mapping[str, Any]] = []
    size = 0
    for card in sorted(found.cards, key=_title_key):
        size += 150 + 2 * len(card.title.encode("utf-8", "replace"))
        if size > ENTRY_BYTES:
            return []
        entries.append(
            {
                "index": card.index,
                "title": shortened(card.title, views.LISTED),
                "langs": " ".join(tag for tag, _ in card.languages),
                "story": found.story_of(card.index),
                "warned": bool(card.warnings),
            }
        )
    return entries
