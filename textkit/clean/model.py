"""The line model: which of the lines that no rule decides are residue.

A linear model over hashed words and named features; `benchmarks/clean_fit.py` fits it on labelled
lines and sets a threshold for each place. What it is unsure of stays. A title never goes, and the
last copy of a line that may be one neither.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from textkit.clean.bylines import author_of
from textkit.clean.dates import date_among, date_of
from textkit.clean.features import SLOTS, Story, is_candidate, shape, wording
from textkit.clean.section import ABOVE, AFTER, BELOW, BODY, Residue, Section
from textkit.text.tables import rows

UNIT = 64  # weights are whole numbers of 1/64 nat
STRICT = 0.7  # nats that --strict adds to each threshold
CODES = {ABOVE: "TK130", BELOW: "TK131", BODY: "TK132", AFTER: "TK133"}
PLACES = tuple(CODES)

_WHERE = {
    ABOVE: "above the title",
    BELOW: "between the title and the text",
    BODY: "between two paragraphs",
    AFTER: "after the last paragraph",
}
_WHY = {
    "wording": "worded like a link or a label",
    "shape": "shaped like a link or a label",
    "place": "where pages put links and notices",
    "neighbours": "among links and notices",
    "story": "beside the subject of the text",
}


class Weights(NamedTuple):
    """The fitted numbers: of named features per place, of hashed words, and the thresholds."""

    named: dict[str, dict[str, int]]
    words: tuple[int, ...]
    word_unit: float
    thresholds: dict[str, float]


class Score(NamedTuple):
    """The log odds that a line is residue, and the part of each group of features, in nats."""

    total: float
    groups: dict[str, float]


@cache
def weights() -> Weights:
    """Read the fitted model."""
    named: dict[str, dict[str, int]] = {place: _Weights() for place in PLACES}
    thresholds, word_unit = dict[str, float](), 0.0
    for name, *values in rows("textkit.clean", "line_model.tsv"):
        if name == "word unit":
            word_unit = float(values[0])
        elif name.startswith("threshold "):
            thresholds[name.removeprefix("threshold ")] = float(values[0])
        else:
            for place, value in zip(PLACES, values, strict=True):
                named[place][name] = int(value)
    data = zlib.decompress(files("textkit.clean").joinpath("data/line_words.bin").read_bytes())
    words = tuple(byte - 256 if byte > 127 else byte for byte in data)
    if len(words) != SLOTS:
        raise ValueError("line_words.bin does not fit features.SLOTS")
    return Weights(named, words, word_unit, thresholds)


@lru_cache(maxsize=8192)
def _of_line(text: str, prose: bool, place: str) -> tuple[float, float]:
    """Return what the wording and the shape of a line say in a place."""
    model = weights()
    slots, value = wording(text)
    named = model.named[place]
    words = sum(map(model.words.__getitem__, slots)) * value * model.word_unit
    return words, _sum(named, shape(text, prose))


def score(story: Story, index: int) -> tuple[Score, list[str]]:
    """Score a line of a section; also return the names of its features."""
    line, place = story.section.lines[index], story.section.place(index)
    words, form = _of_line(line.text, line.prose, place)
    place_names, near, told = story.place(index), story.neighbours(index), story.story(index)
    groups = {
        "wording": words,
        "shape": form,
        "place": _of_names(place, place_names),
        "neighbours": _of_names(place, near),
        "story": _of_names(place, told),
    }
    total = sum(groups.values()) + weights().named[place]["bias"] / UNIT
    return Score(total, groups), [*shape(line.text, line.prose), *place_names, *near, *told]


@lru_cache(maxsize=8192)
def _of_names(place: str, names: tuple[str, ...]) -> float:
    return _sum(weights().named[place], names)


def _sum(named: dict[str, int], names: Iterable[str]) -> float:
    return sum(map(named.__getitem__, names)) / UNIT


class _Weights(dict[str, int]):
    """Weights by name; a name without one weighs nothing."""

    def __missing__(self, name: str) -> int:
        return 0


def cell_name(section: Section, index: int) -> str:
    """Return the name of the threshold that decides on a line: its place and what follows it."""
    line, place = section.lines[index], section.place(index)
    if line.prose:
        return f"{place} prose"
    follows = index + 1 < len(section.lines) and section.lines[index + 1].prose
    return f"{place} heading" if follows else place


def mark_model(section: Section, facts: Residue, strict: bool = False) -> None:
    """Mark the lines that the model takes for residue."""
    candidates = [i for i in range(len(section.lines)) if is_candidate(section, i)]
    if not candidates:
        return
    story = Story(section)
    going = []
    for index in candidates:
        threshold = weights().thresholds.get(cell_name(section, index))
        if threshold is None:
            continue
        scored, names = score(story, index)
        margin = scored.total - threshold - STRICT * strict
        if margin > 0 and margin > veto_of(names, section.place(index)):
            going.append((index, scored))
    for index, scored in going:  # afterwards: no decision hangs on another one of the model
        _mark(story, index, scored, facts)


def veto_of(names: list[str], place: str) -> float:
    """Return what is added to the threshold where little beside a line confirms it, in nats.

    The names are those of all its features. Set with the sets left out: without vetoes three
    times as many good lines go for the same residue, most of them headings, lists and short
    titles of pages that are no news.
    """
    known = set(names)
    in_head = place in (ABOVE, BELOW)
    lone = ("firm 0" if place == ABOVE else "gone 0") in known
    veto = (1.0 if place == ABOVE else 2.0) * lone
    if in_head and _may_be_title(known):
        veto += 4.0 if known.isdisjoint(("told 1", "no stems")) else 2.0 * (place == BELOW)
    elif place != BODY and not known.isdisjoint(("told 3", "told 4")):
        veto += 1.5 if "told 4" in known else 0.7  # a short title, a topic of the text
    if place == ABOVE and "to title 1" in known:
        veto += 1.5
    if place != ABOVE and "below wide" in known and known.isdisjoint(("words 0", "words 1")):
        veto += 3.0  # the heading of what stands below it
    if known.isdisjoint(("firm 2", "firm 3", "firm 4")):
        veto += 1.0 * ("first" in known) + 1.0 * ("bullet" in known) + 1.5 * ("figures" in known)
    if not known.isdisjoint(("digits 3", "digits 4")) and "clock" not in known:
        veto += 2.0  # a row of a table, a telephone number
    if "mixed 2" in known:
        veto += 0.7
    elif not known.isdisjoint(("mixed 3", "mixed 4")):
        veto += 1.5  # a page of lists and headings
    if lone and {"like before", "like below"} <= known:
        veto += 0.7  # an item of a list
    return veto + 1.0 * ("led in" in known)


def _may_be_title(known: set[str]) -> bool:
    """Has a line four words or more, and is it no date and no byline?"""
    short = ("words 0", "words 1", "words 2", "words 3", "byline", "date")
    return known.isdisjoint(short)


def _mark(story: Story, index: int, scored: Score, facts: Residue) -> None:
    """Mark a line by its place, or by what the tables know of it."""
    line, place = story.section.lines[index], story.section.place(index)
    dated = date_of(line.text) or date_among(line.text)
    if line.verdict:
        rule = line.verdict.rule
    elif author := author_of(line.text):
        rule, facts.author = "TK111", facts.author or author
    elif dated:
        rule, facts.date = "TK112", facts.date or dated[0]
    else:
        rule = CODES[place]
        facts.line_reasons[line.text] = reason(place, scored)
    story.section.rules[index] = facts.rules[line.start] = rule


def reason(place: str, scored: Score) -> str:
    """Say in words why a line goes: its place and the group of features that speaks most.

    >>> reason("after", Score(3.0, {"wording": 1.0, "neighbours": 2.0}))
    'after the last paragraph, among links and notices'
    """
    leading = max(scored.groups, key=lambda group: scored.groups[group])
    return f"{_WHERE[place]}, {_WHY[leading]}"
