"""Finding in an index what may be like some new documents, and loading it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textkit.dedup.index.store import BANDS, ROWS, select, signed
from textkit.dedup.near.candidates import COMMON_SENTENCE, band_keys
from textkit.dedup.signatures.features import PERMUTATIONS, Features
from textkit.dedup.story.fact_keys import fact_key, terms, unpacked
from textkit.dedup.story.key_facts import Anchors
from textkit.document import Document

SENTENCE, FACT = BANDS, BANDS + 1  # kinds of keys, after the bands'
_LEAST_BANDS = 2  # keys in common; chance gives one
_LEAST_FACTS = 2
_COMMON_FACT = 50  # documents
_MOST = 40  # old documents looked at for one new one, of each kind


@dataclass(frozen=True)
class Row:
    """One document of an index, without its text."""

    n: int
    document: Document
    facts: Anchors
    cluster: int
    kept: int  # the document that is kept in its place; itself where it is kept
    story: int | None
    digest: bytes
    words: bytes
    signature: bytes
    sentences: bytes


def keys_of(features: Features, facts: Sequence[Anchors]) -> list[list[tuple[int, int]]]:
    """Return the keys of each document: its bands, its sentences, its facts."""
    result: list[list[tuple[int, int]]] = [[] for _ in facts]
    for band, values in enumerate(band_keys(features.signatures, BANDS, ROWS)):
        for at, key in enumerate(signed(values)):
            result[at].append((band, key))
    sentences = signed(features.sentences)
    for at, own in enumerate(result):
        start, stop = features.sentence_starts[at : at + 2].tolist()
        own.extend(sorted({(SENTENCE, key) for key in sentences[start:stop]}))
        own.extend(sorted({(FACT, fact_key(fact)) for fact in terms(facts[at])}))
    return result


def alike(base: sqlite3.Connection, keys: Sequence[list[tuple[int, int]]]) -> set[int]:
    """Return the old documents that share enough keys with one of the new ones."""
    owners: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, own in enumerate(keys):
        for kind, key in own:
            owners[kind][key].append(at)
    shared: dict[int, list[Counter[int]]] = {
        kind: [Counter() for _ in keys] for kind in (0, SENTENCE, FACT)
    }
    query = "SELECT key, n FROM keys WHERE kind = ? AND key IN ({})"
    for kind, known in owners.items():
        found: dict[int, list[int]] = defaultdict(list)
        for key, n in select(base, query, sorted(known), kind):
            found[key].append(n)
        most = {SENTENCE: COMMON_SENTENCE, FACT: _COMMON_FACT}.get(kind)
        counters = shared[kind if kind >= BANDS else 0]
        for key, old in found.items():
            if most is None or len(old) <= most:
                for at in known[key]:
                    counters[at].update(old)
    return _best(shared)


def _best(shared: dict[int, list[Counter[int]]]) -> set[int]:
    result: set[int] = set()
    for kind, least in ((0, _LEAST_BANDS), (SENTENCE, 1), (FACT, _LEAST_FACTS)):
        for counter in shared[kind]:
            enough = [(-hits, n) for n, hits in counter.items() if hits >= least]
            result.update(n for _, n in sorted(enough)[:_MOST])
    return result


_COLUMNS = "n, id, source, date, facts, cluster, kept, story, digest, words, signature, sentences"


def load(base: sqlite3.Connection, numbers: Sequence[int]) -> list[Row]:
    """Return rows of the index, in the order in which they were added."""
    query = f"SELECT {_COLUMNS} FROM documents WHERE n IN ({{}})"  # noqa: S608 - fixed names
    return sorted((_row(r) for r in select(base, query, numbers)), key=lambda r: r.n)


def load_all(base: sqlite3.Connection) -> list[Row]:
    """Return all rows of the index."""
    return [_row(r) for r in base.execute(f"SELECT {_COLUMNS} FROM documents ORDER BY n")]  # noqa: S608


def _row(values: tuple[object, ...]) -> Row:
    n, id, source, date, facts, cluster, kept, story, *blobs = values
    document = Document(str(id), str(source), "", date=None if date is None else str(date))
    known = unpacked(str(facts))
    return Row(int(n), document, known, int(cluster), int(kept), story, *blobs)  # type: ignore[call-overload,arg-type]


def features_from(rows: Sequence[Row]) -> Features:
    """Return the features of rows, as they were when they were added."""
    words = [np.frombuffer(r.words, dtype=np.uint32) for r in rows]
    sentences = [np.frombuffer(r.sentences, dtype=np.uint64) for r in rows]
    none32, none64 = np.zeros(0, np.uint32), np.zeros(0, np.uint64)
    signatures = np.frombuffer(b"".join(r.signature for r in rows), dtype=np.uint32)
    return Features(
        np.frombuffer(b"".join(r.digest for r in rows), dtype=np.uint64).reshape(-1, 2),
        np.concatenate([none32, *words]),
        np.concatenate([[0], np.cumsum([len(w) for w in words])]).astype(np.int64),
        signatures.reshape(-1, PERMUTATIONS),
        np.concatenate([none64, *sentences]),
        np.concatenate([[0], np.cumsum([len(s) for s in sentences])]).astype(np.int64),
    )
