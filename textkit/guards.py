"""Guards: what goes wrong with one document is reported of that one, and the others go on.

A stage is a function of documents that may meet a text nobody foresaw. News must not be lost over
it: the document is kept as far as it had come, with a warning in its record, and is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from textkit.document import Document
from textkit.errors import ConfigError, InputError, MissingModelError, OutputError, TextkitError

T = TypeVar("T")
OnFailure = Callable[[Document, TextkitError], None]
# These concern the whole command, not one document.
EVERYBODYS = (ConfigError, MissingModelError, OutputError)


def problem_of(error: Exception) -> TextkitError:
    """Return what is told of an error that a document met."""
    if isinstance(error, TextkitError):
        return error
    if isinstance(error, MemoryError):
        return InputError("out of memory", "split the input")
    return InputError(
        f"unforeseen {type(error).__name__}: {error}", "please report it with the text"
    )


def attempt(
    stage: str, function: Callable[[Document], Document], document: Document
) -> tuple[Document, TextkitError | None]:
    """Return `function` of a document; where it fails, the document with a warning, and why.

    Raises what concerns all documents: ConfigError, MissingModelError, OutputError.
    """
    try:
        return function(document), None
    except EVERYBODYS:
        raise
    except Exception as error:
        problem = problem_of(error)
        return with_warning(document, stage, problem), problem


def with_warning(document: Document, stage: str, problem: TextkitError) -> Document:
    """Return the document with a warning that a stage failed on it."""
    warnings = (*document.warnings, f"{stage} failed: {problem}")
    return replace(document, warnings=tuple(dict.fromkeys(warnings)))


def batch_by_batch(
    stage: str,
    function: Callable[[Sequence[T]], Iterable[Document]],
    batch: Sequence[T],
    document_of: Callable[[T], Document],
    on_failure: OnFailure,
) -> Iterator[Document]:
    """Yield `function` of a batch; where it fails, of each item alone.

    An item that fails alone is reported, and its document is yielded with a warning.
    """
    try:
        yield from list(function(batch))
        return
    except EVERYBODYS:
        raise
    except Exception as error:
        if len(batch) == 1:
            yield reported(stage, document_of(batch[0]), error, on_failure)
            return
    for item in batch:
        yield from batch_by_batch(stage, function, [item], document_of, on_failure)


def reported(stage: str, document: Document, error: Exception, on_failure: OnFailure) -> Document:
    """Report a document that a stage failed on; return it with a warning."""
    problem = problem_of(error)
    on_failure(document, problem)
    return with_warning(document, stage, problem)


def all_together(
    stage: str,
    function: Callable[[Sequence[Document]], T],
    alone: Callable[[Document], object],
    documents: Sequence[Document],
    on_failure: OnFailure,
) -> tuple[T, dict[int, Document]]:
    """Return `function` of all documents, and by their places those that had to be left out.

    Where it fails, the documents are left out that `alone` fails on. Raises what `function` raised
    where there is none.
    """
    try:
        return function(documents), {}
    except EVERYBODYS:
        raise
    except Exception:
        left_out: dict[int, Document] = {}
        for index, document in enumerate(documents):
            try:
                alone(document)
            except Exception as error:
                left_out[index] = reported(stage, document, error, on_failure)
        if not left_out:
            raise
        return function([d for index, d in enumerate(documents) if index not in left_out]), left_out


def merged(results: Iterable[Document], left_out: dict[int, Document]) -> Iterator[Document]:
    """Yield results in order, with those that were left out in their places.

    >>> [d.id for d in merged([Document("a", "-", "")], {1: Document("b", "-", "")})]
    ['a', 'b']
    """
    index = 0
    for document in results:
        while index in left_out:
            yield left_out[index]
            index += 1
        yield document
        index += 1
    while index in left_out:
        yield left_out[index]
        index += 1
