"""What a run over shards asks of an engine, and local processes that answer it.

Three calls: `map` and `group_by_key` make data from data, wherever the engine keeps it; `gather`
brings a small result home. `keep` saves it work. Data are rows in batches: columns of equal
length by name. How rows are cut into batches is the engine's business, so no function may depend
on it, nor on the order of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from textkit.errors import TextkitError
from textkit.run.executors import Executor, InProcess, Processes

Batch = dict[str, NDArray[Any]]
Function = Callable[[Batch], Batch]
Data = Any  # whatever the engine keeps rows in; a list of batches is data to every engine

PARTITIONS = 4  # of a local group-by
_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 times the golden ratio (Knuth, 1973)


@dataclass(frozen=True)
class Once:
    """A function that `make(*arguments)` returns; made once in a worker: for what loads models."""

    make: Callable[..., Function]
    arguments: tuple[Any, ...] = ()


class Engine(Protocol):
    """Spreads work over rows, within a `with` block."""

    def __enter__(self) -> Engine: ...

    def __exit__(self, *_: object) -> None: ...

    def map(self, function: Function | Once, data: Data) -> Data:
        """Return `function` of each batch; each batch of a list is a piece of work of its own."""
        ...

    def group_by_key(self, function: Function, data: Data, key: str) -> Data:
        """Return `function` of all rows, where those of one value of `key` come together.

        The key is a column of whole numbers. A call has the rows of many keys, in any order: to
        group them is the function's work, on whole columns.
        """
        ...

    def gather(self, data: Data) -> Batch:
        """Return all rows, here, in any order: for small results."""
        ...

    def keep(self, data: Data) -> Data:
        """Return the data, made: what is read twice is not made twice."""
        ...


class Local:
    """An engine of this machine's processes; data are lists of batches in this process."""

    def __init__(self, jobs: int = 1) -> None:
        self._executor: Executor = InProcess() if jobs == 1 else Processes(jobs)

    def __enter__(self) -> Local:
        self._executor.__enter__()
        return self

    def __exit__(self, *problem: object) -> None:
        self._executor.__exit__(*problem)

    def map(self, function: Function | Once, data: Sequence[Batch]) -> list[Batch]:
        """Return `function` of each batch."""
        if isinstance(function, Once):
            function = function.make(*function.arguments)
        return list(self._executor.map(function, data, _crashed))

    def group_by_key(self, function: Function, data: Sequence[Batch], key: str) -> list[Batch]:
        """Return `function` of each partition of the rows."""
        rows = joined(data)
        if not rows or not len(rows[key]):
            return []
        parts = partitions(rows[key], PARTITIONS)
        return self.map(function, [only(rows, parts == part) for part in np.unique(parts)])

    def gather(self, data: Sequence[Batch]) -> Batch:
        """Return all rows."""
        return joined(data)

    def keep(self, data: Sequence[Batch]) -> Sequence[Batch]:
        """Return the data: they are made already."""
        return data


def _crashed(_: Batch) -> Batch:
    raise TextkitError("worker processes keep dying", "run with --jobs 1")


def partitions(keys: NDArray[Any], count: int) -> NDArray[np.int64]:
    """Return the partition of each key.

    >>> partitions(np.array([7, 7, 8, 9]), 4).tolist()
    [1, 1, 1, 2]
    """
    mixed = (keys.astype(np.uint64) * _ODD) >> np.uint64(33)
    return (mixed % np.uint64(count)).astype(np.int64)


def joined(batches: Sequence[Batch]) -> Batch:
    """Return the rows of all batches as one; nothing where there is none."""
    some = [batch for batch in batches if batch]
    if not some:
        return {}
    return {name: np.concatenate([batch[name] for batch in some]) for name in some[0]}


def only(rows: Batch, which: NDArray[Any]) -> Batch:
    """Return some of the rows, by a mask or by their places."""
    return {name: column[which] for name, column in rows.items()}


def blobs(values: Sequence[bytes]) -> NDArray[Any]:
    """Return a column of bytes: numpy's own would cut zeros off.

    >>> blobs([b"a\\0"]).tolist()
    [b'a\\x00']
    """
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column
