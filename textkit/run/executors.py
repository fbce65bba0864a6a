"""How work is spread: in this process, or over worker processes. Results come in input order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, Protocol, TypeVar

from textkit.errors import TextkitError

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 8  # items in a row that may kill their worker before it is the workers' fault

CHUNK = 16  # inputs a message to a worker; small, so that memory stays bounded
AHEAD = 4  # chunks in flight a worker


class Executor(Protocol):
    """Spreads a function over items, within a `with` block."""

    def __enter__(self) -> Executor: ...

    def __exit__(self, *_: object) -> None: ...

    def map(
        self, function: Callable[[T], R], items: Iterable[T], on_crash: Callable[[T], R]
    ) -> Iterator[R]:
        """Yield `function(item)` in order; `on_crash(item)` where it killed its worker."""
        ...


class InProcess:
    """Everything in this process, one item at a time."""

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(
        self, function: Callable[[T], R], items: Iterable[T], on_crash: Callable[[T], R]
    ) -> Iterator[R]:
        """Yield `function(item)` for each item."""
        yield from map(function, items)


class Processes:
    """Worker processes; a killed one costs at most the item that killed it."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._crashes = 0  # in a row
        self._alive, self._our_end = _context().Pipe(duplex=False)
        self._pool = self._start(jobs)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._alive.close()
        self._our_end.close()

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            jobs, mp_context=_context(), initializer=_start_worker, initargs=(self._alive,)
        )

    def map(
        self, function: Callable[[T], R], items: Iterable[T], on_crash: Callable[[T], R]
    ) -> Iterator[R]:
        """Yield `function(item)` for each item, in order, with a bounded number in flight."""
        chunks = _chunks(iter(items))
        flying: deque[tuple[list[T], Future[list[R]]]] = deque()
        for chunk in chunks:
            flying.append((chunk, self._submit(function, chunk)))
            if len(flying) > self._jobs * AHEAD:
                yield from self._land(function, flying, on_crash)
        while flying:
            yield from self._land(function, flying, on_crash)

    def _submit(self, function: Callable[[T], R], chunk: list[T]) -> Future[list[R]]:
        with _uninterrupted():
            try:
                return self._pool.submit(_run_chunk, function, chunk)
            except BrokenProcessPool:
                self._restart()
                return self._pool.submit(_run_chunk, function, chunk)

    def _land(
        self,
        function: Callable[[T], R],
        flying: deque[tuple[list[T], Future[list[R]]]],
        on_crash: Callable[[T], R],
    ) -> list[R]:
        """The results of the oldest chunk; after a crash, those in flight start again."""
        chunk, future = flying.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            self._restart()
            results = [self._alone(function, item, on_crash) for item in chunk]
            again = [(c, f if _landed(f) else self._submit(function, c)) for c, f in flying]
            flying.clear()
            flying.extend(again)
            return results

    def _alone(
        self, function: Callable[[T], R], item: T, on_crash: Callable[[T], R], tries: int = 2
    ) -> R:
        """Run one item by itself: a worker may have been killed for another item's sake."""
        for _ in range(tries):
            try:
                result = self._submit(function, [item]).result()[0]
                self._crashes = 0
                return result
            except BrokenProcessPool:
                self._restart()
        self._crashes += 1
        if self._crashes >= PATIENCE:
            raise TextkitError("worker processes keep dying", "run with --jobs 1")
        return on_crash(item)

    def _restart(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start(self._jobs)


def _context() -> multiprocessing.context.BaseContext:
    """Workers forked from a clean process that has loaded everything, where that is possible."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["textkit.run.warm"])
    return context


def _landed(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _chunks(items: Iterator[T]) -> Iterator[list[T]]:
    while chunk := list(islice(items, CHUNK)):
        yield chunk


def _run_chunk(function: Callable[[T], R], chunk: list[T]) -> list[R]:
    return [function(item) for item in chunk]


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let processes that start in this block inherit that Ctrl-C is the parent's business.

    The parent answers it when the block ends: before that, a process may run that nobody knows.
    A blocked signal alone can still reach another thread, which hands it to the main one.
    """
    handler = signal.getsignal(signal.SIGINT)
    main = threading.current_thread() is threading.main_thread()
    if not (main and callable(handler) and hasattr(signal, "pthread_sigmask")):
        yield
        return
    caught: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: caught.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
        if caught:
            handler(signal.SIGINT, None)


def _start_worker(alive: Connection) -> None:
    """Leave Ctrl-C, which reaches the whole process group, to the parent; end when it has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()


def _end_with(alive: Connection) -> None:
    """Wait for the end of a pipe that the parent holds open: a killed run leaves no workers."""
    alive.poll(None)
    os._exit(1)
