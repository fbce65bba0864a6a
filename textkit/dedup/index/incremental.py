"""De-duplication against an index: new documents are compared with all that were seen before.

What was seen first stays: a new copy is dropped in favour of the old document, which is named by
its id. Texts are not kept, only what comparing needs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from msgspec.structs import replace

from textkit.dedup.arrays.frequencies import Base, Floats
from textkit.dedup.index.lookup import Row, alike, features_from, keys_of, load, load_all
from textkit.dedup.index.store import count, counted, opened, prepare, remember, select, transaction
from textkit.dedup.near.verify import Scores
from textkit.dedup.options import DedupOptions
from textkit.dedup.pipeline import compare, map_features, mark_passages, passages_in
from textkit.dedup.ranking import ranked
from textkit.dedup.records import Finding, dedup_record
from textkit.dedup.signatures.features import Features, gather
from textkit.dedup.signatures.tokens import U64
from textkit.dedup.story.fact_keys import fact_key, packed, terms
from textkit.dedup.story.key_facts import Anchors, anchors
from textkit.document import Dedup, Document

_BATCH = 500  # documents in one transaction
WORD, FACT = 0, 1  # kinds of counted terms


def dedup_with_index(
    documents: Iterable[Document], options: DedupOptions, path: str
) -> Iterator[Document]:
    """Yield the documents with what was found among them and in the index, and add them to it.

    Raises ConfigError where the index is none, or was made with other parameters.
    """
    with opened(path) as base:
        with transaction(base):
            prepare(base, path, options)
        source = iter(documents)
        while batch := list(islice(source, _BATCH)):
            with transaction(base):
                found = _add(base, batch, options)
            for document in found:
                assert document.dedup is not None
                if not (options.drop and document.dedup.action == "drop"):
                    yield document


def _add(base: sqlite3.Connection, batch: list[Document], options: DedupOptions) -> list[Document]:
    """Compare a batch with the index and with itself, add it, and return it with what was found."""
    order = ranked(batch, options)
    chosen = [batch[at] for at in order]
    features = map_features((d.text for d in chosen), options.jobs)
    result = _seen(base, chosen, features)
    rest = [at for at in range(len(chosen)) if at not in result]
    _forget(base, [chosen[at].id for at in rest])
    added = _add_new(
        base, [chosen[at] for at in rest], features.take(np.array(rest, dtype=np.int64)), options
    )
    result.update(zip(rest, added, strict=True))
    places = sorted(range(len(order)), key=order.__getitem__)
    return [replace(chosen[at], dedup=result[at]) for at in places]


def _seen(
    base: sqlite3.Connection, documents: Sequence[Document], features: Features
) -> dict[int, Dedup]:
    """Return what the index says of documents that it holds already, word for word."""
    query = (
        "SELECT d.id, d.digest, c.id, k.id, k.digest, s.id FROM documents d"
        " JOIN documents c ON c.n = d.cluster JOIN documents k ON k.n = d.kept"
        " LEFT JOIN documents s ON s.n = d.story"
        " WHERE d.id IN ({})"
    )
    known = {row[0]: row[1:] for row in select(base, query, [d.id for d in documents])}
    result = {}
    for at, document in enumerate(documents):
        digest, cluster, kept, same, story = known.get(document.id, (None, "", "", None, None))
        if digest == features.digests[at].tobytes():
            copy = kept != document.id
            result[at] = Dedup(
                "drop" if copy else "keep", cluster,
                level=None if not copy else "exact" if same == digest else "near",
                canonical=kept if copy else None, story=story, reason="in the index already",
            )  # fmt: skip
    return result


def _add_new(
    base: sqlite3.Connection, new: list[Document], features: Features, options: DedupOptions
) -> list[Dedup]:
    """Compare ranked documents with the index and each other, add them, say what was found."""
    facts = [anchors(d.text, d.lang) for d in new]
    keys = keys_of(features, facts)
    old = _old_rows(base, features, keys)
    first = len(old)
    everything = [*(row.document for row in old), *new]
    known = [*map(packed, [*(row.facts for row in old), *facts])]
    together = gather([features_from(old), features])
    findings, scores = compare(everything, together, options, _base(base, first), facts=known)
    mark_passages(findings, everything, lambda at: passages_in(everything[at]), options, first)
    numbers = _numbers(base, old, len(new))
    _settle(findings, old)
    _write(base, findings, everything, together, keys, facts, numbers, old)
    _write_edges(base, scores, numbers, first)
    return [dedup_record(at, findings, everything) for at in range(first, len(everything))]


def _forget(base: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Take documents out that come again; others keep pointing at their number's new text."""
    numbers = [n for (n,) in select(base, "SELECT n FROM documents WHERE id IN ({})", ids)]
    for row in load(base, numbers):
        _hand_over(base, row.n)
        words = sorted(set(np.frombuffer(row.words, dtype=np.uint32).tolist()))
        (was_counted,) = base.execute(
            "SELECT counted FROM documents WHERE n = ?", (row.n,)
        ).fetchone()
        if was_counted:
            count(base, WORD, words, -1)
            count(base, FACT, map(fact_key, terms(row.facts)), -1)
        base.execute("DELETE FROM documents WHERE n = ?", (row.n,))
        base.execute("DELETE FROM edges WHERE a = ? OR b = ?", (row.n, row.n))
        features = features_from([row])
        base.executemany(
            "DELETE FROM keys WHERE kind = ? AND key = ? AND n = ?",
            ((kind, key, row.n) for kind, key in keys_of(features, [row.facts])[0]),
        )


