"""run --watch: rounds of work, one at once and one after each change of the inputs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from time import sleep

PAUSE = 1.0  # seconds between two looks; a change must have rested that long: files come in bursts

Snapshot = dict[str, tuple[int, int]]


def rounds(paths: Iterable[str], output: str, pause: float = PAUSE) -> Iterator[None]:
    """Yield once, and again whenever what lies below the paths has changed and rests.

    Folders are listed anew at each look, so it works on every system and on network drives.
    """
    named = list(paths)
    seen = snapshot(named, output)
    yield
    while True:
        sleep(pause)
        now = snapshot(named, output)
        if now == seen:
            continue
        while (later := _after(pause, named, output)) != now:
            now = later
        seen = now
        yield


def _after(pause: float, paths: Iterable[str], output: str) -> Snapshot:
    sleep(pause)
    return snapshot(paths, output)


def snapshot(paths: Iterable[str], output: str) -> Snapshot:
    """Return size and time of change of each visible file below the paths, but for the output."""
    found: Snapshot = {}
    pending, done = list(paths), {os.path.realpath(output)}  # each real folder once: links loop
    while pending:
        path = pending.pop()
        try:
            status = os.stat(path)
            if os.path.isdir(path):
                if (real := os.path.realpath(path)) not in done:
                    done.add(real)
                    names = (name for name in os.listdir(path) if not name.startswith("."))
                    pending += (os.path.join(path, name) for name in names)
                continue
        except OSError:  # gone between two looks: the next one tells
            continue
        found[path] = status.st_size, status.st_mtime_ns
    return found
