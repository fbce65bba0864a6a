"""From labelled units to passages: neighbours of one language in a paragraph become one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from textkit.detect.han import WAYS
from textkit.detect.labels import Label
from textkit.detect.languages import HAN
from textkit.detect.options import DetectOptions
from textkit.detect.units import NO_LANGUAGE, PARAGRAPH, SENTENCE, Unit
from textkit.document import Passage

_NAMES = {"Hang": "Kore", NO_LANGUAGE: "Zxxx"}


class Finding(NamedTuple):
    """A passage and the probabilities that it was chosen by."""

    passage: Passage
    tags: tuple[str, ...]
    chances: tuple[float, ...]

    @property
    def scores(self) -> tuple[tuple[str, float], ...]:
        """The probability of each tag, the best first."""
        return tuple(sorted(zip(self.tags, self.chances, strict=True), key=lambda x: -x[1]))


def findings(
    units: Sequence[Unit], labels: Sequence[Label], options: DetectOptions
) -> Iterator[Finding]:
    """Yield the passages in order."""
    spans: dict[int, tuple[int, int]] = {}
    for unit in units:
        start, _ = spans.get(unit.block, (unit.start, 0))
        spans[unit.block] = (start, unit.end)
    at = 0
    while at < len(units):
        end, block, tag = at + 1, units[at].block, labels[at].tag
        while end < len(units) and units[end].block == block and labels[end].tag == tag:
            end += 1
        yield _finding(units[at:end], labels[at:end], spans[block], options)
        at = end


def around(kept: Sequence[Passage], found: Iterable[Finding]) -> list[Finding]:
    """Return passages that stay, and what is found beside them, in order."""
    result = [Finding(passage, (passage.lang,), (1.0,)) for passage in kept]
    for finding in found:
        start, end = finding.passage.start, finding.passage.end
        for passage in kept:
            if start < passage.start < end:
                result.append(_cut(finding, start, passage.start))
            if passage.start < end and passage.end > start:
                start = passage.end
        if start < end:
            result.append(_cut(finding, start, end))
    return sorted(result, key=lambda finding: finding.passage.start)


def _cut(finding: Finding, start: int, end: int) -> Finding:
    return finding._replace(passage=replace(finding.passage, start=start, end=end))


def _finding(
    units: Sequence[Unit], labels: Sequence[Label], block: tuple[int, int], options: DetectOptions
) -> Finding:
    start, end = units[0].start, units[-1].end
    tag, tags, reason = labels[0].tag, labels[0].tags, _reason(labels)
    chances = _chances(units, labels)
    confidence = chances[tags.index(tag)]
    others: tuple[str, ...] = ()
    few = sum(unit.letters for unit in units) < options.min_letters
    shared = len(tags) > 1 and units[0].family != HAN
    if (
        tag == "und"
        or confidence < options.min_confidence
        or (shared and few and reason != "context")
    ):
        best = sorted(zip(chances, tags, strict=True), key=lambda x: -x[0])
        tag, others = "und", tuple(name for _, name in best if name != "und")[:3]
    script = _script(tag, units[0].family)
    kind = _kind(units, (start, end) == block)
    passage = Passage(start, end, tag, script, round(confidence, 4), reason, kind, others)
    return Finding(passage, tags, chances)


def _chances(units: Sequence[Unit], labels: Sequence[Label]) -> tuple[float, ...]:
    """The mean probability of each candidate in the units that have these candidates."""
    if len(labels) == 1:
        return tuple(labels[0].chances.tolist())
    tags = labels[0].tags
    mine = [(u.letters, x.chances) for u, x in zip(units, labels, strict=True) if x.tags == tags]
    weights = np.array([letters for letters, _ in mine], dtype=float)
    if not weights.any():
        weights[:] = 1.0
    chances = weights @ np.array([row for _, row in mine]) / weights.sum()
    return tuple(chances.tolist())


def _reason(labels: Sequence[Label]) -> str:
    reasons = [x.reason for x in labels]
    for reason in ("user", "model", "script"):
        if reason in reasons:
            return reason
    return "context"


def _kind(units: Sequence[Unit], whole: bool) -> str:
    if whole:
        return PARAGRAPH
    kinds = {unit.kind for unit in units}
    return kinds.pop() if len(kinds) == 1 else SENTENCE


def _script(tag: str, family: str) -> str:
    if family == HAN:
        return WAYS.get(tag, HAN)
    return _NAMES.get(family, family)
