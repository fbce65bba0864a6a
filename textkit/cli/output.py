"""Where output goes: standard output, a file that is written whole, or a folder of files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from textkit.cli.formats import ENDING_OF
from textkit.cli.terminal import painted, wants_color
from textkit.errors import OutputError
from textkit.pieces import Output, visible

Write = Callable[[Output], None]


def is_folder(output: str) -> bool:
    """Does -o name a folder: one that is there, or a name that ends in a slash?"""
    return output.endswith(("/", os.sep)) or os.path.isdir(output)


@contextmanager
def to_stdout(color: str) -> Iterator[Write]:
    """Write through at once: styles as colours, where wanted, and text escaped on a terminal."""
    colored, terminal = wants_color(color, sys.stdout), sys.stdout.isatty()
    stream = sys.stdout.buffer

    def write(output: Output) -> None:
        stream.write(as_bytes(output, colored, terminal))
        stream.flush()

    yield write


@contextmanager
def to_file(path: str) -> Iterator[Write]:
    """Write a file that takes the old one's place when the block ends well."""
    from textkit.files import atomic_write

    with atomic_write(path) as stream:
        yield lambda output: _write(stream, output)


def _write(stream: BinaryIO, output: Output) -> None:
    stream.write(as_bytes(output, False, False))


def as_bytes(output: Output, color: bool, terminal: bool) -> bytes:
    """Return output as bytes; see `textkit.cli.terminal.painted`."""
    if not isinstance(output, bytes):
        return painted(output, color, terminal).encode("utf-8", "replace")
    if terminal:
        return visible(output.decode("utf-8", "replace")).encode("utf-8", "replace")
    return output


class Folder:
    """Files below one folder, one for each document, named as its input is below what was named."""

    def __init__(self, folder: str, format: str, roots: list[str]) -> None:
        self._folder = folder
        self._ending = ENDING_OF[format]
        self._roots = [root for root in roots if os.path.isdir(root)]
        self._taken: set[str] = set()

    def path(self, id: str, source: str) -> str:
        """Return the file of a document, which no other one has."""
        from textkit.run.names import file_stem

        inside = self._inside(source)
        names = [os.path.splitext(inside)[0], inside] if inside else [id] if _is_path(id) else []
        for name in names:
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return os.path.join(self._folder, name + self._ending)
        return os.path.join(self._folder, file_stem(id, self._taken) + self._ending)

    def _inside(self, source: str) -> str:
        """The path of an input below the folder that was named; empty for any other."""
        for root in self._roots:
            inside = os.path.relpath(source, root)
            if not inside.startswith(os.pardir) and os.path.isfile(source):
                return inside
        return ""

    def make(self, path: str) -> None:
        """Make the folders that a file lies in. Raises OutputError for a link on the way."""
        parent = os.path.dirname(path)
        os.makedirs(parent, exist_ok=True)
        real = os.path.realpath(self._folder)
        if os.path.commonpath([real, os.path.realpath(parent)]) != real:
            raise OutputError(f"{path}: not written", "a link leads out of the folder")


def _is_path(id: str) -> bool:
    """Is an id a path below a folder, each part of it a safe name?"""
    from textkit.run.names import file_stem

    return all(file_stem(part, set()) == part for part in id.split("/"))
