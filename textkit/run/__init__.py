"""The whole pipeline over files and directories, into one output folder.

    OUT/articles/ID.txt    the cleaned, translated text     OUT/articles.jsonl  all records
    OUT/summaries/ID.txt   its summary                      OUT/corpus.md       the corpus summary
    OUT/failures.jsonl     what could not be read, and why  OUT/report.html     all to look at
    OUT/.textkit/          state and lock

A run that ends early, however it ends, is completed by the next one; the result is the same.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from urllib.parse import quote

import msgspec

from textkit.document import Document, decode, encode
from textkit.errors import InputError, OutputError
from textkit.files import remove_parts
from textkit.read import Plan, Source, reason
from textkit.report import report_pages
from textkit.run.corpus import corpus_page
from textkit.run.executors import Executor, InProcess, Processes
from textkit.run.lock import locked
from textkit.run.options import RunOptions, fingerprint, translation_fingerprint
from textkit.run.outputs import Outputs, article_text, stems
from textkit.run.stages import Progress, finish_all, prepare_all, translate_all
from textkit.run.state import State, translated
from textkit.run.tasks import tasks
from textkit.summarize import summarize_corpus

__all__ = ["Preview", "Progress", "RunOptions", "Tally", "preview", "run"]

FEW = 32  # inputs below which starting worker processes costs more than it saves


@dataclass
class Tally:
    """What a run found, for the closing table."""

    documents: int = 0
    new: int = 0
    unchanged: int = 0
    failed: int = 0
    edits: int = 0  # of cleaning
    translated: int = 0  # passages
    glossed: int = 0
    copies: int = 0
    stories: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)  # of the whole, such as keys cut short


def run(
    found: Plan, out: str, options: RunOptions, progress: Progress, force: bool = False
) -> Tally:
    """Run every stage over what was found and bring the files below `out` up to date.

    `force` forgets the records that earlier runs kept.

    Raises OutputError where `out` can't be written or another run holds it.
    """
    if options.executor == "ray":
        from textkit.run.sharded import run_sharded

        return run_sharded(_outside(found, out), out, options, progress, force)
    folder = os.path.join(out, ".textkit")
    try:
        with locked(folder), closing(State(folder)) as state, translated(state.path):
            for name in ("", "articles", "summaries", "report"):
                remove_parts(os.path.join(out, name))
            if force:
                state.forget()
            return _run(found, out, options, progress, state)
    except OSError as error:
        where = error.filename or out
        raise OutputError(
            f"{where}: {reason(error)}", "mend that and run again; what is done stays done"
        ) from error


def _run(found: Plan, out: str, options: RunOptions, progress: Progress, state: State) -> Tally:
    base = version("textkit")
    inputs = tasks(_outside(found, out), options.max_bytes, progress.fail)
    with _executor(found, options) as executor:
        prepare_all(inputs, state, executor, options, base, progress)
        translate_all(state, options, progress)
        outputs = Outputs(out, state)
        key = _corpus_key(state, options, progress, base)
        if key == state.meta("corpus") and outputs.intact():
            tally = msgspec.json.decode(state.meta("tally") or "{}", type=Tally)
        else:
            before = len(progress.failures)
            state.set_meta("corpus", "")
            finish_all(state, executor, options, progress)
            tally = _write(state, outputs, options, progress)
            state.set_meta("tally", msgspec.json.encode(tally).decode())
            if len(progress.failures) == before:  # else the next run tries again
                state.set_meta("corpus", key)
    tally.new, tally.unchanged = progress.new, progress.unchanged
    tally.failed = len(progress.failures)
    return tally


def _executor(found: Plan, options: RunOptions) -> Executor:
    few = len(found.sources) < FEW and all(s.format != "jsonl" for s in found.sources)
    return InProcess() if options.jobs == 1 or few else Processes(options.jobs)


def _outside(found: Plan, out: str) -> list[Source]:
    """The sources, each once, that are no run's output. Raises InputError where none is left."""
    own = os.path.realpath(out)
    places: dict[str, Source] = {}
    is_output: dict[str, bool] = {}
    for source in found.sources:
        folder = os.path.dirname(os.path.realpath(source.path))
        if not _is_below_output(folder, own, is_output):
            places.setdefault(os.path.abspath(source.path), source)
    if not places:
        raise InputError(f"{out}: nothing to read but what a run wrote", "name other files")
    return list(places.values())


