"""What a run remembers: one SQLite file in the output folder.

Each record is kept as the stages left it, each under a key made of all that went into it, so that
a later run repeats only what has changed. One transaction a batch: a killed run leaves what its
last batch had finished. Keys lie in one small table, so that a look at all of them reads no record.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from textkit.errors import OutputError, RecordError

VERSION = "3"  # of the tables; another one's file is made anew
BATCH = 64  # records a transaction
_STEP = 256  # rows read at once

_META = "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
_TABLES = """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY,
    place TEXT UNIQUE,           -- path, with the line number of a record
    run INTEGER, seq INTEGER,    -- the last run that saw it, and its place in the input
    id TEXT, wanted TEXT,        -- the id it has, and the one it would have if it were free
    source TEXT, date TEXT,
    prepared_key TEXT, translated_key TEXT, features_key TEXT, summary_key TEXT, finished_key TEXT
);
CREATE INDEX IF NOT EXISTS records_seq ON records (seq);
CREATE TABLE IF NOT EXISTS prepared (number INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS translated (number INTEGER PRIMARY KEY, data BLOB); -- where it differs
CREATE TABLE IF NOT EXISTS features (number INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS passages (number INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS finished (number INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS cards (number INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS memo (key TEXT PRIMARY KEY, run INTEGER, data BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (
    name TEXT PRIMARY KEY, digest TEXT, size INTEGER, changed INTEGER -- of all versions
) WITHOUT ROWID;
"""
STAGES = ("prepared", "translated", "features", "passages", "finished", "cards")
_OLD = ("records", "memo", *STAGES)


class Row(NamedTuple):
    """What is known of a record without reading it."""

    number: int
    place: str
    id: str
    source: str | None
    date: str | None
    prepared_key: str | None
    translated_key: str | None
    features_key: str | None
    summary_key: str | None
    finished_key: str | None


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
                self.db.executescript("".join(f"DROP TABLE IF EXISTS {name};" for name in _OLD))
                self.set_meta("corpus", "")
            self.db.executescript(_TABLES)
            self.set_meta("version", VERSION)

    def forget(self) -> None:
        """Forget all records; the files that were written stay known."""
        with self.batch():
            for table in ("records", "memo", *STAGES):
                self.db.execute(f"DELETE FROM {table}")  # noqa: S608 (our own word)
            self.set_meta("corpus", "")
            self.set_meta("shortlist", "")

    def forget_unseen(self, run: int) -> None:
        """Forget the records that this run did not see."""
        with self.batch():
            if self.db.execute("DELETE FROM records WHERE run != ?", (run,)).rowcount:
                for table in STAGES:
                    self.db.execute(
                        f"DELETE FROM {table} WHERE number NOT IN"  # noqa: S608 (our own word)
                        " (SELECT number FROM records)"
                    )

    def drop(self, number: int) -> None:
        """Forget one record."""
        self.db.execute("DELETE FROM records WHERE number = ?", (number,))

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

    def remember(self, run: int, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` gives, or gave in an earlier run under the same key."""
        found = self.db.execute("SELECT data, run FROM memo WHERE key = ?", (key,)).fetchone()
        if found is None:
            data = make()
            self.db.execute("INSERT INTO memo VALUES (?, ?, ?)", (key, run, data))
            return data
        if found[1] != run:
            self.db.execute("UPDATE memo SET run = ? WHERE key = ?", (run, key))
        return bytes(found[0])

    def forget_memo(self, run: int) -> None:
        """Forget what this run did not ask for."""
        self.db.execute("DELETE FROM memo WHERE run != ?", (run,))

    def count(self) -> int:
        """Return the number of records."""
        return int(self.db.execute("SELECT count(*) FROM records").fetchone()[0])

    def known(self, place: str) -> tuple[str | None, str, str]:
        """Return the first stage's key, the id and the wanted id of a place's record, if any."""
        query = "SELECT prepared_key, id, wanted FROM records WHERE place = ?"
        return self.db.execute(query, (place,)).fetchone() or (None, "", "")

    def see_again(self, place: str, run: int, seq: int) -> None:
        """Take an unchanged record over into this run."""
        self.db.execute("UPDATE records SET run = ?, seq = ? WHERE place = ?", (run, seq, place))

    def see_below(self, folder: str, run: int, after: int) -> int:
        """Take all records below a folder over into this run, after its others; return how many."""
        return self.db.execute(
            "UPDATE records SET run = ?, seq = seq + ? WHERE run != ? AND substr(place, 1, ?) = ?",
            (run, after + 1, run, len(folder) + 1, folder + "/"),
        ).rowcount

    def rows(self) -> Iterator[Row]:
        """Yield what is known of each record, in input order; others can be written meanwhile."""
        query = (
            f"SELECT seq, {', '.join(Row._fields)} FROM records"  # noqa: S608 (our own words)
            " WHERE seq > ? ORDER BY seq LIMIT 4096"
        )
        last = -1
        while found := self.db.execute(query, (last,)).fetchall():
            yield from (Row(*row[1:]) for row in found)
            last = found[-1][0]

    def find(self, stage: str, number: int) -> bytes | None:
        """Return what a stage left of a record, if anything."""
        query = f"SELECT data FROM {stage} WHERE number = ?"  # noqa: S608 (our own word)
        found = self.db.execute(query, (number,)).fetchone()
        return None if found is None else bytes(found[0])

    def data(self, stage: str, number: int) -> bytes:
        """Return what a stage left of a record; raises KeyError where it left nothing."""
        found = self.find(stage, number)
        if found is None and stage == "translated":
            return self.data("prepared", number)
        if found is None:
            raise KeyError(f"{stage} {number}")
        return found

    def number(self, place: str) -> int:
        """Return the number of the record of a place."""
        query = "SELECT number FROM records WHERE place = ?"
        return int(self.db.execute(query, (place,)).fetchone()[0])

    def keep(self, stage: str, number: int, data: bytes | None, **keys: str | None) -> None:
        """Keep what a stage left of a record, nothing where it changed nothing, with its keys."""
        self.db.execute(f"DELETE FROM {stage} WHERE number = ?", (number,))  # noqa: S608
        if data is not None:
            self.db.execute(f"INSERT INTO {stage} VALUES (?, ?)", (number, data))  # noqa: S608
        for name, key in keys.items():
            self.db.execute(
                f"UPDATE records SET {name} = ? WHERE number = ?",  # noqa: S608 (our own word)
                (key, number),
            )

    def keep_prepared(
        self, place: str, run: int, seq: int, id: str, wanted: str, key: str, record: bytes
    ) -> None:
        """Keep the first stage's record and its place in the input of this run."""
        self.db.execute(
            "INSERT INTO records (place, run, seq, id, wanted, prepared_key)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (place) DO UPDATE SET run = excluded.run,"
            " seq = excluded.seq, id = excluded.id, wanted = excluded.wanted,"
            " prepared_key = excluded.prepared_key",
            (place, run, seq, id, wanted, key),
        )
        self.keep("prepared", self.number(place), record)

    def stream(self, stage: str) -> Iterator[tuple[Row, bytes]]:
        """Yield each record's row and what a stage left of it, in input order."""
        columns = ", ".join(f"r.{name}" for name in Row._fields)
        query = (
            f"SELECT r.seq, d.data, {columns} FROM records r"  # noqa: S608 (our own words)
            f" JOIN {stage} d USING (number) WHERE r.seq > ? ORDER BY r.seq LIMIT {_STEP}"
        )
        last = -1
        while found := self.db.execute(query, (last,)).fetchall():
            for row in found:
                yield Row(*row[2:]), row[1]
            last = found[-1][0]


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Turn SQLite's errors into ours, which say what to do."""
    try:
        yield
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, RecordError) as error:
        raise OutputError(f"{path}: damaged: {error}", "remove this file and run again") from None
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise OutputError(
                f"{path}: {error}", "free some space or mend the folder, then run again"
            ) from None
        raise OutputError(f"{path}: {error}", "remove this file and run again") from None
