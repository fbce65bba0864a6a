"""`textkit run`: the whole pipeline over a directory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.complete import languages
from textkit.cli.guard import complain
from textkit.cli.options import (
    MAX_JOBS,
    fast_option,
    input_options,
    message_options,
    paths_argument,
    selection_options,
)
from textkit.cli.session import Session
from textkit.errors import InputError, TextkitError

if TYPE_CHECKING:
    from textkit.read import Plan
    from textkit.run import RunOptions, Tally
    from textkit.run.preview import Preview


@click.command("run")
@paths_argument
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Write articles, summaries and the corpus page below DIR.",
)
@click.option(
    "--to",
    default="en",
    show_default=True,
    metavar="LANG",
    shell_complete=languages,
    help="Translate into LANG.",
)
@click.option("--no-translate", is_flag=True, help="Leave foreign passages as they are.")
@click.option(
    "--sentences",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="Sentences in an article's summary.",
)
@click.option(
    "--corpus-sentences",
    type=click.IntRange(1),
    default=8,
    show_default=True,
    help="Sentences in the corpus summary.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0, MAX_JOBS),
    default=0,
    metavar="N",
    help="Worker processes; 0 takes all cores, and 1 for a few small files.  [default: 0]",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    default=256 * 1024 * 1024,
    show_default=True,
    metavar="N",
    help="Refuse a text or page that is larger.",
)
@click.option(
    "--executor",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where the work is done; ray writes shards, for corpora that outgrow one machine.",
)
@click.option("--ray-address", metavar="ADDR", help="A Ray cluster that runs already.")
@click.option(
    "--shard-format",
    type=click.Choice(["jsonl", "parquet"]),
    default="jsonl",
    show_default=True,
    help="How ray writes records.",
)
@click.option(
    "--report/--no-report",
    default=None,
    help="Make report.html, or not.  [default: for up to 2000 articles]",
)
@fast_option
@click.option("--force", is_flag=True, help="Forget what earlier runs did.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--watch", is_flag=True, help="Run again whenever the inputs change; Ctrl-C ends it.")
@selection_options
@input_options
@message_options
def command(
    to: str,
    no_translate: bool,
    sentences: int,
    corpus_sentences: int,
    jobs: int,
    fast: bool,
    force: bool,
    dry_run: bool,
    watch: bool,
    output: str,
    max_bytes: int,
    report: bool | None,
    executor: str,
    ray_address: str | None,
    shard_format: str,
    **options: Any,
) -> None:
    """Clean, detect, translate, de-duplicate and summarise all texts below each PATH.

    Only what is new or has changed since the last run is done again. A run that was stopped is
    completed by the next one.
    """
    _check_executor(executor, ray_address, shard_format, bool(dry_run or report))
    if options["modified_since"] is not None:
        raise click.UsageError("--modified-since would drop the rest: run finds what is new itself")

    def work(force: bool) -> None:
        session = Session(**options)
        session.page_options = {"fast": fast}
        plan = session.plan({".parquet": "parquet"} if executor == "ray" else None)
        if any(source.path == "-" for source in plan.sources):
            raise click.UsageError("run reads files and directories, not standard input")
        settings = replace(
            _settings(session, None if no_translate else to, sentences, corpus_sentences, jobs),
            max_bytes=max_bytes,
            report=report,
            executor=executor,
            ray_address=ray_address,
            shard_format=shard_format,
        )
        _check_there(session.paths)
        act = _preview if dry_run else _run
        act(session, plan, output, settings, force)

    if watch:
        _watch(work, options["paths"], output, force)
    else:
        work(force)


def _watch(work: Callable[[bool], None], paths: Sequence[str], output: str, force: bool) -> None:
    """Work now and after each change; what fails is said, and the next change tries again."""
    from textkit.cli.watch import rounds

    if not paths:
        raise click.UsageError("--watch takes the folders to look at")
    for number, _ in enumerate(rounds(paths, output)):
        try:
            work(force and not number)
        except click.exceptions.Exit:  # some inputs failed, which has been said
            pass
        except TextkitError as error:
            complain(str(error), error.hint)
        complain("waiting for changes", "Ctrl-C ends it")


def _check_executor(executor: str, address: str | None, shards: str, only_local: bool) -> None:
    """Refuse options of the other executor."""
    if executor == "local" and (address or shards != "jsonl"):
        raise click.UsageError("--ray-address and --shard-format need --executor ray")
    if executor == "ray" and only_local:
        raise click.UsageError("--dry-run and --report need --executor local")


def _preview(session: Session, found: Plan, output: str, settings: RunOptions, force: bool) -> None:
    from textkit.run import Progress
    from textkit.run.preview import preview

    progress = Progress(on_failure=session.fail, roots=tuple(session.paths))
    _print_preview(preview(found, output, settings, progress, force), session)
    session.finish()


def _run(session: Session, found: Plan, output: str, settings: RunOptions, force: bool) -> None:
    from textkit.run import Progress, is_reported, run

    with _steps(session) as on_step:
        progress = Progress(on_failure=session.fail, on_step=on_step, roots=tuple(session.paths))
        tally = run(found, output, settings, progress, force)
    session.ok = tally.documents
    if not session.quiet:
        _print_tally(tally)
        unasked = settings.executor == "local" and settings.report is None
        if unasked and not is_reported(settings, tally.documents):
            complain("no report of so many articles; --report makes one")
    session.finish(tally=False)


def _check_there(paths: list[str]) -> None:
    """Refuse a missing path: with it, everything below it would count as removed."""
    for path in paths:
        if not os.path.lexists(path):
            raise InputError(f"{path}: no such file or directory", "nothing was changed")


def _settings(
    session: Session,
    to: str | None,
    sentences: int,
    corpus_sentences: int,
    jobs: int,
) -> RunOptions:
    from textkit.cli.translate_command import translate_options
    from textkit.cores import cores
    from textkit.read import ReadOptions
    from textkit.run import RunOptions
    from textkit.summarize import SummarizeOptions

    return RunOptions(
        read=ReadOptions(
            session.input_format,
            session.encoding,
            text_field=session.text_field,
            **session.page_options,
        ),
        translate=None if to is None else translate_options(to=to),
        summarize=SummarizeOptions(sentences=sentences),
        corpus=SummarizeOptions(sentences=corpus_sentences),
        jobs=jobs or cores(),
    )


@contextmanager
def _steps(session: Session) -> Iterator[Callable[[str, int, int | None], None]]:
    """Show progress: a bar on a terminal, lines every ten seconds with -v elsewhere."""
    if not session.quiet and sys.stderr.isatty():
        with _bar() as step:
            yield step
        return
    last = _now()

    def line(stage: str, done: int, of: int | None) -> None:
        nonlocal last
        if session.verbose and _now() - last >= 10:
            last = _now()
            complain(f"{stage}: {done} of {of}" if of else f"{stage}: {done}")

    yield line


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar with the rate of the stage that is at work, and the time that it has left."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate)
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task, shown, began = bar.add_task("start", total=None, rate=""), "start", _now()

        def step(stage: str, done: int, of: int | None) -> None:
            nonlocal shown, began
            if stage != shown:
                bar.reset(task, description=stage, total=of)
                shown, began = stage, _now()
            speed = done / max(_now() - began, 0.001)
            bar.update(task, completed=done, total=of, rate=f"{speed:.0f}/s")

        yield step


def _now() -> float:
    from time import monotonic

    return monotonic()


def _print_preview(found: Preview, session: Session) -> None:
    with session.writer() as write:
        for word, places in (
            ("new", found.new), ("changed", found.changed), ("removed", found.removed)
        ):  # fmt: skip
            for place in places:
                write(f"{word}\t{place}\n".encode("utf-8", "replace"))
    session.ok = len(found.new) + len(found.changed) + found.unchanged
    session.say(
        f"{len(found.new)} new, {len(found.changed)} changed, {found.unchanged} unchanged, "
        f"{len(found.removed)} removed; {found.translated} of the unchanged translated anew"
    )


def _print_tally(tally: Tally) -> None:
    languages = ", ".join(f"{lang} {n}" for lang, n in tally.languages.items())
    stories = _count(tally.stories, "story", "stories")
    more = f", {_count(tally.variants, 'variant')} of a fact kept" if tally.variants else ""
    for line in (
        f"{_count(tally.documents, 'article')} ({languages})" if tally.documents else "no articles",
        f"{tally.new} new or changed, {tally.unchanged} unchanged, {tally.failed} failed",
        f"{tally.edits} edits of cleaning, {tally.translated} translated, {tally.glossed} glossed",
        f"{_count(tally.copies, 'copy', 'copies')} left out{more}, {stories} told more than once",
    ):
        complain(line)
    for warning in tally.warnings:
        complain(warning)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
