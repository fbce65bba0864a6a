"""From a plan to tasks: the bytes of each input, read once, in order."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator

from textkit.errors import Failure, InputError
from textkit.read import Source, reason
from textkit.read.sources import Namer, display
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
                yield Task(where, where, Namer().name(source), source.format, data)
        except InputError as error:
            on_failure(Failure(where, error))
        except OSError as error:
            on_failure(Failure(where, InputError(reason(error))))


def _whole(source: Source, max_bytes: int) -> bytes:
    with open(source.path, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise InputError("not a regular file")
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise InputError(f"larger than {max_bytes} bytes", "split it, or raise --max-bytes")
    return data


def _lines(
    source: Source, where: str, max_bytes: int, on_failure: Callable[[Failure], None]
) -> Iterator[Task]:
    stem = os.path.splitext(os.path.basename(where))[0]
    with open(source.path, "rb") as stream:
        number = 0
        while line := stream.readline(max_bytes + 1):
            number += 1
            if len(line) > max_bytes:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(max_bytes)
                problem = InputError(f"line longer than {max_bytes} bytes", "raise --max-bytes")
                on_failure(Failure(f"{where}:{number}", problem))
            elif line.strip():
                yield Task(f"{where}:{number}", where, f"{stem}-{number}", "record", line)
