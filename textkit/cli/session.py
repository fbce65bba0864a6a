"""One run of a command: where input comes from, where output goes, what is said meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from textkit.cli.guard import DONE, FINDINGS, NOTHING_DONE, complain
from textkit.cli.options import comma_list
from textkit.cli.output import Write, is_folder, to_file, to_stdout
from textkit.errors import Failure, TextkitError

if TYPE_CHECKING:
    from textkit.cli.writers import View
    from textkit.document import Document
    from textkit.read import Plan


R = TypeVar("R")


class Session:
    """Reads records, writes results, counts both; made from a command's shared options."""

    def __init__(
        self,
        paths: tuple[str, ...] = (),
        files_from: str | None = None,
        null: bool = False,
        include: tuple[str, ...] = (),
        exclude: tuple[str, ...] = (),
        modified_since: float | None = None,
        input_format: str = "auto",
        encoding: str | None = None,
        text_field: str | None = None,
        format: str = "auto",
        fields: str | None = None,
        output: str = "-",
        dry_run: bool = False,
        jobs: int = 1,
        fail_fast: bool = False,
        quiet: bool = False,
        verbose: int = 0,
        color: str = "auto",
    ) -> None:
        self.paths = list(paths)
        self.files_from, self.null = files_from, null
        self.include, self.exclude = include, exclude
        self.since = modified_since
        self.input_format = input_format
        self.encoding = encoding
        self.text_field = text_field
        self.format = format
        self.fields = comma_list(fields)
        self.output = output
        self.dry_run = dry_run
        self.jobs = jobs
        self.fail_fast = fail_fast
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
        """Report an input that failed, and count it; with --fail-fast it is the last one."""
        self.failed += 1
        complain(f"{failure.where}: {failure.error}", failure.error.hint)
        if self.fail_fast:
            raise click.exceptions.Exit(FINDINGS if self.ok else NOTHING_DONE)

    def finish(self, tally: bool = True) -> None:
        """Print the tally where it says something, and exit with the code of what happened."""
        if tally and ((self.failed and self.ok + self.failed > 1) or self.verbose):
            complain(f"{self.ok} ok, {self.failed} failed")
        code = DONE if not self.failed else FINDINGS if self.ok else NOTHING_DONE
        if code != DONE:
            raise click.exceptions.Exit(code)

    # input

    def plan(self, more: dict[str, str] | None = None, tell: bool = True) -> Plan:
        """Return what is to be read, files with `more` endings among it.

        With `tell` it is said which files of folders were passed over.

        Raises UsageError where nothing is named or piped in.
        """
        from textkit.cli.selection import listed, selected
        from textkit.read.sources import check_readable, plan

        if self.files_from is not None:
            self.paths += listed(self.files_from, self.null, self.stdin)
        elif not self.paths:
            if sys.stdin is None or sys.stdin.isatty():
                raise click.UsageError("no input: name a file or a directory, or pipe text in")
            self.paths = ["-"]
        result = plan(self.paths, self.input_format, self.stdin, more or {})
        result = selected(result, self.paths, self.include, self.exclude, self.since)
        if result.skipped and tell:
            kinds = ", ".join(f"{n} {ending}" for ending, n in sorted(result.skipped.items()))
            self.say(f"files passed over: {kinds}", "name a file to read it all the same")
        check_readable(result, self.paths)
        return result

    @property
    def stdin(self) -> BinaryIO | None:
        """Standard input as bytes."""
        return None if sys.stdin is None else sys.stdin.buffer

    def documents(self, plan: Plan, ahead: bool = True) -> Iterator[Document]:
        """Yield the records of the input, counting them; failures are reported as they come.

        With --jobs pages are read by worker processes, `ahead` of what is yielded.
        """
        from textkit.cli.workers import over_pages
        from textkit.read import ReadOptions, read

        options = ReadOptions(
            self.input_format, self.encoding, text_field=self.text_field, **self.page_options
        )
        spread = over_pages(plan.sources, self.jobs) if ahead else map
        for document in read(plan.sources, options, self.fail, self.stdin, spread):
            self.ok += 1
            yield document

    def each(
        self,
        function: Callable[[Document], R],
        documents: Iterable[Document],
        unchanged: Callable[[Document], R] | None = None,
    ) -> Iterator[R]:
        """Yield `function` of each record; one that fails is reported, the others go on.

        One that nobody foresaw goes on as it came, as what `unchanged` makes of it. With --jobs
        the records are spread over worker processes, and come back in their order.
        """
        from textkit.cli.workers import Failed, attempted
        from textkit.guards import with_warning

        for result in attempted(function, documents, self.jobs):
            if not isinstance(result, Failed):
                yield result
                continue
            self.reject(result.document, result.problem)
            if unchanged and result.unforeseen:
                stage = click.get_current_context().info_name or "stage"
                yield unchanged(with_warning(result.document, stage, result.problem))

    def reject(self, document: Document, problem: TextkitError) -> None:
        """Report a record that a stage failed on."""
        self.ok -= 1
        self.fail(Failure(document.id, problem))

    # output

    def format_for(self, plan: Plan | None) -> str:
        """Return the format to write: -f, else by the ending of -o, else text in, text out."""
        from textkit.cli.formats import ENDINGS

        if self.format != "auto":
            return self.format
        by_ending = ENDINGS.get(os.path.splitext(self.output)[1].lower())
        if by_ending and not is_folder(self.output):
            return by_ending
        if is_folder(self.output):
            has_records = plan is not None and any(s.format == "jsonl" for s in plan.sources)
            return "jsonl" if has_records else "text"
        return "text" if plan is not None and plan.one_text else "jsonl"

    @contextmanager
    def writer(self) -> Iterator[Write]:
        """Open the output; what the function is handed is written at once, or to a file, whole.

        Styles become colours where the output takes them; on a terminal control characters of
        the text are shown and not obeyed.
        """
        if self.output == "-":
            with to_stdout(self.color) as write:
                yield write
        elif self.dry_run:
            self.say(f"{self.output}: would be written")
            yield lambda _: None
        elif is_folder(self.output):
            raise click.UsageError(f"{self.output} is a folder: name a file for one output of all")
        else:
            with suppress(_KeepOld), to_file(self.output) as write:
                yield write
                self._check_worth_keeping()

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

    def write(self, items: Iterable[Any], view: View, format: str, several: bool = True) -> None:
        """Write items in a format: to one output, or each to a file below a folder."""
        from textkit.cli.writers import outputs

        written = partial(outputs, view=view, format=format, fields=self._columns(format))
        if self.output != "-" and is_folder(self.output):
            self._write_folder(items, view, lambda item: written([item], several=False), format)
            return
        self._check_terminal(format)
        with self.writer() as write:
            for output in written(items, several=several):
                write(output)

    def _write_folder(
        self, items: Iterable[Any], view: View, written: Callable[[Any], Any], format: str
    ) -> None:
        from textkit.cli.output import Folder

        folder = Folder(self.output, format, self.paths)
        for item in items:
            document = view.document(item)
            path = folder.path(document.id, document.source)
            if self.dry_run:
                self.say(f"{path}: would be written")
                continue
            folder.make(path)
            with to_file(path) as write:
                for output in written(item):
                    write(output)

    def _columns(self, format: str) -> tuple[str, ...]:
        if self.fields and format not in ("csv", "tsv", "md", "parquet"):
            raise click.UsageError(f"--fields goes with csv, tsv, md and parquet, not {format}")
        return self.fields

    def _check_terminal(self, format: str) -> None:
        if format == "parquet" and self.output == "-" and sys.stdout.isatty():
            raise click.UsageError("parquet is nothing for a terminal: name a file with -o")

    def filter(
        self,
        stage: Callable[[Iterable[Document]], Iterable[Any]],
        view: View,
        plan: Plan | None = None,
    ) -> None:
        """Read, run the stage, write records, tables or text, and finish."""
        plan = plan or self.plan()
        items = stage(self.documents(plan))
        self.write(items, view, self.format_for(plan), several=not plan.one_text)
        self.finish()


class _KeepOld(Exception):  # noqa: N818 (no error: it abandons a half-written file)
    """The output is not worth taking the old file's place."""
