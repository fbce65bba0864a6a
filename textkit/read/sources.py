"""Where input comes from: files, directories and standard input, in a fixed order."""

from __future__ import annotations

import io
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO

from textkit.errors import InputError
from textkit.read.kinds import FORMAT_OF, LOOK, ending_of, kind_of
from textkit.read.packed import read_unpacked
from textkit.read.readers import MANY, sniffed


@dataclass(frozen=True)
class Source:
    """One input: a path or `-`, and what is in it."""

    path: str
    format: str  # text, html, jsonl, or one of textkit.read.readers
    problem: str = ""  # why it can't be read, where that is known already

    def open(self, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
        """Open the input for reading bytes. Raises OSError or InputError."""
        if self.problem:
            raise InputError(self.problem)
        if self.path == "-":
            return nullcontext(stdin or io.BytesIO())
        return open(self.path, "rb")

    def read(self, stdin: BinaryIO | None) -> bytes:
        """Return all bytes of the input, unpacked. Raises OSError or InputError."""
        with self.open(stdin) as stream:
            return read_unpacked(stream)

    @property
    def several(self) -> bool:
        """May there be several texts in it?"""
        return self.format == "jsonl" or self.format in MANY


@dataclass
class Plan:
    """What is to be read, and what was passed over."""

    sources: list[Source] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)  # by ending, in directories
    one_text: bool = False  # a single text or page was named: text in, text out


def plan(
    paths: Iterable[str],
    format: str = "auto",
    stdin: BinaryIO | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Return what these paths name; a directory's files come sorted by path, without hidden ones.

    `more` are endings, with the formats they stand for, that the caller reads besides.

    Paths that do not exist are in the plan: reading them fails with its reason, the rest goes on.
    """
    result = Plan()
    named = list(paths)
    for path in named:
        if path != "-" and os.path.isdir(path):
            _add_directory(result, path, format, more)
        else:
            own = more.get(os.path.splitext(path)[1].lower())
            result.sources.append(Source(path, own or _format(path, format, stdin)))
    result.one_text = (
        len(named) == 1 == len(result.sources)
        and result.sources[0].path == named[0]
        and not result.sources[0].several
    )
    return result


def _add_directory(result: Plan, directory: str, format: str, more: Mapping[str, str]) -> None:
    for path, problem in _walk(directory):
        ending = os.path.splitext(path)[1].lower()
        known = FORMAT_OF.get(ending_of(path), "")
        if problem:
            result.sources.append(Source(path, "text", problem))
        elif ending in more:
            result.sources.append(Source(path, more[ending]))
        elif known and known != "json":
            result.sources.append(Source(path, known if format == "auto" else format))
        else:
            _add_unknown(result, path, ending, format)


def _add_unknown(result: Plan, path: str, ending: str, format: str) -> None:
    """Add a file whose ending says nothing, if its first bytes do; else count it by its kind."""
    head = _first_bytes(path)
    if found := sniffed(head):
        result.sources.append(Source(path, found if format == "auto" else format))
        return
    kind = kind_of(head)
    name = ending or "no ending"
    result.skipped[f"{name} ({kind.name.partition(' ')[2]})" if kind else name] += 1


def _first_bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read(LOOK)
    except OSError:
        return b""


def _walk(directory: str) -> Iterator[tuple[str, str]]:
    """Yield the visible regular files below a directory, sorted; each real folder once.

    A folder that can't be listed comes with the reason.
    """
    seen: set[str] = set()
    pending = [directory]
    while pending:
        path = pending.pop()
        try:
            mode = os.stat(path).st_mode
        except OSError:  # a dangling link: reading it gives the reason
            yield path, ""
            continue
        if not stat.S_ISDIR(mode):
            if stat.S_ISREG(mode):
                yield path, ""
            continue
        real = os.path.realpath(path)
        if real in seen:
            continue
        seen.add(real)
        try:
            listed = os.listdir(path)
        except OSError as error:
            yield path, (error.strerror or str(error)).lower()
            continue
        names = sorted((n for n in listed if not n.startswith(".")), reverse=True)
        pending += (os.path.join(path, name) for name in names)


def _format(path: str, format: str, stdin: BinaryIO | None) -> str:
    if format != "auto":
        return format
    if path == "-":
        return _sniff(stdin)
    known = FORMAT_OF.get(ending_of(path), "")
    return known or (sniffed(_first_bytes(path)) if _is_file(path) else "") or "text"


def _is_file(path: str) -> bool:
    """Is this a regular file? A pipe must not be opened twice."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _sniff(stdin: BinaryIO | None) -> str:
    """What does the stream start like: records, a page, a text? Nothing is taken from it."""
    peek = getattr(stdin, "peek", None)
    return (sniffed(peek(LOOK)[:LOOK]) if peek else "") or "text"


def display(path: str) -> str:
    """Return a path as text that JSON can carry."""
    return os.fsencode(path).decode("utf-8", "replace")


def stem_of(source: Source) -> str:
    """Return what an input's id is made of: the file's name without its ending."""
    stem = "stdin" if source.path == "-" else os.path.splitext(os.path.basename(source.path))[0]
    return display(stem) or "unnamed"


class Namer:
    """Gives each input an id of its own: its stem, with a number where that is taken."""

    __slots__ = ("_last", "_taken")

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}  # the last number that a wanted name was given

    def name(self, source: Source) -> str:
        """Return the id of a text or page."""
        return self.take(stem_of(source))

    def has(self, name: str) -> bool:
        """Is this id given away already?"""
        return name in self._taken

    def take(self, wanted: str) -> str:
        """Return `wanted`, or the first of `wanted-2`, `wanted-3` ... that is still free."""
        name, number = wanted, self._last.get(wanted, 1)
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._last[wanted] = number
        self._taken.add(name)
        return name


def check_readable(found: Plan, paths: Iterable[str]) -> None:
    """Raise InputError where the paths name nothing to read."""
    if not found.sources:
        where = ", ".join(display(path) for path in paths)
        raise InputError(
            f"{where}: no input files", f"files that end in {' '.join(FORMAT_OF)} are read"
        )
