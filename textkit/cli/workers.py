"""--jobs: a function of each record, in this process or spread over workers, in input order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from textkit.errors import InputError, TextkitError
from textkit.guards import EVERYBODYS, problem_of

if TYPE_CHECKING:
    from textkit.document import Document

R = TypeVar("R")


class Failed(NamedTuple):
    """A record that a stage failed on."""

    document: Document
    problem: TextkitError
    unforeseen: bool  # rather than a record that the stage refuses


def attempted(
    function: Callable[[Document], R], documents: Iterable[Document], jobs: int
) -> Iterator[R | Failed]:
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


def attempt(function: Callable[[Document], R], document: Document) -> R | Failed:
    """Return `function` of a record, or its failure."""
    try:
        return function(document)
    except EVERYBODYS:
        raise
    except TextkitError as error:
        return Failed(document, error, unforeseen=False)
    except Exception as error:
        return Failed(document, problem_of(error), unforeseen=True)


def _killed(document: Document) -> Failed:
    error = InputError("a worker process died on this input", "it may need too much memory")
    return Failed(document, error, unforeseen=True)
