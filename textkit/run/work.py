"""What a worker does: bytes of one input to its cleaned, detected record.

Functions and arguments here cross process borders: plain data only.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from textkit.clean import clean_document
from textkit.detect import detect_document
from textkit.document import Dedup, Document, decode, encode, from_fields
from textkit.errors import InputError, TextkitError
from textkit.fields import fields_of
from textkit.guards import attempt, problem_of, with_warning
from textkit.read import read_bytes
from textkit.run.cards import card_of
from textkit.run.options import RunOptions
from textkit.summarize import summarize_document

WORKER_DIED = "a worker process died on this input"


@dataclass(frozen=True, slots=True)
class Task:
    """One input: a text, a page, or one line of JSON Lines."""

    key: str  # path, with the line number of a record: no two alike
    where: str  # the same, for people
    source: str
    id: str
    format: str  # text, html, record
    data: bytes


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A translated record, what de-duplication found, and the last result if its summary holds."""

    record: bytes
    dedup: Dedup
    last: bytes | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: a record as JSON, unless it can't be read, and what went wrong."""

    record: bytes | None
    problem: str = ""
    hint: str = ""
    id: str = ""  # of a prepared record
    card: bytes = b""  # of a finished one


def prepare(options: RunOptions, task: Task) -> Outcome:
    """Read, clean and detect one input; a stage that fails leaves it as it came."""
    try:
        document = _read(options, task)
    except Exception as error:
        problem = problem_of(error)
        return Outcome(None, str(problem), problem.hint)
    document, first = attempt("clean", lambda d: clean_document(d, options.clean), document)
    document, second = attempt("detect", lambda d: detect_document(d, options.detect), document)
    return _outcome(document, first or second)


def finish(options: RunOptions, given: Unfinished) -> Outcome:
    """Summarise one record, or take over the last summary if it holds, and make its card."""
    document = replace(decode(given.record), dedup=given.dedup)
    if given.last is None:
        document, problem = attempt(
            "summarize", lambda d: summarize_document(d, options.summarize), document
        )
        return _outcome(document, problem, card_of(document))
    last = decode(given.last)
    document = replace(document, summary=last.summary, warnings=last.warnings, extra=last.extra)
    return _outcome(document, None, card_of(document))


def unfinished(given: Unfinished) -> Outcome:
    """Return the outcome of a record that killed its worker: as it was, without a summary."""
    document = replace(decode(given.record), dedup=given.dedup)
    problem = InputError(WORKER_DIED, "it may need too much memory")
    document = with_warning(document, "summarize", problem)
    return _outcome(document, problem, card_of(document))


def _outcome(document: Document, problem: TextkitError | None, card: bytes = b"") -> Outcome:
    told = (str(problem), problem.hint) if problem else ("", "")
    return Outcome(encode(document), *told, id=document.id, card=card)


def _read(options: RunOptions, task: Task) -> Document:
    if task.format == "record":
        fields = fields_of(task.data)
        fields.setdefault("id", task.id)
        fields.setdefault("source", task.source)
        return replace(from_fields(fields), dedup=None, summary=())
    return read_bytes(task.data, task.id, task.source, task.format, options.read)
