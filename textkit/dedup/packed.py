"""What comparing needs of one document, as bytes: kept, a corpus is compared without its texts.

A pack is a head (what it is, its version, the length of each column) and columns of numbers, least
byte first. A pack of another version is an error, so make VERSION part of the key that it is kept
by; what the packs hold is what `features`, `anchors` and `statements` find.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.options import DedupOptions
from textkit.dedup.passages.statements import Said
from textkit.dedup.pipeline import compare, mark_passages, passages_in
from textkit.dedup.ranking import by_rank, letters
from textkit.dedup.records import dedup_record
from textkit.dedup.signatures.features import PERMUTATIONS, Features, features_of, gather
from textkit.dedup.story.fact_keys import packed
from textkit.dedup.story.key_facts import anchors
from textkit.document import Dedup, Document, Repeat
from textkit.errors import RecordError

VERSION = 3  # of the packs, and of how texts are turned into what they hold
_FEATURES = (b"tkF", ("<i8", "<u8", "<u4", "<u4", "<u8", "u1"))
_PASSAGES = (b"tkP", ("<i4", "<i4", "u1", "<i4", "<u8", "<u8", "<u8", "<u8", "<i4", "<f8"))


class Packed(NamedTuple):
    """A document without its text."""

    id: str
    source: str
    date: str | None
    features: bytes  # by `pack_features`


class Gathered(NamedTuple):
    """The packs of several documents as one."""

    features: Features
    facts: list[str]  # by `facts.packed`
    letters: list[int]  # of the texts


def pack_features(document: Document) -> bytes:
    """Return the words, keys and facts of a document; 6 to 10 bytes a word of English text."""
    found = features_of([document.text])
    facts = packed(anchors(document.text, document.lang)).encode("utf-8", "surrogatepass")
    length = np.array([letters(document.text)])
    columns = (
        length, found.digests, found.words, found.signatures, found.sentences,
        np.frombuffer(facts, np.uint8),
    )  # fmt: skip
    return _pack(_FEATURES, columns)


def gather_packed(packs: Iterable[bytes]) -> Gathered:
    """Return the features and facts of documents. Raises RecordError where a pack is none."""
    facts: list[str] = []
    lengths: list[int] = []

    def parts() -> Iterator[Features]:
        for pack in packs:
            length, digest, words, signature, sentences, text = _unpack(_FEATURES, pack)
            lengths.append(int(length[0]))
            facts.append(text.tobytes().decode("utf-8", "surrogatepass"))
            yield Features(
                digest.reshape(-1, 2), words, np.array([0, len(words)]),
                signature.reshape(-1, PERMUTATIONS), sentences, np.array([0, len(sentences)]),
            )  # fmt: skip

    return Gathered(gather(parts()), facts, lengths)


def pack_passages(document: Document) -> bytes:
    """Return what the sentences of a document say, and its embedded summaries."""
    found, summaries = passages_in(document)
    spans = [(r.start, r.end, r.other_start, r.other_end) for r in summaries]
    columns = (
        found.spans, found.lines, found.foreign, found.starts, found.terms, found.names,
        found.instead, found.lower, np.array(spans), np.array([r.similarity for r in summaries]),
    )  # fmt: skip
    return _pack(_PASSAGES, columns)


def unpack_passages(pack: bytes, id: str) -> tuple[Said, list[Repeat]]:
    """Return what a document of this id says. Raises RecordError where the pack is none."""
    spans, lines, foreign, starts, *terms, places, similarity = _unpack(_PASSAGES, pack)
    said = Said(spans.reshape(-1, 2), lines, foreign.astype(np.bool_), starts, *terms)
    summaries = [
        Repeat(start, end, id, there, until, alike, "embedded_summary")
        for (start, end, there, until), alike in zip(
            places.reshape(-1, 4).tolist(), similarity.tolist(), strict=True
        )
    ]
    return said, summaries


def dedup_packed(
    documents: Iterable[Packed], options: DedupOptions, passages_of: Callable[[int], bytes]
) -> Iterator[Dedup]:
    """Yield what is found about documents, in their order: the same as from their texts.

    `passages_of` gives a document, by its place, as `pack_passages` packs it; it is asked only
    where passages are looked for.
    (Of documents with one id, one date and one length, another one may come first in rank.)
    Raises RecordError where a pack is none, ConfigError as `ranked`.
    """
    given = list(documents)
    stubs = [Document(one.id, one.source, "", date=one.date) for one in given]
    lengths = [int(_unpack(_FEATURES, one.features)[0][0]) for one in given]
    order = by_rank(stubs, lengths, [one.features for one in given], options)
    ranked = [stubs[at] for at in order]
    features, facts, _ = gather_packed(given[at].features for at in order)
    findings, _ = compare(ranked, features, options, facts=facts, with_scores=False)
    del features, facts
    mark_passages(
        findings, ranked,
        lambda at: unpack_passages(passages_of(order[at]), ranked[at].id), options,
    )  # fmt: skip
    for at in np.argsort(order).tolist():
        yield dedup_record(at, findings, ranked)


_Form = tuple[bytes, Sequence[str]]


def _pack(form: _Form, columns: Sequence[NDArray[Any]]) -> bytes:
    name, types = form
    parts = [np.ascontiguousarray(c, t).tobytes() for c, t in zip(columns, types, strict=True)]
    return b"".join([_head(form).pack(name, VERSION, *map(len, parts)), *parts])


def _unpack(form: _Form, pack: bytes) -> list[NDArray[Any]]:
    name, types = form
    head = _head(form)
    if len(pack) < head.size or pack[: len(name) + 1] != name + bytes([VERSION]):
        raise _wrong()
    _, _, *sizes = head.unpack_from(pack)
    ends = np.cumsum([head.size, *sizes]).tolist()
    if ends[-1] != len(pack):
        raise _wrong()
    return [
        np.frombuffer(pack[start:end], kind)
        for start, end, kind in zip(ends[:-1], ends[1:], types, strict=True)
    ]


def _wrong() -> RecordError:
    return RecordError(f"not a pack of version {VERSION}", "make it again from the text")


def _head(form: _Form) -> struct.Struct:
    return struct.Struct(f"<3sB{len(form[1])}I")
