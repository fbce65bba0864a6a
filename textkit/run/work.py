"""What a worker does: bytes of one input to its cleaned, detected record.

Functions and arguments here cross process borders: plain data only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace

from textkit.clean import clean_document
from textkit.detect import detect_document
from textkit.document import Dedup, Document, decode, encode, from_fields
from textkit.errors import InputError, TextkitError
from textkit.fields import fields_of
from textkit.read import read_bytes
from textkit.run.cards import card_of
from textkit.run.options import RunOptions
from textkit.summarize import summarize_document


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
    """What became of a task: a record as JSON, or the reason why there is none."""

    record: bytes | None
    problem: str = ""
    hint: str = ""
    id: str = ""  # of a prepared record
    card: bytes = b""  # of a finished one


def prepare(options: RunOptions, task: Task) -> Outcome:
    """Read, clean and detect one input."""

    def make() -> Outcome:
        cleaned = clean_document(_read(options, task), options.clean)
        found = detect_document(cleaned, options.detect)
        return Outcome(encode(found), id=found.id)

    return _attempt(make)


def finish(options: RunOptions, given: Unfinished) -> Outcome:
    """Summarise one record, unless it says what it said, and make its card."""

    def make() -> Outcome:
        document = replace(decode(given.record), dedup=given.dedup)
        if given.last is None:
            document = summarize_document(document, options.summarize)
        else:
            last = decode(given.last)
            document = replace(
                document, summary=last.summary, warnings=last.warnings, extra=last.extra
            )
        return Outcome(encode(document), card=card_of(document))

    return _attempt(make)


def _read(options: RunOptions, task: Task) -> Document:
    if task.format == "record":
        fields = fields_of(task.data)
        fields.setdefault("id", task.id)
        fields.setdefault("source", task.source)
        return replace(from_fields(fields), dedup=None, summary=())
    return read_bytes(task.data, task.id, task.source, task.format, options.read)


def _attempt(make: Callable[[], Outcome]) -> Outcome:
    """Run one document's work; whatever goes wrong with it is its own outcome."""
    try:
        return make()
    except TextkitError as error:
        return Outcome(None, str(error), error.hint)
    except MemoryError:
        return Outcome(None, "out of memory", "split the input")
    except Exception as error:
        problem = InputError(f"internal error: {type(error).__name__}: {error}")
        return Outcome(None, str(problem), "please report it")
