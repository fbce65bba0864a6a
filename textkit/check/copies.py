"""TK5xx: is this the text of another file, or mostly so?

Sketches find the few files that may be copies; their full texts decide. The bounds were chosen on
half of the near-copy development set and confirmed on the other (1,655 pairs of copies): precision
.991 and .994, recall .980 and .979 (`python -m benchmarks.check --docs ... --gold ...`).
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import NamedTuple

from textkit.check.sketch import Sketch, overlap, runs
from textkit.read.sources import display

RESEMBLANCE = 0.15  # shared runs of three words, of all that both have: enough by itself
CONTAINMENT = 0.5  # of those of the shorter one: enough by itself
LEAST_SHARED = 8  # runs: less is a phrase
_SAMPLE_SHARE = 0.15  # of the smaller sketch: less is no candidate
_CANDIDATES = 8  # whose texts are read
_LONGEST = 200  # files looked at for one run; what is in more of them tells nothing


class Match(NamedTuple):
    """Another file and how much this one is like it; the best one is the greatest."""

    exact: bool
    resemblance: float
    containment: float
    other: str

    def describe(self) -> str:
        """Say which file, and how similar."""
        other = display(self.other)
        if self.exact:
            return f"copy of {other}"
        return (
            f"near copy of {other}: {self.resemblance:.0%} of all runs of three words are in "
            f"both, {self.containment:.0%} of the shorter one's"
        )


class Known:
    """Files to compare with, and where their texts are to be had."""

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._paths: list[str] = []
        self._sketches: list[Sketch] = []
        self._holders: defaultdict[int, list[int]] = defaultdict(list)
        self._digests: dict[str, int] = {}

    def add(self, path: str, found: Sketch) -> None:
        """Make a file known; the first of several copies stays the one that is named."""
        if not found.hashes:
            return
        number = len(self._paths)
        self._paths.append(path)
        self._sketches.append(found)
        self._digests.setdefault(found.digest, number)
        for value in found.hashes:
            self._holders[value].append(number)

    def best(self, text: str, found: Sketch) -> Match | None:
        """Return the known file that this text is most like, if it is a copy at all."""
        same = self._digests.get(found.digest)
        if same is not None:
            return Match(True, 1.0, 1.0, self._paths[same])
        candidates = self._candidates(found)
        if not candidates:
            return None
        own = runs(text)
        matches = (self._compare(text, own, number) for number in candidates)
        return max(
            filter(None, matches), key=lambda m: (m.resemblance, m.containment), default=None
        )

    def _candidates(self, found: Sketch) -> list[int]:
        """The files whose samples share most with this one's, best first."""
        shared = Counter(
            number for value in found.hashes for number in self._holders.get(value, ())[:_LONGEST]
        )
        scored = []
        for number, count in shared.items():
            other = self._sketches[number]
            sample = min(_below(found, other.bound), _below(other, found.bound))
            if count >= 2 and count >= _SAMPLE_SHARE * sample:
                scored.append((count / sample, -number))
        return [-number for _, number in heapq.nlargest(_CANDIDATES, scored)]

    def _compare(self, text: str, own: set[int], number: int) -> Match | None:
        from textkit.dedup.story.key_facts import (  # only where something is alike
            anchors,
            other_subject,
        )

        known = self._text_of(self._paths[number])
        other = runs(known)
        if not is_copy(own, other) or other_subject(anchors(text), anchors(known)):
            return None
        return Match(False, *overlap(own, other), self._paths[number])


def is_copy(own: set[int], other: set[int]) -> bool:
    """Do two texts share so many runs of three words that one is mostly the other's text?"""
    resemblance, containment = overlap(own, other)
    enough = resemblance >= RESEMBLANCE or containment >= CONTAINMENT
    return enough and len(own & other) >= LEAST_SHARED


def _below(found: Sketch, bound: int) -> int:
    """How many hashes of a sketch lie where another one also looked."""
    if bound >= found.bound:
        return len(found.hashes)
    return sum(1 for value in found.hashes if value < bound)
