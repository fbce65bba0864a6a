"""--jobs: a function of each record, in this process or spread over workers, in input order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from textkit.errors import Failure, InputError, TextkitError
from textkit.guards import EVERYBODYS, problem_of

if TYPE_CHECKING:
    from textkit.document import Document
    from textkit.read import Item, Result, Source, Spread

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
    return Failed(document, _killed_worker(), unforeseen=True)


def over_pages(sources: Iterable[Source], jobs: int) -> Spread:
    """Return what maps over worker processes where there are pages, which take long to read."""
    if jobs == 1 or not any(source.format == "html" for source in sources):
        return map
    return partial(_over_workers, jobs)


def _over_workers(
    jobs: int, function: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    from textkit.cores import cores
    from textkit.run.executors import Processes

    with Processes(jobs or cores()) as workers:
        yield from workers.map(function, items, _unread)


def _unread(item: Item) -> Failure:
    where = item.where if isinstance(item, Failure) else item.source
    return Failure(where, _killed_worker())


def _killed_worker() -> InputError:
    return InputError("a worker process died on this input", "it may need too much memory")
