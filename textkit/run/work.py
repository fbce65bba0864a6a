"""What a worker does: bytes of one input to its cleaned, detected record.

Functions and arguments here cross process borders: plain data only.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from textkit.clean import clean_document
from textkit.detect import detect_document
from textkit.document import Document, decode, encode, fields_of, from_fields
from textkit.errors import InputError, TextkitError
from textkit.read import read_bytes
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
class Outcome:
    """What became of a task: a record as JSON, or the reason why there is none."""

    record: bytes | None
    problem: str = ""
    hint: str = ""


def prepare(options: RunOptions, task: Task) -> Outcome:
    """Read, clean and detect one input."""
    return _attempt(lambda: detect_document(
        clean_document(_read(options, task), options.clean), options.detect
    ))  # fmt: skip


def summarize_record(options: RunOptions, record: bytes) -> Outcome:
    """Summarise one record."""
    return _attempt(lambda: summarize_document(decode(record), options.summarize))


def _read(options: RunOptions, task: Task) -> Document:
    if task.format == "record":
        fields = fields_of(task.data)
        fields.setdefault("id", task.id)
        fields.setdefault("source", task.source)
        return replace(from_fields(fields), dedup=None, summary=())
    return read_bytes(task.data, task.id, task.source, task.format, options.read)


def _attempt(make) -> Outcome:  # type: ignore[no-untyped-def]
    """Run one document's work; whatever goes wrong with it is its own outcome."""
    try:
        return Outcome(encode(make()))
    except TextkitError as error:
        return Outcome(None, str(error), error.hint)
    except MemoryError:
        return Outcome(None, "out of memory", "split the input")
    except Exception as error:
        problem = InputError(f"internal error: {type(error).__name__}: {error}")
        return Outcome(None, str(problem), "please report it")
