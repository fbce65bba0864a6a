"""What a run may read and write: each source once, no run's output, no other run's folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from textkit.errors import InputError, OutputError
from textkit.read import Plan, Source

FOLDERS = ("articles", "summaries", "report", ".textkit", os.path.join(".textkit", "sharded"))
STATE = os.path.join(".textkit", "state.sqlite")


def inputs_of(
    found: Plan, out: str, roots: Iterable[str] = (), on_skip: Callable[[str], None] | None = None
) -> list[Source]:
    """Return the sources, each once, that are no run's output; folders left out go to `on_skip`.

    `roots` are the paths that were named: what lies above them is not looked at. Raises
    OutputError where `out` is one of them, InputError where nothing is left.
    """
    own = os.path.realpath(out)
    named = {os.path.realpath(root) for root in roots}
    if own in named:
        raise OutputError(f"{out}: is the input folder too", "name another output folder")
    outputs = _Outputs(own, named)
    places: dict[str, Source] = {}
    for source in found.sources:
        if not outputs.above(os.path.dirname(os.path.realpath(source.path))):
            places.setdefault(os.path.abspath(source.path), source)
    for folder in sorted(outputs.foreign):
        if on_skip:
            on_skip(os.path.relpath(folder))
    if not places:
        raise InputError(f"{out}: nothing to read but what a run wrote", "name other files")
    return list(places.values())


def check_output(out: str) -> None:
    """Raise OutputError where a run can't write safely, or where one over shards wrote.

    Links in the place of folders and of the state are refused: they lead out of the folder.
    """
    files = (STATE, f"{STATE}-wal", f"{STATE}-shm", os.path.join(".textkit", "lock"))
    for name in (*FOLDERS, *files):
        path = os.path.join(out, name)
        if os.path.islink(path):
            raise OutputError(f"{path}: is a link, which no run makes", "remove it and run again")
        if name in files and os.path.lexists(path) and not os.path.isfile(path):
            raise OutputError(f"{path}: not a regular file", "remove it and run again")


def check_executor(out: str) -> None:
    """Raise OutputError where a run over shards wrote: its files would be left among others."""
    if os.path.isdir(os.path.join(out, ".textkit", "sharded")):
        raise OutputError(f"{out}: holds a run of another executor", "name another folder")


class _Outputs:
    """The output folders of this run and of others, as far up as the named paths."""

    def __init__(self, own: str, roots: set[str]) -> None:
        self._own = own
        self._roots = roots
        self._known: dict[str, bool] = {}
        self.foreign: set[str] = set()  # of other runs

    def above(self, folder: str) -> bool:
        """Is this folder, or one above it, an output folder?"""
        if folder not in self._known:
            above = os.path.dirname(folder)
            further = above != folder and folder not in self._roots
            self._known[folder] = self._is_output(folder) or (further and self.above(above))
        return self._known[folder]

    def _is_output(self, folder: str) -> bool:
        if folder == self._own:
            return True
        marked = os.path.isfile(os.path.join(folder, STATE)) or os.path.isdir(
            os.path.join(folder, ".textkit", "sharded")
        )
        if marked:
            self.foreign.add(folder)
            return True
        return False
