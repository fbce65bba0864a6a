"""What a run remembers: one SQLite file in the output folder.

Each record is kept as three stages left it, each under a key made of all that went into it, so
that a later run repeats only what has changed. One transaction a batch: a killed run leaves what
its last batch had finished.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from textkit.errors import OutputError

VERSION = "1"  # of the tables; another one's file is made anew

_META = "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
_TABLES = """
CREATE TABLE IF NOT EXISTS records (
    place TEXT PRIMARY KEY,      -- path, with the line number of a record
    run INTEGER, seq INTEGER,    -- the last run that saw it, and its place in the input
    id TEXT,
    prepared_key TEXT, prepared BLOB,
    translated_key TEXT, translated BLOB,
    finished_key TEXT, finished BLOB
);
CREATE INDEX IF NOT EXISTS records_seq ON records (seq);
CREATE TABLE IF NOT EXISTS outputs (
    name TEXT PRIMARY KEY, digest TEXT, size INTEGER, changed INTEGER
) WITHOUT ROWID;
"""


class State:
    """The state file of one output folder."""

    def __init__(self, folder: str) -> None:
        os.makedirs(folder, exist_ok=True)
        self.path = os.path.join(folder, "state.sqlite")
        with translated(self.path):
            self.db = sqlite3.connect(self.path, isolation_level=None)
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=NORMAL")
            self.db.executescript(_META)
            if self.meta("version") not in (None, VERSION):
                self.db.executescript("DROP TABLE IF EXISTS records; DROP TABLE IF EXISTS outputs;")
                self.set_meta("corpus", "")
            self.db.executescript(_TABLES)
            self.set_meta("version", VERSION)

    def forget(self) -> None:
        """Forget all records; the files that were written stay known."""
        with self.batch():
            self.db.execute("DELETE FROM records")
            self.set_meta("corpus", "")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def meta(self, name: str) -> str | None:
        """Return a remembered value."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def next_run(self) -> int:
        """Return the number of a new run."""
        number = int(self.meta("run") or 0) + 1
        self.set_meta("run", str(number))
        return number

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing."""
        with translated(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def key(self, stage: str, place: str) -> str | None:
        """Return the key under which a stage's record is kept."""
        query = f"SELECT {stage}_key FROM records WHERE place = ?"  # noqa: S608 (our own word)
        row = self.db.execute(query, (place,)).fetchone()
        return None if row is None else row[0]

    def id_of(self, place: str) -> str:
        """Return the id that the record of a place has."""
        row = self.db.execute("SELECT id FROM records WHERE place = ?", (place,)).fetchone()
        return str(row[0])

    def see_again(self, place: str, run: int, seq: int) -> None:
        """Take an unchanged record over into this run."""
        self.db.execute("UPDATE records SET run = ?, seq = ? WHERE place = ?", (run, seq, place))

    def keys(self, stage: str, other: str) -> Iterator[tuple[str, str, str, str | None]]:
        """Yield `(place, id, key of stage, key of the other)` in input order."""
        query = (
            f"SELECT seq, place, id, {stage}_key, {other}_key FROM records"  # noqa: S608
            " WHERE seq > ? ORDER BY seq LIMIT 4096"
        )
        last = -1
        while rows := self.db.execute(query, (last,)).fetchall():
            for last, *row in rows:  # noqa: B007
                yield tuple(row)

    def record(self, stage: str, place: str) -> bytes:
        """Return the record that a stage left at a place."""
        query = f"SELECT {stage} FROM records WHERE place = ?"  # noqa: S608 (our own word)
        return bytes(self.db.execute(query, (place,)).fetchone()[0])

    def keep(self, stage: str, place: str, key: str, record: bytes) -> None:
        """Keep a stage's record."""
        query = f"UPDATE records SET {stage}_key = ?, {stage} = ? WHERE place = ?"  # noqa: S608
        self.db.execute(query, (key, record, place))

    def keep_prepared(
        self, place: str, run: int, seq: int, id: str, key: str, record: bytes
    ) -> None:
        """Keep the first stage's record and its place in the input of this run."""
        self.db.execute(
            "INSERT INTO records (place, run, seq, id, prepared_key, prepared)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (place) DO UPDATE SET"
            " run = excluded.run, seq = excluded.seq, id = excluded.id,"
            " prepared_key = excluded.prepared_key, prepared = excluded.prepared",
            (place, run, seq, id, key, record),
        )

    def records(self, column: str) -> Iterator[tuple[int, str, str, bytes]]:
        """Yield `(seq, place, key, record)` of a stage, in input order.

        Rows are fetched in steps, so that others can be written meanwhile.
        """
        query = (
            f"SELECT seq, place, {column}_key, {column} FROM records"  # noqa: S608 (our own word)
            " WHERE seq > ? ORDER BY seq LIMIT 256"
        )
        last = -1
        while rows := self.db.execute(query, (last,)).fetchall():
            yield from rows
            last = rows[-1][0]


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turn SQLite's errors into ours, which say what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise OutputError(
                f"{path}: {error}", "free some space or mend the folder, then run again"
            ) from None
        raise OutputError(f"{path}: {error}", "remove this file and run again") from None
