"""The stages as functions with defaults, for programs: what `import textkit` offers.

A stage takes any iterable of records and yields records as they are asked for. Options are optional
everywhere. What can't be read or used raises, unless `on_failure` takes it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textkit.clean import CleanOptions
    from textkit.dedup import DedupOptions
    from textkit.detect import DetectOptions
    from textkit.document import Document
    from textkit.errors import Failure
    from textkit.read import ReadOptions
    from textkit.run import RunOptions, Tally
    from textkit.summarize import SummarizeOptions
    from textkit.translate import TranslateOptions

Path = str | os.PathLike[str]


class _Stage(ModuleType):
    """A stage's package that can be called as the stage."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        stage = globals()[self.__name__.rpartition(".")[2]]
        return stage(*arguments, **options)


def make_callable(package: str) -> None:
    """Let a stage's package be called: `textkit.clean(documents)`, `textkit.clean.clean_text`."""
    sys.modules[package].__class__ = _Stage


def _raise(failure: Failure) -> None:
    raise failure.error


def read(
    *paths: Path,
    options: ReadOptions | None = None,
    on_failure: Callable[[Failure], None] = _raise,
) -> Iterator[Document]:
    """Yield the records of files and folders; a folder's files come sorted by path.

    `on_failure` is told of each input that can't be read, and the others go on; without it the
    first one raises a TextkitError.
    """
    from textkit.read import ReadOptions, plan, read

    chosen = options or ReadOptions()
    sources = plan([os.fspath(path) for path in paths], chosen.format).sources
    return read(sources, chosen, on_failure)


def clean(documents: Iterable[Document], options: CleanOptions | None = None) -> Iterator[Document]:
    """Yield the records without residue; every removal is an edit with its rule."""
    from textkit.clean import clean

    return clean(documents, options)


def detect(
    documents: Iterable[Document], options: DetectOptions | None = None
) -> Iterator[Document]:
    """Yield the records with `lang` and `passages`."""
    from textkit.detect import DetectOptions, detect

    return detect(documents, options or DetectOptions())


def translate(
    documents: Iterable[Document], options: TranslateOptions | None = None
) -> Iterator[Document]:
    """Yield the records with their foreign passages translated, where a model is installed."""
    from textkit.translate import TranslateOptions, translate

    return translate(documents, options or TranslateOptions())


def dedup(documents: Iterable[Document], options: DedupOptions | None = None) -> Iterator[Document]:
    """Yield the records with their copies and stories marked; all of them are read first."""
    from textkit.dedup import dedup

    return dedup(documents, options)


def summarize(
    documents: Iterable[Document], options: SummarizeOptions | None = None
) -> Iterator[Document]:
    """Yield the records, each with the sentences that summarise it."""
    from textkit.summarize import SummarizeOptions, summarize

    return summarize(documents, options or SummarizeOptions())


def run(
    *paths: Path,
    output: Path,
    options: RunOptions | None = None,
    on_failure: Callable[[Failure], None] = _raise,
) -> Tally:
    """Run every stage over files and folders and bring the folder `output` up to date.

    Returns the counts of the run. Raises OutputError where `output` can't be written.
    """
    from textkit.read import plan
    from textkit.run import Progress, RunOptions, run

    chosen = options or RunOptions()
    inputs = plan([os.fspath(path) for path in paths], chosen.read.format)
    return run(inputs, os.fspath(output), chosen, Progress(on_failure=on_failure))


def undo(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the records with their source text, and without what was found in the changed one."""
    from textkit.undo import undo_document

    return map(undo_document, documents)
