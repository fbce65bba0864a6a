"""The record that flows through every stage, and its JSON Lines form.

Records are frozen: a stage returns a new one. Text changes only through `revise`, which keeps the
passages on their words and the edits for `source_text`.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar, get_type_hints

import msgspec
from msgspec.structs import replace

from textkit.edits import Edit, OffsetMap, apply, undo
from textkit.errors import RecordError
from textkit.fields import fields_of, split_fields


class Passage(msgspec.Struct, frozen=True, omit_defaults=True):
    """A run of one language over a document's text."""

    start: int
    end: int
    lang: str  # BCP 47; `und` not determined, `zxx` no language
    script: str  # ISO 15924
    confidence: float  # 0 to 1
    reason: str  # script, model, context, user, translation
    kind: str  # paragraph, sentence, quote, inline
    alternatives: tuple[str, ...] = ()
    origin: str | None = None  # the language that a translated passage was written in
    engine: str | None = None  # what translated it
    gloss: str | None = None  # of a passage that nothing translates: a line for each sentence


class Revision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one run of a stage changed; edits count in the text before it."""

    stage: str
    edits: tuple[Edit, ...]
    engine: str | None = None


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a translation lost or made up, or a sentence that the engine could not translate."""

    start: int  # the translated passage, in `text`
    end: int
    kind: str  # number, name, latin, sentence
    source: str  # as the original has it
    wanted: str  # as the translation should have it
    outcome: str  # missing, repaired, bracketed, added, kept
    found: str = ""  # what was added, or what the engine made of a sentence that was kept


class Repeat(msgspec.Struct, frozen=True, omit_defaults=True):
    """A passage of `text` that says what another passage says."""

    start: int
    end: int
    id: str  # the other document; may be the same one
    other_start: int
    other_end: int
    similarity: float
    kind: str  # repeated, related, embedded_summary


class Dedup(msgspec.Struct, frozen=True, omit_defaults=True):
    """What de-duplication found about a document."""

    action: str  # keep, drop
    cluster: str  # the canonical document's id; the own one where nothing matches
    level: str | None = None  # exact, near, story: the strongest that matched
    canonical: str | None = None  # the document kept in this one's place
    similarity: float | None = None  # to the matched document
    containment: float | None = None
    story: str | None = None  # id of the story group; null outside any
    relation: str | None = None  # duplicate, variant, contained_in, contains, same_story
    reason: str | None = None
    repeats: tuple[Repeat, ...] = ()


class SummarySentence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sentence of a summary and where it comes from."""

    text: str
    start: int  # in the document's text
    end: int
    score: float
    rank: int  # 1 is best
    source_start: int  # in the source text, through every revision
    source_end: int
    id: str | None = None  # the document, in a corpus summary
    date: str | None = None  # the day it stands for in a timeline, ISO 8601
    origin: str | None = None  # the language it was translated from
    gloss: str | None = None  # where it is in a language that nothing translates
    reasons: tuple[str, ...] = ()


class Document(msgspec.Struct, frozen=True):
    """One text and all that the stages found out about it."""

    id: str
    source: str
    text: str
    title: str | None = None
    author: str | None = None
    date: str | None = None  # ISO 8601 where a stage of textkit found it
    date_text: str | None = None  # the date as the source has it: the page's words, or a date line
    lang: str | None = None
    passages: tuple[Passage, ...] = ()
    revisions: tuple[Revision, ...] = ()
    dedup: Dedup | None = None
    summary: tuple[SummarySentence, ...] = ()
    warnings: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    encoding: str | None = None  # of the source bytes; null is UTF-8
    url: str | None = None  # where the text was published
    site: str | None = None  # the name of the site or newspaper
    description: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None  # address of the picture that stands for the text
    extra: dict[str, Any] = {}  # fields of the input that are not ours, handed on as they came


_Placed = TypeVar("_Placed", Passage, Check, Repeat)

FIELDS = frozenset(Document.__struct_fields__) - {"extra"}
_NAMES = msgspec.json.Decoder(dict[str, msgspec.Raw])
_DOCUMENT = msgspec.json.Decoder(Document)
_TYPES = {name: kind for name, kind in get_type_hints(Document).items() if name in FIELDS}


def revise(
    document: Document, stage: str, edits: Sequence[Edit], engine: str | None = None
) -> Document:
    """Return the document with `edits` made and remembered; what has a place moves with its words.

    A passage or repeat of which nothing is left goes, a check never. The summary goes too: its
    sentences are the old text's.
    """
    if not edits:
        return document
    offsets = OffsetMap(edits)
    return replace(
        document,
        text=apply(document.text, edits),
        passages=tuple(_disjoint(p for p in _moved(document.passages, offsets) if p.start < p.end)),
        revisions=(*document.revisions, Revision(stage, tuple(edits), engine)),
        dedup=_moved_dedup(document, offsets),
        checks=tuple(_moved(document.checks, offsets)),
        summary=(),
    )


def _moved(found: Iterable[_Placed], offsets: OffsetMap) -> Iterator[_Placed]:
    for one in found:
        start, end = offsets.to_new(one.start, one.end)
        yield replace(one, start=start, end=end)


def _moved_dedup(document: Document, offsets: OffsetMap) -> Dedup | None:
    """Repeats moved, on both sides where the other side is of the same text."""
    if not document.dedup or not document.dedup.repeats:
        return document.dedup
    repeats = (
        replace(repeat, other_start=start, other_end=end) if repeat.id == document.id else repeat
        for repeat in _moved(document.dedup.repeats, offsets)
        for start, end in [offsets.to_new(repeat.other_start, repeat.other_end)]
    )
    kept = (r for r in repeats if r.start < r.end and r.other_start < r.other_end)
    return replace(document.dedup, repeats=tuple(kept))


def _disjoint(passages: Any) -> Any:
    """Passages in order; one that a shared replacement pushed into the next is cut short."""
    at = 0
    for passage in passages:
        start = max(at, passage.start)
        if start < passage.end:
            yield passage if start == passage.start else replace(passage, start=start)
            at = passage.end


def source_text(document: Document) -> str:
    """Return the text as it was read, with every revision taken back.

    Raises EditError where the revisions do not fit the text.
    """
    text = document.text
    for revision in reversed(document.revisions):
        text = undo(text, revision.edits)
    return text


def source_spans(document: Document, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where spans of `text` come from in the source text."""
    found = list(spans)
    for revision in reversed(document.revisions):
        offsets = OffsetMap(revision.edits)
        found = [offsets.to_old(start, end) for start, end in found]
    return found


