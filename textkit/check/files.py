"""Which files are checked where git decides."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from textkit.check import git
from textkit.errors import ConfigError
from textkit.read.kinds import FORMAT_OF


def is_text(path: str) -> bool:
    """Does the name end as a text's does? Source code, tables and settings are no texts.

    >>> is_text("news/a.TXT"), is_text("a.py"), is_text("Makefile")
    (True, False, False)
    """
    return FORMAT_OF.get(os.path.splitext(path)[1].lower()) == "text"


class Staged(NamedTuple):
    """A file that the next commit adds, as it is staged: what lies in the folder may be newer."""

    path: str
    top: str  # the working tree
    blob: str


def added_files(
    paths: Iterable[str] | None = None, between: tuple[str, str] | None = None
) -> list[Staged]:
    """Return the texts of `paths` that the next commit adds; of all here and below without.

    With `between` it is what the second commit has and the first one has not.

    Raises ConfigError outside a git working tree.
    """
    if paths is None:
        top = _top()
        new = git.added(top, between)
        real = {path: os.path.join(os.path.realpath("."), path) for path in _texts_below(new)}
        return [Staged(path, top, new[real[path]]) for path in real]
    return list(_staged(filter(is_text, paths), between))


def _staged(paths: Iterable[str], between: tuple[str, str] | None) -> Iterator[Staged]:
    """Yield those of the paths that the next commit of their working tree adds."""
    trees: dict[str, dict[str, str]] = {}
    for path in paths:
        folder, name = os.path.split(path)
        top = git.toplevel(folder or ".")
        if top is None:
            raise _no_tree(path)
        if top not in trees:
            trees[top] = git.added(top, between)
        blob = trees[top].get(os.path.join(os.path.realpath(folder or "."), name))
        if blob:
            yield Staged(path, top, blob)


@contextmanager
def staged_reader(files: Iterable[Staged]) -> Iterator[Callable[[str], bytes]]:
    """Yield a function that returns the staged content of a file by its path."""
    known = {file.path: file for file in files}
    with ExitStack() as stack:
        readers = {
            top: stack.enter_context(git.blob_reader(top))
            for top in {file.top for file in known.values()}
        }
        yield lambda path: readers[known[path].top](known[path].blob)


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
