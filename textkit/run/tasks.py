"""From a plan to tasks: the bytes of each input, read once, in order."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from textkit.errors import Failure, InputError, TextkitError
from textkit.read import ReadOptions, Source, reason
from textkit.read.packed import read_unpacked, unpacked
from textkit.read.readers import MANY, read_items, settled
from textkit.read.sources import display, stem_of
from textkit.run.work import Task

_PIECE = 1 << 20


@dataclass(frozen=True)
class Span:
    """Part of a file of records: the lines that begin after byte `start`, and not after `end`.

    The first one has the line that begins at byte 0 besides. So spans that follow each other have
    each line once, also where a line is longer than a span, which is then empty.
    """

    start: int = 0
    end: int = sys.maxsize
    before: int = 0  # lines, or rows of a table, that end before `start`


WHOLE = Span()


def tasks(
    sources: list[Source],
    max_bytes: int,
    on_failure: Callable[[Failure], None],
    span: Span = WHOLE,
    read: ReadOptions = ReadOptions(),  # noqa: B008 (frozen)
) -> Iterator[Task]:
    """Yield a task for each text and page, and for each line of JSON Lines within `span`.

    An input that can't be read goes to `on_failure`; the others go on.
    """
    for source in sources:
        where = display(source.path)
        try:
            if source.format == "jsonl":
                yield from _lines(source, max_bytes, on_failure, span)
            else:
                data = _whole(source, max_bytes)
                yield from _of_bytes(data, source, read)
        except TextkitError as error:
            on_failure(Failure(where, error))
        except OSError as error:
            on_failure(Failure(where, InputError(reason(error))))


def _of_bytes(data: bytes, source: Source, options: ReadOptions) -> Iterator[Task]:
    """Yield the task of a text, or one for each of the texts that a file holds."""
    where, key, stem = display(source.path), key_of(source.path), stem_of(source)
    format = settled(data, source.format, options.format)
    if format not in MANY:
        yield Task(key, where, where, stem, format, data)
        return
    for number, fields in enumerate(read_items(data, format, options), 1):
        line = msgspec.json.encode(fields)
        yield Task(
            f"{key}:{number}", f"{where}:{number}", where, f"{stem}-{number}", "record", line
        )


def key_of(path: str) -> str:
    """A path as the state keeps it: no two paths alike, also where a name is not UTF-8."""
    return path if display(path) == path else "bytes:" + os.fsencode(path).hex()


def open_input(source: Source) -> BinaryIO:
    """Open a regular file; a pipe or a device is refused, and never waited for."""
    if source.problem:
        raise InputError(source.problem)
    handle = os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    stream = os.fdopen(handle, "rb")
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return stream
    stream.close()
    raise InputError("not a regular file")


def _whole(source: Source, max_bytes: int) -> bytes:
    with open_input(source) as stream:
        data = read_unpacked(stream, max_bytes)
    if len(data) > max_bytes:
        raise InputError(f"larger than {max_bytes} bytes", "split it, or raise --max-bytes")
    return data


def _lines(
    source: Source, max_bytes: int, on_failure: Callable[[Failure], None], span: Span
) -> Iterator[Task]:
    where, key, stem = display(source.path), key_of(source.path), stem_of(source)
    with open_input(source) as packed:
        stream = unpacked(packed)
        at, number = _enter(stream, span)
        while at <= span.end and (line := stream.readline(max_bytes + 1)):
            at, number = at + len(line), number + 1
            if len(line) > max_bytes:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(max_bytes)
                    at += len(line)
                problem = InputError(f"line longer than {max_bytes} bytes", "raise --max-bytes")
                on_failure(Failure(f"{where}:{number}", problem))
            elif line.strip():
                place, name = f"{where}:{number}", f"{stem}-{number}"
                yield Task(f"{key}:{number}", place, where, name, "record", line)


def _enter(stream: BinaryIO, span: Span) -> tuple[int, int]:
    """Go to the first line of a span; return where that begins, and how many are before it."""
    at = span.start
    if not at:
        return 0, 0
    stream.seek(at)
    while at < span.end and (piece := stream.readline(min(_PIECE, span.end - at))):
        at += len(piece)
        if piece.endswith(b"\n"):
            return at, span.before + 1
    return span.end + 1, 0  # no line begins here
