"""The whole pipeline over files and directories, into one output folder.

    OUT/articles/ID.txt    the cleaned, translated text     OUT/articles.jsonl  all records
    OUT/summaries/ID.txt   its summary                      OUT/corpus.md       the corpus summary
    OUT/failures.jsonl     what could not be read, and why  OUT/report.html     all to look at
    OUT/.textkit/          state and lock

A run that ends early, however it ends, is completed by the next one; the result is the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing

import msgspec

from textkit.document import Document, decode
from textkit.errors import OutputError
from textkit.files import remove_parts
from textkit.library import make_callable
from textkit.read import Plan, Source, reason
from textkit.report import report_pages
from textkit.report.memo import Memo
from textkit.run.articles import Tally, stems, write_articles
from textkit.run.corpus import corpus_page
from textkit.run.executors import Executor, InProcess, Processes
from textkit.run.inputs import check_executor, check_output, inputs_of
from textkit.run.lock import locked
from textkit.run.options import RunOptions, base, fingerprint
from textkit.run.outputs import Outputs
from textkit.run.progress import Progress
from textkit.run.shortlist import Entry, decode_outcomes, encode_outcomes, finalists
from textkit.run.stages import finish_all, prepare_all, translate_all
from textkit.run.state import State, translated
from textkit.run.tasks import key_of, tasks
from textkit.summarize import summarize_corpus

__all__ = ["MOST_REPORTED", "Progress", "RunOptions", "Tally", "is_reported", "run"]

MOST_REPORTED = 2000  # articles, unless a report is asked for
FEW = 32  # inputs below which starting worker processes costs more than it saves


def run(
    found: Plan, out: str, options: RunOptions, progress: Progress, force: bool = False
) -> Tally:
    """Run every stage over what was found and bring the files below `out` up to date.

    `force` forgets the records that earlier runs kept.

    Raises OutputError where `out` can't be written or another run holds it.
    """
    if options.executor == "ray":
        from textkit.run.sharded import run_sharded

        check_output(out)
        sources = inputs_of(found, out, progress.roots, progress.skip)
        return _noted(run_sharded(sources, out, options, progress, force), progress)
    folder = os.path.join(out, ".textkit")
    check_output(out)
    check_executor(out)
    sources = inputs_of(found, out, progress.roots, progress.skip)
    try:
        with locked(folder), closing(State(folder)) as state, translated(state.path):
            for name in ("", "articles", "summaries", "report"):
                remove_parts(os.path.join(out, name))
            if force:
                state.forget()
            return _noted(_run(found, sources, out, options, progress, state), progress)
    except OSError as error:
        where = error.filename or out
        raise OutputError(
            f"{where}: {reason(error)}", "mend that and run again; what is done stays done"
        ) from error


def _noted(tally: Tally, progress: Progress) -> Tally:
    """Return the tally, with what was left out among its warnings."""
    tally.warnings += (f"{folder}: left out, another run wrote it" for folder in progress.skipped)
    return tally


def _run(
    found: Plan,
    sources: list[Source],
    out: str,
    options: RunOptions,
    progress: Progress,
    state: State,
) -> Tally:
    inputs = tasks(sources, options.max_bytes, progress.fail, read=options.read)
    if all(source.format != "jsonl" for source in sources):
        progress.inputs = len(sources)
    with _executor(found, options) as executor:
        unlisted = [key_of(source.path) for source in sources if source.problem]
        kept = prepare_all(inputs, state, executor, options, progress, unlisted)
        translate_all(state, options, progress)
        outputs = Outputs(out, state)
        key = _corpus_key(state, options, progress)
        if key == state.meta("corpus") and outputs.intact():
            tally = msgspec.json.decode(state.meta("tally") or "{}", type=Tally)
        else:
            before = len(progress.failures)
            state.set_meta("corpus", "")
            finish_all(state, executor, options, progress)
            tally = _write(state, outputs, executor, options, progress)
            state.set_meta("tally", msgspec.json.encode(tally).decode())
            if len(progress.failures) == before:  # else the next run tries again
                state.set_meta("corpus", key)
    tally.warnings = [
        f"{count} of the articles stay as they were: {folder} can't be listed"
        for folder, count in kept
        if count
    ]
    tally.new, tally.unchanged = progress.new, progress.unchanged
    tally.failed = len(progress.failures)
    return tally


def _executor(found: Plan, options: RunOptions) -> Executor:
    few = len(found.sources) < FEW and all(s.format != "jsonl" for s in found.sources)
    return InProcess() if options.jobs == 1 or few else Processes(options.jobs)


def _corpus_key(state: State, options: RunOptions, progress: Progress) -> str:
    """What the corpus stages depend on: every record's key in order, options and failures."""
    keys = fingerprint(*(part for row in state.rows() for part in (row.id, row.translated_key)))
    failures = [(f.where, str(f.error)) for f in progress.failures]
    return fingerprint(
        base(), keys, options.dedup, options.summarize, options.corpus, options.report, failures
    )


def _write(
    state: State, outputs: Outputs, executor: Executor, options: RunOptions, progress: Progress
) -> Tally:
    tally, entries = write_articles(state, outputs, progress)
    outputs.write(
        "articles.jsonl",
        fingerprint(*(row.finished_key for row in state.rows())),
        lambda: (record for _, record in state.stream("finished")),
    )
    corpus = _corpus(state, entries, executor, options)
    page = corpus_page(corpus, stems(state))
    outputs.write_page("corpus.md", page.encode("utf-8", "replace"))
    if is_reported(options, tally.documents):
        documents = (decode(record) for _, record in state.stream("finished"))
        for name, drawn in report_pages(documents, corpus, memo=_memo(state)):
            outputs.write_page(name, drawn)
    if progress.failures:
        rows = ({"input": f.where, "reason": str(f.error)} for f in progress.failures)
        lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
        outputs.write_page("failures.jsonl", lines)
    outputs.remove_stale()
    state.forget_memo(int(state.meta("run") or 0))
    return tally


def _memo(state: State) -> Memo:
    """What the report remembers, in the state; of another textkit it uses nothing."""
    run = int(state.meta("run") or 0)
    return lambda key, make: state.remember(run, fingerprint(base(), key), make)


def _corpus(
    state: State, entries: Iterable[Entry], executor: Executor, options: RunOptions
) -> Document:
    """Summarise the corpus, or those of many articles that say most."""
    known = decode_outcomes(state.meta("shortlist"))
    numbers, outcomes = finalists(
        entries, lambda number: state.data("cards", number), options.corpus, known, executor
    )
    state.set_meta("shortlist", encode_outcomes(outcomes))
    documents = (decode(state.data("finished", number)) for number in numbers)
    return summarize_corpus(documents, options.corpus)


def is_reported(options: RunOptions, documents: int) -> bool:
    """Is a report made? Unasked, only of as many articles as one may want to look at."""
    return documents <= MOST_REPORTED if options.report is None else options.report


make_callable(__name__)
