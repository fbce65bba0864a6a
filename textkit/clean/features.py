"""Features: what the line model knows of a line, in groups that a reason can name.

wording (its words), shape (width, stops, marks), place, neighbours, story (does the text speak
of it?). Wording and shape hang on the line alone and are remembered: a site's lines repeat.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from zlib import crc32

from textkit.clean.bylines import author_of, is_name
from textkit.clean.dates import date_among, date_of
from textkit.clean.page import Line
from textkit.clean.section import AFTER, BODY, Section
from textkit.clean.shape import columns, unspaced_columns
from textkit.text.marks import marks
from textkit.text.scripts import UNSPACED_LETTERS

SLOTS = 1 << 15  # hashed words
MAX_TOKENS = 14  # words of a line that are looked at
NEAR = 3  # lines on each side in which residue counts
MAX_RUN = 12  # lines of a run on each side that are counted
STORY_CHARACTERS = 8_000  # of the story's prose in which a line's words are looked for
MAX_LINE, MAX_SENTENCE = 300, 220  # columns of a line, and of a sentence, that may go
STEM = 5  # letters that stand for a word's stem

_WIDTHS = (3, 6, 10, 15, 20, 30, 40, 60, 80, 120, 160, 220)
_COUNTS = (1, 2, 3, 4, 6, 8, 12, 20)
_FEW = (1, 2, 3, 6, 12)
_UNSPACED = re.compile(f"[{UNSPACED_LETTERS}]")
_TOKEN = re.compile(rf"\d+|[{UNSPACED_LETTERS}]|[^\W\d_][^\W_]*")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)")
_BULLET = re.compile(r"[•‣▪●○■□◆*–—-]\s|\d+[.)]\s")
_LABEL = re.compile(r"[^\s:：]+(?: [^\s:：]+){0,2} ?[:：]\s*\S")
_FIGURES = re.compile(r"[$€£¥₹%]|\d+\s?[-–:]\s?\d+|\d[.,]\d")
_KINDS = {"stop": "stop", "question": "ask", "exclamation": "call", "ellipsis": "cut",
          "comma": "comma"}  # fmt: skip
_ENDS = {mark: name for kind, name in _KINDS.items() for mark in marks(kind).replace("\\", "")} | {
    ":": "colon", "：": "colon", ";": "comma", ")": "bracket", "）": "bracket", "]": "bracket",
    "”": "quote", '"': "quote", "」": "quote", "»": "arrow", ">": "arrow", "→": "arrow",
    "›": "arrow", "|": "bar", "/": "bar",
}  # fmt: skip
_MARKS = {"@": "at", "#": "hash", "|": "bar", "·": "dot", "•": "dot", "»": "arrow", "›": "arrow",
          ">": "arrow", "→": "arrow", "©": "rights", "…": "cut", "!": "call", "！": "call",
          "?": "ask", "？": "ask", "/": "slash", "／": "slash", "{": "brace", "}": "brace",
          "_": "underscore", "&": "and", "+": "plus", "=": "equals", "“": "quote", '"': "quote",
          "「": "quote", "«": "quote", "„": "quote", "(": "bracket", "（": "bracket"}  # fmt: skip


def bucket(value: float, bounds: tuple[int, ...]) -> int:
    """Return the number of bounds that a value exceeds."""
    return bisect_right(bounds, value)


@lru_cache(maxsize=8192)
def wording(text: str) -> tuple[tuple[int, ...], float]:
    """Return the slots of a line's hashed words, and the value that each has."""
    tokens = _TOKEN.findall(text[:240].casefold())
    count = len(tokens)
    if count > MAX_TOKENS:
        tokens = tokens[: MAX_TOKENS - 4] + tokens[-4:]
    words = [f"#{len(token)}" if token.isdigit() else token for token in tokens]
    parts = ["w" + word for word in words]
    parts += ["p" + word[:STEM] for word in words if len(word) > STEM]
    parts += [f"b{a} {b}" for a, b in pairwise(words)]
    if words and _UNSPACED.match(words[0]):
        parts += [f"t{a}{b}{c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    if words:
        parts += ["f" + " ".join(words[:2]), "l" + " ".join(words[-2:])]
    if count <= 5:
        parts.append("x" + " ".join(words))
    slots = tuple(sorted({crc32(part.encode("utf-8", "replace")) % SLOTS for part in parts}))
    return slots, 1 / sqrt(max(4, len(slots)))


@lru_cache(maxsize=8192)
def shape(line: Line | str, prose: bool = False) -> tuple[str, ...]:
    """Return the names of the features of a line's shape."""
    text = line if isinstance(line, str) else line.text
    width, words = columns(text), text.split()
    letters = [char for char in text if char.isalpha()]
    names = [
        f"width {bucket(width, _WIDTHS)}",
        f"words {bucket(len(words) + unspaced_columns(text) / 2, _COUNTS)}",
        f"end {_end(text)}",
        f"start {_start(text)}",
        f"digits {bucket(10 * sum(map(str.isdigit, text)) / len(text), (0, 1, 3, 5))}",
        f"commas {min(3, text.count(',') + text.count('、') + text.count('，'))}",
    ]
    names += {f"has {_MARKS[char]}" for char in set(text) & _MARKS.keys()}
    if len(letters) > 1 and all(map(str.isupper, letters)):
        names.append("capitals")
    capital, half = sum(word[:1].isupper() for word in words), len(text) // 2
    if len(words) > 1 and text[:1].isascii():
        names.append(f"titled {bucket(4 * capital / len(words), (0, 1, 2, 3))}")
    checks = {
        "no letters": not letters, "prose": prose, "clock": bool(_CLOCK.search(text)),
        "bullet": bool(_BULLET.match(text)), "label": bool(_LABEL.match(text)),
        "figures": bool(_FIGURES.search(text)), "address": "://" in text or "www." in text,
        "mail": "@" in text and "." in text[text.find("@") :],
        "halves": len(text) > 8 and text[:half].strip() == text[-half:].strip(),
    }  # fmt: skip
    names += [name for name, holds in checks.items() if holds]
    return tuple(names + _known(text))


def _known(text: str) -> list[str]:
    """What the tables know of a line: a byline, a name, a date."""
    names = []
    if author_of(text):
        names.append("byline")
    elif is_name(text):
        names.append("name")
    if any(map(str.isdigit, text)):
        among = date_among(text)
        if date_of(text):
            names.append("date")
        elif among:
            names.append(f"date and {min(4, among.others)}")
    return names


def _end(text: str) -> str:
    if text.endswith("..."):
        return "cut"
    last = text[-1]
    return _ENDS.get(last) or (
        "digit" if last.isdigit() else "letter" if last.isalpha() else "mark"
    )


def _start(text: str) -> str:
    first = text[0]
    if first.isalpha():
        return "upper" if first.isupper() else "lower" if first.islower() else "uncased"
    return "digit" if first.isdigit() else "quote" if first in "“\"'「«„‘" else "mark"


class Story:
    """What a section's text says, for one line after another."""

    def __init__(self, section: Section) -> None:
        self.section = section
        prose: list[str] = []
        size = 0
        for line in section.lines[section.first : section.last + 1]:
            if line.prose and size < STORY_CHARACTERS:
                prose.append(line.text[:STORY_CHARACTERS])
                size += len(prose[-1])
        self.prose = "\n".join(prose).casefold()
        self.title = "" if section.title is None else section.lines[section.title].text.casefold()
        self.title_width = bucket(columns(self.title), (0, 20, 40, 70, 110))
        inner = section.lines[section.first : section.last + 1]
        short = sum(not line.prose for line in inner)
        self.mixed = bucket(10 * short / max(1, len(inner)), (0, 2, 4, 6))
        self.counts = Counter(line.text for line in section.lines)
        self.paragraphs = sum(line.prose for line in section.lines)
        self.outline = (
            f"paragraphs {bucket(self.paragraphs, (1, 2, 5, 12))}",
            f"head {bucket(section.first, _FEW)}",
            f"tail {bucket(len(section.lines) - 1 - section.last, _FEW)}",
            f"title {self.title_width}",
            f"mixed {self.mixed}",
        )
        self.runs = _runs([line.prose for line in section.lines])
        self.firm = [
            rule is not None or (line.verdict is not None and not line.prose)
            for line, rule in zip(section.lines, section.rules, strict=True)
        ]

    def place(self, index: int) -> tuple[str, ...]:
        """Return the names of the features of a line's place."""
        section, count = self.section, len(self.section.lines)
        place = section.place(index)
        if place == AFTER:
            steps = index - section.last, count - 1 - index
        elif place == BODY:
            steps = 4 * (index - section.first) // (section.last - section.first + 1), 0
        else:
            title = section.title
            steps = section.first - index, -1 if title is None else abs(title - index)
        ends = (index == 0, index == count - 1)
        return _place_names(place, self.outline, *(min(step, 13) for step in steps), *ends)

    def neighbours(self, index: int) -> tuple[str, ...]:
        """Return the names of the features of the lines beside a line."""
        lines = self.section.lines
        above = self._near_above(index)
        first, last = self.runs[index]
        start, end = max(first, index - MAX_RUN), min(last, index + MAX_RUN)
        line = lines[index]
        kind = line.verdict if self.firm[index] else None
        names = _neighbour_names(
            (self._class(index - 1), self._class(index + 1)),
            (above, self._near(index) - above, min(2, self._gone(index))),
            (bucket(end - start, _FEW), index == start, index == end),
        )
        more = []
        if index and _alike(lines[index - 1].text, line.text):
            more.append("like before")
        if index + 1 < len(lines) and _alike(lines[index + 1].text, line.text):
            more.append("like below")
        if index and lines[index - 1].text[-1] in ":：":
            more.append("led in")
        if self.counts[line.text] > 1:
            more.append("again")
        if self.firm[index]:
            more.append(f"known {kind.kind} {kind.where}" if kind else "known")
        return (*names, *more)

    def story(self, index: int) -> tuple[str, ...]:
        """Return the names of the features of how much the text speaks of a line."""
        lines = self.section.lines
        stems = _stems(lines[index].text)
        if not stems:
            return ("no stems",)
        told, near = self._share(stems, self.prose), self._near(index)
        names = [f"told {told}", f"stems {min(4, len(stems))}"]
        names += [f"told {told} of {min(4, len(stems))}", f"told {told} firm {min(3, near)}"]
        if self.title and index != self.section.title:
            names.append(f"in title {self._share(stems, self.title)}")
        if index + 1 < len(lines) and lines[index + 1].prose:
            names.append(f"told below {self._share(stems, lines[index + 1].text[:600].casefold())}")
        if index and lines[index - 1].prose:
            names.append(f"told above {self._share(stems, lines[index - 1].text[:600].casefold())}")
        return tuple(names)

    def _near(self, index: int) -> int:
        """Return how many of the lines near a line are known residue."""
        return sum(self.firm[max(0, index - NEAR) : index + NEAR + 1]) - self.firm[index]

    def _gone(self, index: int) -> int:
        """Return how many of the lines near a line go by a rule."""
        near = self.section.rules[max(0, index - NEAR) : index + NEAR + 1]
        return sum(rule is not None for rule in near)

    def _near_above(self, index: int) -> int:
        return sum(self.firm[max(0, index - NEAR) : index])

    @staticmethod
    def _share(stems: tuple[str, ...], text: str) -> int:
        return bucket(sum(stem in text for stem in stems) / len(stems) * 100, (0, 33, 66, 99))

    def _class(self, index: int) -> str:
        section = self.section
        if not 0 <= index < len(section.lines):
            return "edge"
        if index == section.title:
            return "title"
        line = section.lines[index]
        if section.rules[index]:
            return "residue"
        if line.prose:
            return "prose"
        width = columns(line.text)
        return "narrow" if width <= 20 else "middle" if width <= 60 else "wide"


@lru_cache(maxsize=4096)
def _place_names(
    place: str, outline: tuple[str, ...], one: int, other: int, first: bool, last: bool
) -> tuple[str, ...]:
    """Name the features of a place; what the two steps count hangs on it."""
    names = [*outline]
    if place == AFTER:
        names += [f"after by {bucket(one, _FEW)}", f"to end {bucket(other, _FEW)}"]
    elif place == BODY:
        names.append(f"share {one}")
    else:
        names.append(f"to story {bucket(one, _FEW)}")
        if other >= 0:
            names.append(f"to title {bucket(other, _FEW)}")
    return (*names, *["first"] * first, *["last"] * last)


@lru_cache(maxsize=4096)
def _neighbour_names(
    beside: tuple[str, str], counts: tuple[int, int, int], run: tuple[int, bool, bool]
) -> tuple[str, ...]:
    before, below = beside
    above, under, gone = counts
    length, starts, ends = run
    return (
        f"before {before}",
        f"below {below}",
        f"between {before} {below}",
        f"firm above {above}",
        f"firm below {under}",
        f"firm {min(4, above + under)}",
        f"gone {gone}",
        f"run {length}",
        f"run {'start' if starts else 'end' if ends else 'inside'}",
    )


def _runs(prose: list[bool]) -> list[tuple[int, int]]:
    """Return for each line the first and last line of the run around it without prose.

    >>> _runs([True, False, False, True])
    [(0, 2), (1, 2), (1, 2), (1, 3)]
    """
    starts, ends = list(range(len(prose))), list(range(len(prose)))
    for index in range(1, len(prose)):
        if not prose[index - 1]:
            starts[index] = starts[index - 1]
    for index in range(len(prose) - 2, -1, -1):
        if not prose[index + 1]:
            ends[index] = ends[index + 1]
    return list(zip(starts, ends, strict=True))


@lru_cache(maxsize=8192)
def _stems(text: str) -> tuple[str, ...]:
    """Return what stands for a line's words: their first letters, or pairs of characters."""
    tokens = _TOKEN.findall(text[:200].casefold())
    if any(_UNSPACED.match(token) for token in tokens):
        pairs = pairwise(tokens)
        return tuple(dict.fromkeys(a + b for a, b in pairs if not (a + b).isascii()))[:24]
    return tuple(dict.fromkeys(token[:STEM] for token in tokens if len(token) > 3))[:16]


def _alike(one: str, other: str) -> bool:
    """Have two lines the same width, roughly, and the same start and end?"""
    mine, its = _outline(one), _outline(other)
    return abs(mine[0] - its[0]) <= 1 and mine[1:] == its[1:]


@lru_cache(maxsize=8192)
def _outline(text: str) -> tuple[int, str, str]:
    return bucket(len(text), _WIDTHS), _start(text), _end(text)


def is_candidate(section: Section, index: int) -> bool:
    """May the model take a line out: is it narrow, undecided and not the title?

    A sentence between the story's first and last one is always text.
    """
    line = section.lines[index]
    if section.rules[index] is not None or index == section.title:
        return False
    if line.prose:
        outside = not section.first <= index <= section.last
        return outside and columns(line.text) <= MAX_SENTENCE
    return len(line.text) <= MAX_LINE and columns(line.text) <= MAX_LINE
