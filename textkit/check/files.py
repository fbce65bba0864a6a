"""Which files are checked where git decides."""

from __future__ import annotations

import os
from collections.abc import Iterable

from textkit.check import git
from textkit.errors import ConfigError
from textkit.read.sources import FORMAT_OF


def is_text(path: str) -> bool:
    """Does the name end as a text's does? Source code, tables and settings are no texts.

    >>> is_text("news/a.TXT"), is_text("a.py"), is_text("Makefile")
    (True, False, False)
    """
    return FORMAT_OF.get(os.path.splitext(path)[1].lower()) == "text"


def added_files(
    paths: Iterable[str] | None = None, between: tuple[str, str] | None = None
) -> list[str]:
    """Return the texts of `paths` that the next commit adds; of all here and below without.

    With `between` it is what the second commit has and the first one has not.

    Raises ConfigError outside a git working tree.
    """
    if paths is None:
        return _texts_below(git.added(_top(), between))
    tops: dict[str | None, set[str]] = {}
    found = []
    for path in filter(is_text, paths):
        folder, name = os.path.split(path)
        top = git.toplevel(folder or ".")
        if top is None:
            raise _no_tree(path)
        if top not in tops:
            tops[top] = set(git.added(top, between))
        if os.path.join(os.path.realpath(folder or "."), name) in tops[top]:
            found.append(path)
    return found


def tracked_files() -> list[str]:
    """Return the text files that git tracks here and below. Raises ConfigError outside a tree."""
    return _texts_below(git.tracked_below(_top()))


def _top() -> str:
    top = git.toplevel(".")
    if top is None:
        raise _no_tree(".")
    return top


def _no_tree(path: str) -> ConfigError:
    return ConfigError(f"{path}: not in a git working tree", "name the files to check")


def _texts_below(paths: Iterable[str]) -> list[str]:
    """Of real paths the texts in the current folder, as they are written from here."""
    here = os.path.realpath(".")
    return [
        os.path.relpath(path, here)
        for path in paths
        if path.startswith(here + os.sep) and is_text(path)
    ]
