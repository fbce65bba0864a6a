"""One run of a command: where input comes from, where output goes, what is said meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from textkit.cli.guard import DONE, FINDINGS, NOTHING_DONE, complain
from textkit.cli.terminal import visible, wants_color
from textkit.errors import Failure, TextkitError

if TYPE_CHECKING:
    from textkit.document import Document
    from textkit.read import Plan


class Session:
    """Reads records, writes results, counts both; made from a command's shared options."""

    def __init__(
        self,
        paths: tuple[str, ...] = (),
        input_format: str = "auto",
        encoding: str | None = None,
        format: str = "auto",
        output: str = "-",
        quiet: bool = False,
        verbose: int = 0,
        color: str = "auto",
    ) -> None:
        self.paths = list(paths)
        self.input_format = input_format
        self.encoding = encoding
        self.format = format
        self.output = output
        self.quiet = quiet
        self.verbose = verbose
        self.color = color
        self.page_options: dict[str, Any] = {}  # more of ReadOptions, where a command has them
        self.ok = 0
        self.failed = 0

    # messages

    def say(self, message: str, hint: str = "") -> None:
        """Print a message to stderr, unless -q."""
        if not self.quiet:
            complain(message, hint)

    def fail(self, failure: Failure) -> None:
        """Report an input that failed, and count it."""
        self.failed += 1
        complain(f"{failure.where}: {failure.error}", failure.error.hint)

    def colored(self) -> bool:
        """Is the output to be coloured?"""
        return self.output == "-" and wants_color(self.color, sys.stdout)

    def finish(self, tally: bool = True) -> None:
        """Print the tally where it says something, and exit with the code of what happened."""
        if tally and ((self.failed and self.ok + self.failed > 1) or self.verbose):
            complain(f"{self.ok} ok, {self.failed} failed")
        code = DONE if not self.failed else FINDINGS if self.ok else NOTHING_DONE
        if code != DONE:
            raise click.exceptions.Exit(code)

    # input

    def plan(self, more: dict[str, str] | None = None) -> Plan:
        """Return what is to be read, files with `more` endings among it.

        Raises UsageError where nothing is named or piped in.
        """
        from textkit.read.sources import check_readable, plan

        if not self.paths:
            if sys.stdin is None or sys.stdin.isatty():
                raise click.UsageError("no input: name a file or a directory, or pipe text in")
            self.paths = ["-"]
        found = plan(self.paths, self.input_format, self.stdin, more or {})
        if found.skipped:
            kinds = ", ".join(f"{n} {ending}" for ending, n in sorted(found.skipped.items()))
            self.say(f"files passed over: {kinds}", "name a file to read it all the same")
        check_readable(found, self.paths)
        return found

    @property
    def stdin(self) -> BinaryIO | None:
        """Standard input as bytes."""
        return None if sys.stdin is None else sys.stdin.buffer

    def documents(self, found: Plan) -> Iterator[Document]:
        """Yield the records of the input, counting them; failures are reported as they come."""
        from textkit.read import ReadOptions, read

        options = ReadOptions(self.input_format, self.encoding, **self.page_options)
        for document in read(found.sources, options, self.fail, self.stdin):
            self.ok += 1
            yield document

    def each(
        self, function: Callable[[Document], Document], documents: Iterable[Document]
    ) -> Iterator[Document]:
        """Yield `function` of each record; one that fails is reported, the others go on."""
        for document in documents:
            try:
                result = function(document)
            except TextkitError as error:
                self.ok -= 1
                self.fail(Failure(document.id, error))
            else:
                yield result

    # output

    def text_wanted(self, found: Plan) -> bool:
        """Text in, text out; records in, records out; -f has the last word."""
        return found.one_text if self.format == "auto" else self.format != "jsonl"

    @contextmanager
    def writer(self, safe: bool = False) -> Iterator[Callable[[bytes], None]]:
        """Open the output; each piece handed to the function is written through at once.

        `safe` says that a terminal may have the pieces as they are: the caller made control
        characters visible, and colours are its own.
        """
        if self.output != "-":
            from textkit.files import atomic_write

            with suppress(_KeepOld), atomic_write(self.output) as stream:
                yield lambda data: _write(stream, data)
                self._check_worth_keeping()
            return
        stdout = sys.stdout.buffer
        if sys.stdout.isatty() and not safe:
            yield lambda data: _write(stdout, _for_terminal(data), flush=True)
        else:
            yield lambda data: _write(stdout, data, flush=True)

    def _check_worth_keeping(self) -> None:
        """Leave the old file where nothing could be done, or where it is an input that failed."""
        if not self.failed:
            return
        if not self.ok:
            raise _KeepOld
        target = os.path.realpath(self.output)
        if any(os.path.realpath(path) == target for path in self.paths):
            complain(f"{self.output}: left as it was", "it is an input, and not all of it was read")
            raise _KeepOld

    def filter(
        self,
        stage: Callable[[Iterable[Document]], Iterator[Document]],
        render: Callable[[Document], str],
        found: Plan | None = None,
    ) -> None:
        """Read, run the stage, write records or rendered text, and finish."""
        from textkit.document import encode

        found = found or self.plan()
        as_text = self.text_wanted(found)
        several = not found.one_text
        with self.writer() as write:
            for document in stage(self.documents(found)):
                if not as_text:
                    write(encode(document))
                else:
                    header = f"==> {document.id} <==\n" if several else ""
                    write((header + render(document)).encode("utf-8", "replace"))
        self.finish()


class _KeepOld(Exception):  # noqa: N818 (no error: it abandons a half-written file)
    """The output is not worth taking the old file's place."""


def _write(stream: BinaryIO, data: bytes, flush: bool = False) -> None:
    stream.write(data)
    if flush:
        stream.flush()


def _for_terminal(data: bytes) -> bytes:
    return visible(data.decode("utf-8", "replace")).encode("utf-8", "replace")


def session(**options: object) -> Session:
    """Make a session from the shared options of a command."""
    return Session(**options)  # type: ignore[arg-type]
