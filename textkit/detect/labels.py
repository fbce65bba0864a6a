"""From units to languages: each script's units form one chain through the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from textkit.detect.chain import best_path
from textkit.detect.languages import HAN, of_script
from textkit.detect.scoring import Matrix, scores
from textkit.detect.units import AT_BLOCK, NO_LANGUAGE, Unit

# What a change of language costs, in nats, by what stands between two units (WITHIN to AT_BLOCK).
SWITCH = (8.0, 6.0, 5.0, 4.0, 4.0)
PRIOR = 1.0  # weight of the log share that a language has in the document
UNSEEN = 0.02  # share of a language that the first pass did not find
NAMES = 0.3  # what the letters of names say about the language that they stand in
LEAST = 4  # letters in a shared script that can say something


class Label(NamedTuple):
    """The language of one unit, and the scores that it was chosen by."""

    tag: str
    tags: tuple[str, ...]  # the candidates
    own: Matrix  # what the unit says for each
    prior: Matrix  # what the document says for each
    reason: str


def label(text: str, units: Sequence[Unit], allowed: frozenset[str] | None) -> list[Label]:
    """Return a label for each unit. `allowed` restricts the languages; `text` has masks blanked."""
    found: dict[int, Label] = {}
    for family in dict.fromkeys(unit.family for unit in units):
        chain = [at for at, unit in enumerate(units) if unit.family == family]
        found.update(zip(chain, _chain(text, units, chain, family, allowed), strict=True))
    labels = [found[at] for at in range(len(units))]
    return [_with_host(units, labels, at) for at in range(len(units))]


_NONE = np.zeros(1)


def _chain(
    text: str, units: Sequence[Unit], chain: list[int], family: str, allowed: frozenset[str] | None
) -> list[Label]:
    if family == NO_LANGUAGE:
        return [Label("zxx", ("zxx",), _NONE, _NONE, "script")] * len(chain)
    tags = _candidates(family, allowed)
    if not tags:
        return [Label("und", ("und",), _NONE, _NONE, "script")] * len(chain)
    if len(tags) == 1:
        reason = "user" if allowed and len(of_script(family)) > 1 else "script"
        return [Label(tags[0], tags, _NONE, _NONE, reason)] * len(chain)
    return _decide([units[at] for at in chain], _costs(units, chain), text, tags, family)


def _candidates(family: str, allowed: frozenset[str] | None) -> tuple[str, ...]:
    tags = of_script(family)
    return tags if allowed is None else tuple(tag for tag in tags if tag in allowed)


def _costs(units: Sequence[Unit], chain: list[int]) -> list[float]:
    """What a change costs before each unit: the strongest break since the one before counts."""
    costs = [0.0]
    for last, here in pairwise(chain):
        if units[here].block != units[last].block:
            costs.append(SWITCH[AT_BLOCK])
        else:
            costs.append(min(SWITCH[units[at].before] for at in range(last + 1, here + 1)))
    return costs


def _decide(
    units: Sequence[Unit], costs: list[float], text: str, tags: tuple[str, ...], family: str
) -> list[Label]:
    own = scores([_letters(text, unit) for unit in units], tags, family)
    weights = np.array([_weight(unit, family) for unit in units])
    if not weights.any():
        weights[:] = 1.0
    weighted = own * weights[:, None]
    path = best_path(weighted, costs)
    prior = _prior(units, path, len(tags))
    path = best_path(weighted + prior * (weights > 0)[:, None], costs)
    return [
        Label(tags[choice], tags, row, prior, _reason(row, choice, family))
        for choice, row in zip(path, weighted, strict=True)
    ]


def _reason(row: Matrix, choice: int, family: str) -> str:
    if row.argmax() != choice or not row.any():
        return "context"
    return "script" if family == HAN else "model"


def _weight(unit: Unit, family: str) -> float:
    """How much a unit's own letters count: none where they are too few, little for names."""
    if family != HAN and unit.letters < LEAST:
        return 0.0
    return 1.0 if unit.prose else NAMES


def _prior(units: Sequence[Unit], path: list[int], size: int) -> Matrix:
    letters = np.zeros(size)
    for unit, choice in zip(units, path, strict=True):
        letters[choice] += unit.letters
    share = letters / max(1.0, letters.sum())
    return np.asarray(PRIOR * np.log(UNSEEN + share))


def _letters(text: str, unit: Unit) -> str:
    """The unit's text without the letters of guests."""
    piece = text[unit.start : unit.end]
    if unit.family != "Latn":
        return _LATIN.sub(" ", piece)
    return piece if piece.isascii() else _FOREIGN.sub(" ", piece)


_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_FOREIGN = re.compile(r"[\u0370-\u1dff\u2c00-\ufaff\ufb1d-\uffef]+")


def _with_host(units: Sequence[Unit], labels: list[Label], at: int) -> Label:
    """Latin names alone in a paragraph of another script belong to its language."""
    unit = units[at]
    if unit.family != "Latn" or unit.prose:
        return labels[at]
    same = [i for i in _neighbours(units, at) if units[i].kind != "inline"]
    if not same or any(units[i].family == "Latn" and units[i].prose for i in same):
        return labels[at]
    others = [i for i in same if units[i].family not in ("Latn", NO_LANGUAGE)]
    if not others:
        return labels[at]
    host = labels[others[0]]
    return host._replace(own=np.zeros(len(host.tags)), reason="context")


def _neighbours(units: Sequence[Unit], at: int) -> list[int]:
    """The units of the same paragraph, the nearest first."""
    found = []
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(units) and units[near].block == units[at].block:
            found.append(near)
            near += step
    return sorted(found, key=lambda near: abs(near - at))
