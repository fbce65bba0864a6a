"""From labelled units to passages: neighbours of one language in a paragraph become one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from textkit.detect.han import WAYS
from textkit.detect.labels import Label
from textkit.detect.languages import HAN
from textkit.detect.options import DetectOptions
from textkit.detect.scoring import posterior
from textkit.detect.units import NO_LANGUAGE, SENTENCE, Unit
from textkit.document import Passage

PARAGRAPH = "paragraph"
SURE = 0.99  # where the script alone decides
_NAMES = {"Hang": "Kore", NO_LANGUAGE: "Zxxx"}


class Finding(NamedTuple):
    """A passage and the probabilities that it was chosen by, the best first."""

    passage: Passage
    scores: tuple[tuple[str, float], ...]


def findings(
    units: Sequence[Unit], labels: Sequence[Label], options: DetectOptions
) -> Iterator[Finding]:
    """Yield the passages in order."""
    sizes: dict[int, tuple[int, int]] = {}
    for unit in units:
        start, _ = sizes.get(unit.block, (unit.start, 0))
        sizes[unit.block] = (start, unit.end)
    pairs = zip(units, labels, strict=True)
    for (block, _), group in groupby(pairs, key=lambda pair: (pair[0].block, pair[1].tag)):
        run = list(group)
        yield _finding([u for u, _ in run], [x for _, x in run], sizes[block], options)


def _finding(
    units: list[Unit], labels: list[Label], block: tuple[int, int], options: DetectOptions
) -> Finding:
    start, end = units[0].start, units[-1].end
    kind = _kind(units, (start, end) == block)
    tag, ranked = labels[0].tag, _ranked(labels)
    letters = sum(unit.letters for unit in units)
    confidence = dict(ranked)[tag]
    reason = _reason(labels)
    others: tuple[str, ...] = ()
    if tag not in ("zxx", "und") and _doubtful(units, labels, letters, confidence, reason, options):
        tag, others = "und", tuple(name for name, _ in ranked[:3])
    script = _script(tag, units[0].family)
    passage = Passage(start, end, tag, script, round(confidence, 4), reason, kind, others)
    return Finding(passage, ranked)


def _ranked(labels: list[Label]) -> tuple[tuple[str, float], ...]:
    """The candidates of a passage with their probabilities, the best first."""
    tags = labels[0].tags
    if len(tags) == 1:
        return ((tags[0], SURE if tags[0] not in ("und", "zxx") else 1.0),)
    total = labels[0].prior + np.sum([x.own for x in labels if x.tags == tags], axis=0)
    chances = posterior(total)
    order = np.argsort(-chances, kind="stable")
    return tuple((tags[at], float(chances[at])) for at in order)


def _reason(labels: list[Label]) -> str:
    reasons = [x.reason for x in labels]
    for reason in ("user", "model", "script"):
        if reason in reasons:
            return reason
    return "context"


def _doubtful(
    units: list[Unit],
    labels: list[Label],
    letters: int,
    confidence: float,
    reason: str,
    options: DetectOptions,
) -> bool:
    if len(labels[0].tags) == 1:
        return False
    if reason == "context":
        return False
    few = letters < options.min_letters and units[0].family != HAN
    return few or confidence < options.min_confidence


def _kind(units: list[Unit], whole: bool) -> str:
    if whole:
        return PARAGRAPH
    kinds = {unit.kind for unit in units}
    return kinds.pop() if len(kinds) == 1 else SENTENCE


def _script(tag: str, family: str) -> str:
    if family == HAN:
        return WAYS.get(tag, HAN)
    return _NAMES.get(family, family)
