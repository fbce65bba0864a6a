"""TK5xx: is this the text of another file, or mostly so?

Sketches find the few files that may be copies; `textkit.dedup` decides about their full texts.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import NamedTuple

from textkit.check.sketch import Sketch
from textkit.read.sources import display

_SAMPLE_SHARE = 0.15  # of the smaller sketch: less is no candidate
_CANDIDATES = 8  # whose texts are read
_LONGEST = 200  # files looked at for one run; what is in more of them tells nothing


class Match(NamedTuple):
    """Another file and how much this one is like it; the best one is the greatest."""

    exact: bool
    similarity: float
    containment: float
    other: str
    reason: str = ""

    def describe(self) -> str:
        """Say which file, and how similar."""
        other = display(self.other)
        return f"copy of {other}" if self.exact else f"near copy of {other}: {self.reason}"


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
        matches = (self._compare(text, number) for number in candidates)
        return max(filter(None, matches), key=lambda match: match[:3], default=None)

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

    def _compare(self, text: str, number: int) -> Match | None:
        from textkit.dedup.pipeline import compare_texts  # only where something is alike

        path = self._paths[number]
        found = compare_texts(text, self._text_of(path))
        if found is None:
            return None
        reason = (found.reason or "").partition(": ")[2]
        scores = found.similarity or 0.0, found.containment or 0.0
        return Match(False, *scores, path, reason or "the same words")


def _below(found: Sketch, bound: int) -> int:
    """How many hashes of a sketch lie where another one also looked."""
    if bound >= found.bound:
        return len(found.hashes)
    return sum(1 for value in found.hashes if value < bound)
