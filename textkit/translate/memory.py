"""The translation memory: a sentence is translated once by a model, and then remembered.

One SQLite file in the user's cache folder. It is never needed: where it can't be opened or
written, everything is translated anew and the result is the same.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from textkit.translate.engine import Engine

_WAIT = 5.0  # seconds for another process that is writing
_CHUNK = 500  # sentences in one query
_TABLE = """CREATE TABLE IF NOT EXISTS translation
    (version TEXT, sentence TEXT, translation TEXT, PRIMARY KEY (version, sentence))
    WITHOUT ROWID"""


class Memory:
    """Sentences and their translations by engine, model and pair."""

    def __init__(self, path: str) -> None:
        """Open or make the file. Raises OSError, sqlite3.Error."""
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
        self._connection.execute(_TABLE)

    def find(self, version: str, sentences: Sequence[str]) -> dict[str, str]:
        """Return the translations that are remembered."""
        found: dict[str, str] = {}
        for at in range(0, len(sentences), _CHUNK):
            some = sentences[at : at + _CHUNK]
            marks = ",".join("?" * len(some))
            query = (
                "SELECT sentence, translation FROM translation"  # noqa: S608 - only marks
                f" WHERE version = ? AND sentence IN ({marks})"
            )
            found.update(self._connection.execute(query, (version, *some)))
        return found

    def keep(self, version: str, translations: dict[str, str]) -> None:
        """Remember translations."""
        rows = [(version, *pair) for pair in translations.items()]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO translation VALUES (?,?,?)", rows)


def open_memory(path: str | None) -> Memory | None:
    """Return the memory in this file, or None where it can't be had."""
    if path:
        with suppress(OSError, sqlite3.Error):
            return Memory(path)
    return None


class Remembering:
    """An engine that looks into the memory first."""

    def __init__(self, engine: Engine, memory: Memory) -> None:
        self._engine = engine
        self._memory = memory
        self.name = engine.name

    @property
    def version(self) -> str:
        """The version of the engine behind it."""
        return self._engine.version

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return the translation of each sentence; a repeated one is translated once."""
        unique = list(dict.fromkeys(sentences))
        version = f"{self.name} {self.version}"
        known: dict[str, str] = {}
        with suppress(sqlite3.Error, UnicodeEncodeError):  # a lone surrogate is no UTF-8
            known = self._memory.find(version, unique)
        new = [s for s in unique if s not in known]
        if new:
            fresh = dict(zip(new, self._engine.translate(new), strict=True))
            known.update(fresh)
            with suppress(sqlite3.Error, UnicodeEncodeError):
                self._memory.keep(version, fresh)
        return [known[s] for s in sentences]
