"""What a run may read and write: each source once, no run's output, no other run's folder."""

from __future__ import annotations

import os

from textkit.errors import InputError, OutputError
from textkit.read import Plan, Source


def inputs_of(found: Plan, out: str) -> list[Source]:
    """The sources, each once, that are no run's output. Raises InputError where none is left."""
    own = os.path.realpath(out)
    places: dict[str, Source] = {}
    is_output: dict[str, bool] = {}
    for source in found.sources:
        folder = os.path.dirname(os.path.realpath(source.path))
        if not _is_below_output(folder, own, is_output):
            places.setdefault(os.path.abspath(source.path), source)
    if not places:
        raise InputError(f"{out}: nothing to read but what a run wrote", "name other files")
    return list(places.values())


def check_output(out: str) -> None:
    """Raise OutputError where a run over shards wrote: its files would be left among others."""
    if os.path.isdir(os.path.join(out, ".textkit", "sharded")):
        raise OutputError(f"{out}: holds a run of another executor", "name another folder")


def _is_below_output(folder: str, own: str, known: dict[str, bool]) -> bool:
    """Is this folder, or one above it, the output folder of this run or of another?"""
    if folder not in known:
        above = os.path.dirname(folder)
        known[folder] = (
            folder == own
            or os.path.exists(os.path.join(folder, ".textkit", "state.sqlite"))
            or os.path.exists(os.path.join(folder, ".textkit", "sharded"))
            or (above != folder and _is_below_output(above, own, known))
        )
    return known[folder]
