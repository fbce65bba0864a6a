"""Inputs that kill their worker: an engine starts a lost piece of work again, and again.

A shard under work has a file that counts its attempts. From the third one on, each document is
worked on in a process of its own beside the worker, and the one that kills it is reported.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import tee
from typing import TYPE_CHECKING, TypeVar

from textkit.run.executors import InProcess, Processes
from textkit.run.stages import killed
from textkit.run.work import Outcome

if TYPE_CHECKING:
    from textkit.run.sharded.shards import Shard
    from textkit.run.sharded.steps import Job

T = TypeVar("T")

ALONE = 3  # the attempt that trusts no document


def outcomes(
    function: Callable[[T], Outcome],
    items: Iterable[T],
    job: Job,
    shard: Shard,
    on_crash: Callable[[T], Outcome] = killed,
) -> Iterator[tuple[T, Outcome]]:
    """Yield each item with what `function` made of it, in order."""
    marker = job.path("attempts", shard, "")
    os.makedirs(os.path.dirname(marker), exist_ok=True)
    with open(marker, "ab") as stream:
        stream.write(b".")
        stream.flush()
        attempt = stream.tell()
    first, second = tee(items)
    with InProcess() if attempt < ALONE else Processes(1) as executor:
        yield from zip(first, executor.map(function, second, on_crash), strict=True)
    with suppress(FileNotFoundError):
        os.unlink(marker)
