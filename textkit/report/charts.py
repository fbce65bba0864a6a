"""The geometry of the report's drawings; templates make SVG of it.

Colours are classes of the style sheet, so that dark mode and print have their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin, sqrt

from textkit.report.show import count, shortened
from textkit.report.similarity import closest
from textkit.report.store import Card
from textkit.text.calendar import month_name
from textkit.text.dates import day_of

COLORS = 8  # classes c0 to c7
HEAT_LIMIT = 40  # articles; more make a map of groups
MOST_RINGS = 150
MOST_DOTS = 400  # of a timeline, before dots become too many to tell apart


class Palette:
    """A colour class for each language, the most written first; the last one is shared."""

    def __init__(self, cards: Sequence[Card]) -> None:
        found: Counter[str] = Counter()
        for card in cards:
            found.update(dict(card.languages))
        order = sorted(found, key=lambda tag: (-found[tag], tag))
        self._colors = {tag: min(n, COLORS - 1) for n, tag in enumerate(order)}

    def __getitem__(self, tag: str) -> int:
        return self._colors.get(tag, COLORS - 1)


@dataclass(frozen=True)
class Dot:
    """An article on the timeline."""

    index: int
    x: float
    y: float
    r: float
    color: int
    label: str


@dataclass(frozen=True)
class Timeline:
    """Articles over their dates."""

    width: int
    height: int
    base: int
    dots: list[Dot]
    ticks: Sequence[Mapping[str, object]]
    label: str
    undated: int


def timeline(cards: Sequence[Card], palette: Palette, width: int = 300) -> Timeline | None:
    """Return the timeline of the articles that have a date; none where no article has one."""
    dated = [(day, card) for card in cards if (day := day_of(card.date))]
    if not dated:
        return None
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
    span = max(1, (last - first).days)
    radius = 4.0 if len(dated) <= 60 else 2.5
    columns = max(1, int((width - 20) // (2 * radius)))
    piles: Counter[int] = Counter()
    spots: list[tuple[int, int, date, Card]] = []
    for day, card in sorted(dated, key=lambda item: (item[0], item[1].index))[:MOST_DOTS]:
        column = columns // 2 if first == last else round((day - first).days / span * (columns - 1))
        spots.append((column, piles[column], day, card))
        piles[column] += 1
    deepest = max(piles.values())
    base = int(10 + deepest * 2 * radius)
    dots = [
        Dot(
            card.index,
            round(10 + radius + column * 2 * radius, 1),
            round(base - radius - 2 - level * 2 * radius, 1),
            radius,
            palette[card.languages[0][0]],
            f"{day.isoformat()} {shortened(card.title, 90)}",
        )
        for column, level, day, card in spots
    ]
    label = f"{count(len(dated), 'article')} from {first.isoformat()} to {last.isoformat()}"
    ticks = _ticks(first, last, width, dots[0].x)
    return Timeline(width, base + 20, base, dots, ticks, label, len(cards) - len(dated))


def _ticks(first: date, last: date, width: int, only: float) -> Sequence[Mapping[str, object]]:
    if first == last:
        return [{"x": only, "anchor": "middle", "label": _day(first)}]
    return [
        {"x": 10, "anchor": "start", "label": _day(first)},
        {"x": width - 10, "anchor": "end", "label": _day(last)},
    ]


def _day(day: date) -> str:
    return f"{day.day} {month_name(day.month)[:3]} {day.year}"


@dataclass(frozen=True)
class Heat:
    """Similarities of pairs of articles: the lower triangle of a matrix."""

    width: int
    height: int
    left: int
    top: int
    size: int
    rows: Sequence[Mapping[str, object]]
    cells: Sequence[Mapping[str, object]]
    label: str
    caption: str


def heat(cards: Sequence[Card], matrix: Sequence[Sequence[float]]) -> Heat:
    """Return the heat map of up to `HEAT_LIMIT` articles."""
    number = len(cards)
    size = 30 if number <= 12 else 20 if number <= 24 else 14
    left, top = 270, 22
    rows = [
        {
            "index": card.index,
            "label": f"{n + 1}  {shortened(card.title, 42)}",
            "number": n + 1,
            "x": left + n * size + size / 2,
            "y": top + n * size + size / 2 + 3.5,
            "head": n < number - 1,
        }
        for n, card in enumerate(cards)
    ]
    cells = [
        {
            "x": left + b * size + 1,
            "y": top + a * size + 1,
            "shade": _shade(matrix[a][b]),
            "text": f"{matrix[a][b]:.2f}".lstrip("0") if size >= 30 else "",
            "label": f"{cards[a].title} and {cards[b].title}: {matrix[a][b]:.2f}",
        }
        for a in range(number)
        for b in range(a)
    ]
    nearest = "; ".join(
        f"“{shortened(cards[a].title, 40)}” and “{shortened(cards[b].title, 40)}” {s:.2f}"
        for s, a, b in closest(matrix)[:3]
        if s >= 0.1
    )
    caption = "The darker a cell, the more words and figures two articles share (0 to 1)."
    return Heat(
        width=left + number * size,
        height=top + number * size + 4,
        left=left,
        top=top,
        size=size - 2,
        rows=rows,
        cells=cells,
        label=f"Similarity of {number} articles, pair by pair. Closest: {nearest or 'none'}",
        caption=f"{caption} Closest: {nearest}." if nearest else caption,
    )


def _shade(similarity: float) -> int:
    steps = (0.04, 0.08, 0.15, 0.3, 0.5, 0.75)
    return sum(similarity >= step for step in steps)


@dataclass(frozen=True)
class Clusters:
    """Groups of articles, each a ring of dots."""

    width: int
    height: int
    rings: Sequence[Mapping[str, object]]
    label: str
    caption: str


def clusters(
    groups: Sequence[tuple[str, object, Sequence[Card]]], alone: int, palette: Palette
) -> Clusters | None:
    """Return the map of groups, given as `(title, href, articles)`, largest first."""
    if not groups:
        return None
    width, gap = 860, 6.0
    x, y, shelf = 0.0, 0.0, 0.0
    rings: list[Mapping[str, object]] = []
    for title, href, cards in groups[:MOST_RINGS]:
        radius = round(7 + 4.2 * sqrt(len(cards)), 1)
        if x + 2 * radius > width:
            x, y, shelf = 0.0, y + shelf + gap, 0.0
        shelf = max(shelf, 2 * radius)
        ring_x, ring_y = round(x + radius, 1), round(y + radius, 1)
        dots = [
            {**_sunflower(n, ring_x, ring_y), "color": palette[card.languages[0][0]]}
            for n, card in enumerate(cards)
        ]
        label = f"{count(len(cards), 'article')}: {shortened(title, 90)}"
        rings.append(
            {"x": ring_x, "y": ring_y, "r": radius, "dots": dots, "label": label, "href": href}
        )
        x += 2 * radius + gap
    together = sum(len(cards) for _, _, cards in groups)
    caption = (
        f"Each ring is a group of articles that tell one story or copy each other, each dot an "
        f"article: {count(together, 'article')} in {count(len(groups), 'group')}; {alone:,} stand "
        f"alone."
    )
    if len(groups) > MOST_RINGS:
        caption += f" The {MOST_RINGS} largest groups are drawn."
    return Clusters(width, int(y + shelf + 2), rings, caption, caption)


def _sunflower(n: int, x: float, y: float) -> Mapping[str, float]:
    """The place of the n-th dot in a ring, by the golden angle (Vogel 1979)."""
    angle, distance = n * pi * (3 - sqrt(5)), 4.1 * sqrt(n)
    return {"x": round(x + distance * cos(angle), 1), "y": round(y + distance * sin(angle), 1)}


def ribbon(
    runs: Sequence[tuple[int, int, str]], palette: Palette, size: int
) -> list[dict[str, int]]:
    """Return the stretches of an article's languages, in thousandths of its length."""
    parts: list[dict[str, int]] = []
    for start, end, tag in runs:
        x = start * 1000 // max(1, size)
        width = max(4, end * 1000 // max(1, size) - x)
        if parts and parts[-1]["color"] == palette[tag]:
            parts[-1] = {**parts[-1], "width": x + width - parts[-1]["x"]}
        else:
            parts.append({"color": palette[tag], "x": x, "width": width})
    return parts