def encode(document: Document) -> bytes:
    """Return the record as one line of JSON, with its line end.

    >>> encode(Document("a", "-", "Hi."))[:38]
    b'{"id":"a","source":"-","text":"Hi.","t'
    """
    fields = {name: getattr(document, name) for name in Document.__struct_fields__}
    extra = fields.pop("extra")
    fields.update((n, v) for n, v in extra.items() if n not in FIELDS or fields[n] in (None, ()))
    try:
        return msgspec.json.encode(fields) + b"\n"
    except UnicodeEncodeError:  # lone surrogates, which only an escape can carry
        return json.dumps(_plain_values(fields)).encode("ascii") + b"\n"


def _plain_values(value: Any) -> Any:
    """Return a value for the standard library's JSON, which has no verbatim numbers."""
    if isinstance(value, msgspec.Raw):
        return float(bytes(value))
    if isinstance(value, dict):
        return {name: _plain_values(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain_values(inner) for inner in value]
    return msgspec.to_builtins(value)


def decode(line: bytes | str) -> Document:
    """Return the record that one line of JSON holds. `id` and `text` must be there.

    Raises RecordError, which says what is wrong, never where: the caller knows the line.
    """
    return _decode_known(line) or from_fields(fields_of(line))


def _decode_known(line: bytes | str) -> Document | None:
    """Decode a record of known fields at once; None for any other, which takes the longer way."""
    try:
        names = _NAMES.decode(line)
        if "source" not in names or not FIELDS.issuperset(names):
            return None
        document = _DOCUMENT.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    _check(document)
    return document


def from_fields(fields: dict[str, Any]) -> Document:
    """Return the record of these fields; unknown ones, and those of another kind, go to `extra`.

    Raises RecordError where there is no text, or where what stages of ours found is damaged.
    """
    known, extra = split_fields(fields, _TYPES)
    try:
        document = msgspec.convert({"source": "-", **known, "extra": extra}, Document)
    except (ValueError, RecursionError) as error:  # msgspec's errors are among them
        raise RecordError(f"not a record: {_plain(error)}") from None
    _check(document)
    return document


def _plain(error: Exception) -> str:
    """msgspec's sentence, without the dollar sign of its path."""
    return str(error).replace(" - at `$.", " at `").replace("Object", "object")


def _check(document: Document) -> None:
    """Raise RecordError where spans or names are such as no stage can use."""
    _check_spans(document)
    _check_names(document)


def _check_names(document: Document) -> None:
    """Ids become keys and file names; an encoding is what `undo` writes."""
    try:
        document.id.encode()
        document.source.encode()
    except UnicodeEncodeError:
        raise RecordError("not a record: `id` or `source` has a lone surrogate") from None
    try:
        codecs.lookup(document.encoding or "utf-8")
    except (LookupError, ValueError):  # NUL, lone surrogates
        raise RecordError(f"not a record: unknown encoding: {document.encoding!r}") from None


def _check_spans(document: Document) -> None:
    """Passages come in order and lie within the text."""
    at, size = 0, len(document.text)
    for passage in document.passages:
        if not at <= passage.start < passage.end <= size:
            raise RecordError("not a record: `passages` overlap or leave the text")
        at = passage.end