def _is_below_output(folder: str, own: str, known: dict[str, bool]) -> bool:
    """Is this folder, or one above it, the output folder of this run or of another?"""
    if folder not in known:
        above = os.path.dirname(folder)
        known[folder] = (
            folder == own
            or os.path.exists(os.path.join(folder, ".textkit", "state.sqlite"))
            or os.path.exists(os.path.join(folder, ".textkit", "sharded"))
            or (above != folder and _is_below_output(above, own, known))
        )
    return known[folder]


def _corpus_key(state: State, options: RunOptions, progress: Progress, base: str) -> str:
    """What the corpus stages depend on: every record's key in order, options and failures."""
    keys = state.db.execute("SELECT id, translated_key FROM records ORDER BY seq").fetchall()
    failures = [(f.where, str(f.error)) for f in progress.failures]
    return fingerprint(
        base, keys, options.dedup, options.summarize, options.corpus, options.report, failures
    )


def _write(state: State, outputs: Outputs, options: RunOptions, progress: Progress) -> Tally:
    tally, languages, stories = Tally(), Counter[str](), set[str]()

    def finished() -> Iterator[Document]:
        for _, _, _, record in state.records("finished"):
            yield decode(record)

    for document, stem in stems(finished()):
        _count(document, tally, languages, stories)
        if not (document.dedup and document.dedup.action == "drop"):
            outputs.write(f"articles/{stem}.txt", _bytes(article_text(document)))
            summary = "".join(f"{sentence.text}\n" for sentence in document.summary)
            outputs.write(f"summaries/{stem}.txt", _bytes(summary))
        progress.on_step("write", tally.documents)
    outputs.stream("articles.jsonl", (encode(document) for document in finished()))
    corpus = summarize_corpus(finished(), options.corpus)
    outputs.write("corpus.md", _bytes(corpus_page(corpus, stems(finished()))))
    if options.report:
        for name, page in report_pages(finished(), corpus):
            outputs.write(name, page)
    if progress.failures:
        rows = ({"input": f.where, "reason": str(f.error)} for f in progress.failures)
        outputs.write("failures.jsonl", b"".join(msgspec.json.encode(r) + b"\n" for r in rows))
    outputs.remove_stale()
    tally.languages = dict(languages.most_common())
    tally.stories = len(stories)
    return tally


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _count(document: Document, tally: Tally, languages: Counter[str], stories: set[str]) -> None:
    tally.documents += 1
    languages[document.lang or "und"] += 1
    for revision in document.revisions:
        if revision.stage == "clean":
            tally.edits += len(revision.edits)
        elif revision.engine == "gloss":
            tally.glossed += len(revision.edits)
        elif revision.stage == "translate":
            tally.translated += len(revision.edits)
    if document.dedup:
        tally.copies += document.dedup.action == "drop"
        if document.dedup.story:
            stories.add(document.dedup.story)


@dataclass
class Preview:
    """What a run would do."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    translated: int = 0  # unchanged ones that other options or models translate anew


def preview(
    found: Plan, out: str, options: RunOptions, progress: Progress, force: bool = False
) -> Preview:
    """Say what `run` would do, and write nothing."""
    result, base = Preview(), version("textkit")
    engines = translation_fingerprint(options.translate)
    known = {} if force else _known(os.path.join(out, ".textkit", "state.sqlite"))
    for task in tasks(_outside(found, out), options.max_bytes, progress.fail):
        stages = (options.read, options.clean, options.detect)
        key = fingerprint(base, *stages, task.source, task.format, task.data)
        old = known.pop(task.key, None)
        if old is None:
            result.new.append(task.where)
        elif old[1] != key:
            result.changed.append(task.where)
        else:
            result.unchanged += 1
            result.translated += old[2] != fingerprint(key, old[0], engines)
    failed = {failure.where for failure in progress.failures}
    result.removed = sorted(place for place in known if place not in failed)
    return result


def _known(path: str) -> dict[str, tuple[str, str, str]]:
    """The ids and keys of the records of earlier runs, by place; the file is only read."""
    if not os.path.exists(path):
        return {}
    query = "SELECT place, id, prepared_key, translated_key FROM records"
    with translated(path), closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as db:
        return {place: tuple(row) for place, *row in db.execute(query)}
