"""Which files are read: lists of paths, and patterns of what to take of a folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, BinaryIO

from textkit.errors import InputError

if TYPE_CHECKING:
    from textkit.read import Plan


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
    plan: Plan, paths: Sequence[str], include: Sequence[str], exclude: Sequence[str]
) -> Plan:
    """Return the plan without what the patterns leave out of folders; a file that was named stays.

    A pattern is matched with the path below the folder that was named, and with each part of it.
    """
    if not include and not exclude:
        return plan
    kept = [s for s in plan.sources if s.path in paths or _wanted(s.path, paths, include, exclude)]
    return replace(plan, sources=kept)


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
