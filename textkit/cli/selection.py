"""Which files are read: lists of paths, and patterns of what to take of a folder."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, BinaryIO

from textkit.errors import InputError

if TYPE_CHECKING:
    from textkit.read import Plan

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AGE = re.compile(r"(\d{1,5}) ?(h|d|w|hours?|days?|weeks?)")
_UNITS = {
    "h": "hours", "hour": "hours", "hours": "hours", "d": "days", "day": "days", "days": "days",
    "w": "weeks", "week": "weeks", "weeks": "weeks",
}  # fmt: skip


def listed(file: str, null: bool, stdin: BinaryIO | None) -> list[str]:
    """Return the paths in a file, a line each or ended by NUL; `-` is standard input.

    Raises InputError where it can't be read or names nothing.
    """
    try:
        if file == "-":
            data = stdin.read() if stdin else b""
        else:
            with open(file, "rb") as stream:
                data = stream.read()
    except OSError as error:
        raise InputError(f"{file}: {(error.strerror or str(error)).lower()}") from None
    names = data.split(b"\0") if null else data.splitlines()
    paths = [os.fsdecode(name) for name in names if name]
    if not paths:
        raise InputError(f"--files-from {file}: it names no files")
    return paths


def selected(
    plan: Plan,
    paths: Sequence[str],
    include: Sequence[str],
    exclude: Sequence[str],
    since: float | None = None,
) -> Plan:
    """Return the plan without what the patterns leave out of folders; a file that was named stays.

    A pattern is matched with the path below the folder that was named, and with each part of it.
    Files that were last changed before `since`, a time in seconds, go too.
    """
    kept = plan.sources
    if include or exclude:
        kept = [s for s in kept if s.path in paths or _wanted(s.path, paths, include, exclude)]
    if since is not None:
        kept = [s for s in kept if _changed(s.path) >= since]
    return replace(plan, sources=kept)


def _changed(path: str) -> float:
    """When a file was last changed; what can't be asked is read, to say why."""
    try:
        return math.inf if path == "-" else os.stat(path).st_mtime
    except OSError:
        return math.inf


def time_of(when: str, now: datetime) -> float:
    """Return a point in time in seconds: a date, a day's name or an age. Raises ValueError.

    >>> now = datetime(2024, 3, 6, 15, 30)  # a Wednesday
    >>> [datetime.fromtimestamp(time_of(w, now)).day for w in ("2024-03-01", "monday", "36h", "3d")]
    [1, 4, 5, 3]
    """
    word = when.strip().lower()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if word in _DAYS:
        back = (today.weekday() - _DAYS.index(word)) % 7
        return (today - timedelta(days=back)).timestamp()
    if word in ("today", "yesterday"):
        return (today - timedelta(days=word == "yesterday")).timestamp()
    if age := _AGE.fullmatch(word):
        return (now - timedelta(**{_UNITS[age[2]]: int(age[1])})).timestamp()
    return datetime.fromisoformat(when.strip()).timestamp()


def _wanted(
    path: str, paths: Sequence[str], include: Sequence[str], exclude: Sequence[str]
) -> bool:
    below = [os.path.relpath(path, folder) for folder in paths if os.path.isdir(folder)]
    inside = next((name for name in below if not name.startswith(os.pardir)), path)
    if any(matches(inside, pattern) for pattern in exclude):
        return False
    return not include or any(matches(inside, pattern) for pattern in include)


def matches(path: str, pattern: str) -> bool:
    """Does a path below a folder match a pattern: as a whole, or one of its parts?

    >>> matches("news/a.txt", "*.txt"), matches("news/a.txt", "news"), matches("a.txt", "news/*")
    (True, True, False)
    """
    path, pattern = path.replace(os.sep, "/"), pattern.removesuffix("/")
    if "/" in pattern:
        pattern = pattern.removeprefix("/").replace("**/", "*")
        return fnmatchcase(path, pattern)
    return any(fnmatchcase(part, pattern) for part in path.split("/"))
