"""The index on disk: one SQLite file that remembers what has been seen.

Write-ahead logging and one transaction a batch: a process that is killed loses its last batch and
no more, and two writers take turns.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.options import DedupOptions
from textkit.dedup.signatures.features import LEAST_SENTENCE, PERMUTATIONS, SHINGLE
from textkit.errors import ConfigError

VERSION = 3  # of the tables and of how texts are turned into words
BANDS, ROWS = 64, 2
WAIT = 600  # seconds for another writer
_CHUNK = 500  # values in one statement
_THRESHOLDS = (
    "cosine", "contained_cosine", "containment", "jaccard", "coverage", "stories",
    "story_similarity",
    "story_days",
)  # fmt: skip
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, date TEXT,
  digest BLOB NOT NULL, words BLOB NOT NULL, signature BLOB NOT NULL, sentences BLOB NOT NULL,
  facts TEXT NOT NULL, cluster INTEGER NOT NULL, kept INTEGER NOT NULL,
  story INTEGER, counted INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS by_digest ON documents (digest);
CREATE INDEX IF NOT EXISTS by_cluster ON documents (cluster);
CREATE TABLE IF NOT EXISTS keys (
  kind INTEGER, key INTEGER, n INTEGER, PRIMARY KEY (kind, key, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS df (kind INTEGER, term INTEGER, n INTEGER NOT NULL,
  PRIMARY KEY (kind, term)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS edges (a INTEGER, b INTEGER, cosine REAL, jaccard REAL,
  first_held REAL, second_held REAL, coverage REAL, PRIMARY KEY (a, b)) WITHOUT ROWID;
"""


def parameters(options: DedupOptions) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what an index is made with: what its keys depend on, and its thresholds."""
    made = {
        "version": VERSION, "shingle": SHINGLE, "permutations": PERMUTATIONS,
        "bands": [BANDS, ROWS], "sentence": LEAST_SENTENCE,
    }  # fmt: skip
    return made, {name: asdict(options)[name] for name in _THRESHOLDS}


@contextmanager
def opened(path: str, create: bool = True) -> Iterator[sqlite3.Connection]:
    """Open an index. Raises ConfigError where the file is none, or can't be opened."""
    mode = "rwc" if create else "rw"
    try:
        address = f"file:{_quoted(path)}?mode={mode}"
        with closing(sqlite3.connect(address, WAIT, uri=True, isolation_level=None)) as base:
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")
            yield base
    except sqlite3.DatabaseError as error:
        raise ConfigError(
            f"{path}: not an index that can be used: {error}",
            "name a file that does not exist yet, or an index that textkit made",
        ) from None


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


@contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; other writers wait from the start, so that none misses another's work."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


def prepare(base: sqlite3.Connection, path: str, options: DedupOptions) -> None:
    """Make the tables, or check that the file was made with these parameters."""
    tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if tables and "meta" not in tables:
        raise ConfigError(f"{path}: a database of something else", "name another file")
    for statement in _SCHEMA.split(";"):
        base.execute(statement)
    made, thresholds = parameters(options)
    stored = dict(base.execute("SELECT key, value FROM meta"))
    if not stored:
        remember(base, options)
        return
    for wanted, key in ((made, "made"), (thresholds, "thresholds")):
        known = json.loads(stored[key])
        for name, value in wanted.items():
            if known.get(name) != value:
                raise ConfigError(
                    f"{path}: made with {name} {known.get(name)}, not {value}",
                    "use the same options; --rethreshold regroups an index under others"
                    if key == "thresholds"
                    else "make a new index with this version of textkit",
                )


def remember(base: sqlite3.Connection, options: DedupOptions) -> None:
    """Write the parameters down."""
    for key, value in zip(("made", "thresholds"), parameters(options), strict=True):
        base.execute("REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value, sort_keys=True)))


def signed(values: NDArray[Any]) -> list[int]:
    """Return 64-bit values as SQLite keeps them.

    >>> signed(np.array([2**64 - 1], dtype=np.uint64))
    [-1]
    """
    result: list[int] = values.astype(np.uint64).view(np.int64).tolist()
    return result


def select(
    base: sqlite3.Connection, query: str, values: Sequence[Any], *before: Any
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query whose `{}` is a list of values, however many they are."""
    for at in range(0, len(values), _CHUNK):
        some = values[at : at + _CHUNK]
        marks = ",".join("?" * len(some))
        yield from base.execute(query.format(marks), (*before, *some))


def counted(base: sqlite3.Connection, kind: int, terms: Sequence[int]) -> dict[int, int]:
    """Return in how many documents of the index terms stand."""
    query = "SELECT term, n FROM df WHERE kind = ? AND term IN ({})"
    return dict(select(base, query, terms, kind))


def count(base: sqlite3.Connection, kind: int, terms: Iterable[int], by: int = 1) -> None:
    """Count terms of a document."""
    base.executemany(
        "INSERT INTO df VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        ((kind, term, by) for term in terms),
    )
