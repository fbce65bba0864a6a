"""From a plan to tasks: the bytes of each input, read once, in order."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import BinaryIO

from textkit.errors import Failure, InputError
from textkit.read import Source, reason
from textkit.read.sources import display, stem_of
from textkit.run.work import Task


def tasks(
    sources: list[Source], max_bytes: int, on_failure: Callable[[Failure], None]
) -> Iterator[Task]:
    """Yield a task for each text and page, and for each line of JSON Lines.

    An input that can't be read goes to `on_failure`; the others go on.
    """
    for source in sources:
        where = display(source.path)
        try:
            if source.format == "jsonl":
                yield from _lines(source, where, max_bytes, on_failure)
            else:
                data = _whole(source, max_bytes)
                yield Task(key_of(source.path), where, where, stem_of(source), source.format, data)
        except InputError as error:
            on_failure(Failure(where, error))
        except OSError as error:
            on_failure(Failure(where, InputError(reason(error))))


def key_of(path: str) -> str:
    """A path as the state keeps it: no two paths alike, also where a name is not UTF-8."""
    return path if display(path) == path else "bytes:" + os.fsencode(path).hex()


def _open(source: Source) -> BinaryIO:
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
    with _open(source) as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise InputError(f"larger than {max_bytes} bytes", "split it, or raise --max-bytes")
    return data


def _lines(
    source: Source, where: str, max_bytes: int, on_failure: Callable[[Failure], None]
) -> Iterator[Task]:
    key, stem = key_of(source.path), stem_of(source)
    with _open(source) as stream:
        number = 0
        while line := stream.readline(max_bytes + 1):
            number += 1
            if len(line) > max_bytes:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(max_bytes)
                problem = InputError(f"line longer than {max_bytes} bytes", "raise --max-bytes")
                on_failure(Failure(f"{where}:{number}", problem))
            elif line.strip():
                place, name = f"{where}:{number}", f"{stem}-{number}"
                yield Task(f"{key}:{number}", place, where, name, "record", line)
