"""--jobs: a function of each record, in this process or spread over workers, in input order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textkit.errors import Failure, InputError, TextkitError

if TYPE_CHECKING:
    from textkit.document import Document

R = TypeVar("R")


def attempted(
    function: Callable[[Document], R], documents: Iterable[Document], jobs: int
) -> Iterator[R | Failure]:
    """Yield `function` of each record, or why it failed.

    With `jobs` other than 1 (0 is all cores) the function goes to worker processes, so it must be
    one that can be pickled. A bounded number of records is under way at any time.
    """
    if jobs == 1:
        for document in documents:
            yield attempt(function, document)
        return
    from textkit.cores import cores
    from textkit.run.executors import Processes

    with Processes(jobs or cores()) as workers:
        yield from workers.map(partial(attempt, function), documents, _killed)


def attempt(function: Callable[[Document], R], document: Document) -> R | Failure:
    """Return `function` of a record, or its failure."""
    try:
        return function(document)
    except TextkitError as error:
        return Failure(document.id, error)


def _killed(document: Document) -> Failure:
    error = InputError("a worker process died on this input", "it may need too much memory")
    return Failure(document.id, error)