def _hand_over(base: sqlite3.Connection, n: int) -> None:
    """Let the next oldest stand for a cluster, and for the copies, whose first one goes."""
    query = "SELECT min(n) FROM documents WHERE cluster = ? AND n <> ?"
    (heir,) = base.execute(query, (n, n)).fetchone()
    if heir is not None:
        base.execute("UPDATE documents SET cluster = ? WHERE cluster = ?", (heir, n))
    query = "SELECT min(n) FROM documents WHERE kept = ? AND n <> ?"
    (heir,) = base.execute(query, (n, n)).fetchone()
    if heir is not None:
        base.execute("UPDATE documents SET kept = ? WHERE kept = ?", (heir, n))


def _old_rows(
    base: sqlite3.Connection, features: Features, keys: Sequence[list[tuple[int, int]]]
) -> list[Row]:
    """Return what the index has that may be like the new documents, and what stands for it."""
    digests = [digest.tobytes() for digest in features.digests]
    query = "SELECT min(n) FROM documents WHERE digest IN ({}) GROUP BY digest"
    same = {n for (n,) in select(base, query, digests)}
    rows = load(base, sorted(same | alike(base, keys)))
    kept = {n for row in rows for n in (row.cluster, row.kept)} - {row.n for row in rows}
    return sorted([*rows, *load(base, sorted(kept))], key=lambda row: row.n)


def _base(base: sqlite3.Connection, rows: int) -> Base:
    """Return what the index has counted."""
    (documents,) = base.execute("SELECT count(*) FROM documents WHERE counted").fetchone()

    def words(terms: U64) -> Floats:
        found = counted(base, WORD, terms.tolist())
        return np.array([found.get(term, 0) for term in terms.tolist()], dtype=np.float64)

    def facts(keys: U64) -> Floats:
        found = counted(base, FACT, keys.tolist())
        return np.array([found.get(key, 0) for key in keys.tolist()], dtype=np.float64)

    return Base(documents, rows, words, facts)


def _numbers(base: sqlite3.Connection, old: Sequence[Row], new: int) -> list[int]:
    """Return the number in the index of each document, old and new."""
    (last,) = base.execute("SELECT coalesce(max(n), 0) FROM documents").fetchone()
    return [*(row.n for row in old), *range(last + 1, last + 1 + new)]


