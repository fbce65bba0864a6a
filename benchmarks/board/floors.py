"""Pinned figures: what a change may not fall below by more than chance explains."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.board.figures import Figure

FLOORS = Path(__file__).parents[1] / "floors.json"
Floors = dict[str, dict[str, float | str]]


def load() -> Floors:
    """Return the pinned figures by their keys; none where nothing was pinned."""
    floors: Floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    return floors


def drops(figures: Iterable[Figure], floors: Floors) -> Iterator[str]:
    """Say which figures fell below their floor beyond the noise, or lie on other data."""
    for figure in figures:
        floor = floors.get(figure.key)
        if floor is None:
            continue
        if floor["digest"] != figure.digest:
            yield f"{figure.key}: the data changed since the floor was pinned (--pin --lower)"
        elif -figure.lead_over(float(floor["value"])) > max(figure.noise, float(floor["noise"])):
            yield f"{figure.key}: {figure.value:.2f}, pinned at {floor['value']:.2f}"


def pin(figures: Iterable[Figure], lower: bool) -> list[str]:
    """Raise floors to what was measured, or set them with `lower`; return what was refused."""
    floors, refused = load(), []
    for figure in figures:
        known = floors.get(figure.key)
        same = known is not None and known["digest"] == figure.digest
        if known is None or lower or (same and figure.lead_over(float(known["value"])) >= 0):
            floors[figure.key] = {
                "value": round(figure.value, 3),
                "noise": round(figure.noise, 3),
                "digest": figure.digest,
            }
        else:
            refused.append(figure.key)
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return refused
