"""The report as Markdown: short enough for a pull request or a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textkit.report.differences import Difference
from textkit.report.show import count, first, language, more, shortened, visible
from textkit.report.stories import Story
from textkit.report.survey import Survey
from textkit.report.views import tiles

_SPECIAL = re.compile(r"([\\`*{}\[\]<>#|~&!]|(?<!\w)_|_(?!\w))")  # `_` in a word marks nothing
_MARKER = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
MOST_ARTICLES = 100
MOST_WARNINGS = 5
MOST_SENTENCES = 50  # of one article's summary


def escape(text: str) -> str:
    r"""Return `text` so that Markdown shows it as it is, on one line.

    >>> escape("a*b [c]\n<i>"), escape("- no list")
    ('a\\*b \\[c\\] \\<i\\>', '\\- no list')
    """
    line = _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()))
    return _MARKER.sub(r"\1\\\2", line)


def markdown_page(found: Survey, title: str | None) -> str:
    """Return the page."""
    return "\n".join(_lines(found, title)).rstrip("\n") + "\n"


def _lines(found: Survey, title: str | None) -> Iterator[str]:
    yield f"# {escape(title or 'Report')}\n"
    yield " · ".join(f"**{t['number']}** {t['name'].lower()}" for t in tiles(found)) + "\n"
    for sentence in found.corpus.summary[:MOST_SENTENCES]:
        index = found.by_id.get(sentence.id or "")
        source = f" — *{escape(found.cards[index].title)}*" if index is not None else ""
        mark = f" (from {escape(language(sentence.origin))})" if sentence.origin else ""
        yield f"- {escape(shortened(sentence.text, 500))}{source}{mark}"
    yield from (f"- {line}" for line in more(len(found.corpus.summary), MOST_SENTENCES))
    for warning in first(found.corpus.warnings, MOST_WARNINGS, 500):
        yield f"> {escape(warning)}"
    for story in found.groups:
        yield from _story(found, story)
    yield from _own(found)
    yield from _articles(found)


def _story(found: Survey, story: Story) -> Iterator[str]:
    yield f"\n## Story: {escape(story.title)}\n"
    for card in story.cards[:20]:
        yield f"- {escape(card.title)} ({escape(card.id)})"
    if len(story.cards) > 20:
        yield f"- and {len(story.cards) - 20} more"
    if story.facts:
        yield f"\n{count(len(story.facts) + story.more_facts, 'passage')} told in several of them."
    yield from _differences(found, story.differences)


def _differences(found: Survey, differences: Sequence[Difference]) -> Iterator[str]:
    if not differences:
        return
    yield "\nWhere they differ:\n"
    for difference in differences:
        sides = []
        for side in difference.sides:
            ids = dict.fromkeys(escape(found.cards[s.article].id) for s in side.sayings)
            sides.append(f"**{escape(side.value)}** ({', '.join(ids)})")
        yield f"- {' or '.join(sides)}"


def _own(found: Survey) -> Iterator[str]:
    if not found.own:
        return
    yield "\n## Articles that contradict themselves"
    for index, differences in found.own.items():
        yield f"\n{escape(found.cards[index].title)}"
        yield from list(_differences(found, differences))[1:]


def _articles(found: Survey) -> Iterator[str]:
    yield f"\n## Articles ({len(found.cards)})"
    for card in found.cards[:MOST_ARTICLES]:
        facts = [escape(card.id), escape(card.author or ""), escape(card.date or "")]
        facts += [escape(language(card.lang))] if card.lang else []
        notes = (
            (card.removed, "removed"),
            (card.translated, "translated"),
            (card.glossed, "glossed"),
        )
        facts += [f"{number} {word}" for number, word in notes if number]
        yield f"\n### {escape(card.title)}\n"
        yield " · ".join(fact for fact in facts if fact) + "\n"
        document = found.store[card.index]
        if card.dropped:
            yield f"A copy; kept: {escape(card.canonical or '')}"
        else:
            own = first([s.text for s in document.summary], MOST_SENTENCES, 500)
            yield from (f"- {escape(sentence)}" for sentence in own)
        warnings = first(card.warnings, MOST_WARNINGS, 500)
        yield from (f"\n> {escape(warning)}" for warning in warnings)
    if len(found.cards) > MOST_ARTICLES:
        yield f"\nand {len(found.cards) - MOST_ARTICLES:,} more articles"