def _settle(findings: list[Finding], old: Sequence[Row]) -> None:
    """Let old documents stay as they were: a new one joins their cluster and their story."""
    place = {row.n: at for at, row in enumerate(old)}
    stories: dict[int, int] = {}
    for finding, row in zip(findings, old, strict=False):
        if finding.story is not None and row.story in place:
            stories.setdefault(finding.story, place[row.story])
    for at, finding in enumerate(findings):
        if at >= len(old) and finding.cluster < len(old):
            finding.cluster = place[old[finding.cluster].cluster]
        if at >= len(old) and finding.kept < len(old):
            finding.kept = place[old[finding.kept].kept]
        if finding.story is not None:
            finding.story = stories.get(finding.story, finding.story)


def _write(
    base: sqlite3.Connection,
    findings: Sequence[Finding],
    documents: Sequence[Document],
    features: Features,
    keys: Sequence[list[tuple[int, int]]],
    facts: Sequence[Anchors],
    numbers: Sequence[int],
    old: Sequence[Row],
) -> None:
    """Add the new documents, and the stories that old ones now belong to."""
    for finding, row in zip(findings, old, strict=False):
        if finding.story is not None and row.story is None:
            story = numbers[finding.story]
            base.execute("UPDATE documents SET story = ? WHERE n = ?", (story, row.n))
    for at in range(len(old), len(documents)):
        finding, document, new = findings[at], documents[at], at - len(old)
        words = features.words[slice(*features.starts[at : at + 2])]
        counts = finding.level != "exact" and len(words) > 0
        known = facts[new]
        done = base.execute(
            "INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                numbers[at], document.id, document.source, document.date,
                features.digests[at].tobytes(), words.tobytes(),
                features.signatures[at].tobytes(),
                features.sentences[slice(*features.sentence_starts[at : at + 2])].tobytes(),
                packed(known),
                numbers[finding.cluster], numbers[finding.kept],
                None if finding.story is None else numbers[finding.story], counts,
            ),
        )  # fmt: skip
        if done.rowcount and counts:
            base.executemany(
                "INSERT OR IGNORE INTO keys VALUES (?, ?, ?)",
                ((kind, key, numbers[at]) for kind, key in keys[new]),
            )
            count(base, WORD, np.unique(words).tolist())
            count(base, FACT, map(fact_key, terms(known)))


def _write_edges(
    base: sqlite3.Connection, scores: Scores, numbers: Sequence[int], first: int
) -> None:
    """Keep the scores of the pairs that a new document has part in."""
    chosen = scores.only(np.asarray((scores.pairs >= first).any(axis=1)))
    columns = (
        chosen.cosine, chosen.jaccard, chosen.first_held, chosen.second_held, chosen.coverage
    )  # fmt: skip
    base.executemany(
        "INSERT OR REPLACE INTO edges VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (numbers[a], numbers[b], *values)
            for (a, b), *values in zip(
                chosen.pairs.tolist(), *(c.tolist() for c in columns), strict=True
            )
        ),
    )


def regroup(path: str, options: DedupOptions) -> Iterator[Document]:
    """Group what an index holds anew, from the scores that it keeps; remember the thresholds.

    Yields its documents, without their texts, with what was found. Raises ConfigError.
    """
    with opened(path, create=False) as base, transaction(base):
        remember(base, options)
        rows = load_all(base)
        numbers = np.array([row.n for row in rows], dtype=np.int64)
        edges = base.execute("SELECT * FROM edges ORDER BY a, b").fetchall()
        table = np.array(edges, dtype=np.float64).reshape(-1, 7)
        pairs = np.searchsorted(numbers, table[:, :2].astype(np.int64))
        stored = Scores(pairs, *table[:, 2:].T)
        facts = [packed(row.facts) for row in rows]
        documents = [row.document for row in rows]
        findings, _ = compare(documents, features_from(rows), options, stored=stored, facts=facts)
        base.executemany(
            "UPDATE documents SET cluster = ?, kept = ?, story = ? WHERE n = ?",
            (
                (
                    rows[f.cluster].n,
                    rows[f.kept].n,
                    None if f.story is None else rows[f.story].n,
                    row.n,
                )
                for f, row in zip(findings, rows, strict=True)
            ),
        )
        found = [dedup_record(at, findings, documents) for at in range(len(rows))]
    for document, what in zip(documents, found, strict=True):
        yield replace(document, dedup=what)
