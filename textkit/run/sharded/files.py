"""The files of a shard: written whole by the worker that makes them, each with a done marker.

A marker is written after its file and names the key of all that went into it: a run that comes
later takes the file as it is where the key is the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from textkit.document import Document, decode
from textkit.files import atomic_write

HIDDEN = os.path.join(".textkit", "sharded")  # what a run keeps between its steps


class Done(msgspec.Struct):
    """What a worker did: a step of a shard."""

    key: str
    documents: int = 0
    failures: list[tuple[str, str, str]] = []  # where, problem, hint
    size: int = 0  # of the file, in bytes
    counts: dict[str, int] = {}
    again: bool = False  # was it there already?


def path_of(out: str, step: str, name: str, ending: str) -> str:
    """Return where a step's file of a shard lies."""
    return os.path.join(out, HIDDEN, step, name + ending)


def write(path: str, pieces: Iterable[bytes]) -> int:
    """Write a whole file; return its size."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    size = 0
    with atomic_write(path, follow=False) as stream:
        for piece in pieces:
            size += stream.write(piece)
    return size


def finished(marker: str, key: str, path: str | None = None) -> Done | None:
    """Return what was done under this key, if its file is still there as it was written."""
    try:
        with open(marker, "rb") as stream:
            done = msgspec.json.decode(stream.read(), type=Done)
        if done.key != key or (path and os.path.getsize(path) != done.size):
            return None
    except (OSError, msgspec.DecodeError):
        return None
    done.again = True
    return done


def finish(marker: str, done: Done) -> Done:
    """Leave the marker of what was done."""
    write(marker, [msgspec.json.encode(done)])
    return done


def read_json(path: str, kind: Any) -> Any:
    """Return what a file of ours holds."""
    with open(path, "rb") as stream:
        return msgspec.json.decode(stream.read(), type=kind)


def records(path: str) -> Iterator[Document]:
    """Yield the records of a file of ours."""
    with open(path, "rb") as stream:
        for line in stream:
            yield decode(line)
