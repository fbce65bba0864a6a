"""The files of a run: written whole, only where they differ, and gone with their source."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b

from textkit.document import Document
from textkit.files import atomic_write
from textkit.run.names import file_stem
from textkit.run.state import State


class Outputs:
    """Writes below one folder and remembers what it wrote, so that it removes nothing else."""

    def __init__(self, folder: str, state: State) -> None:
        self._folder = folder
        self._state = state
        self._written: set[str] = set()

    def write(self, name: str, data: bytes) -> None:
        """Make the file `name` hold `data`."""
        self._written.add(name)
        path = os.path.join(self._folder, name)
        digest = blake2b(data, digest_size=16).hexdigest()
        if not self._is_current(name, path, digest):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with atomic_write(path) as stream:
                stream.write(data)
            self._remember(name, path, digest)

    def stream(self, name: str, pieces: Iterator[bytes]) -> None:
        """Make the file `name` hold these pieces, one after the other."""
        self._written.add(name)
        path = os.path.join(self._folder, name)
        digest = blake2b(digest_size=16)
        with atomic_write(path) as stream:
            for piece in pieces:
                digest.update(piece)
                stream.write(piece)
        self._remember(name, path, digest.hexdigest())

    def remove_stale(self) -> None:
        """Remove what earlier runs wrote and this one did not."""
        for (name,) in self._state.db.execute("SELECT name FROM outputs").fetchall():
            if name not in self._written:
                with suppress(FileNotFoundError):
                    os.unlink(os.path.join(self._folder, name))
                self._state.db.execute("DELETE FROM outputs WHERE name = ?", (name,))

    def intact(self) -> bool:
        """Are all files there as they were written?"""
        rows = self._state.db.execute("SELECT name, size, changed FROM outputs")
        return all(_stamp(os.path.join(self._folder, name)) == (s, c) for name, s, c in rows)

    def _is_current(self, name: str, path: str, digest: str) -> bool:
        row = self._state.db.execute(
            "SELECT digest, size, changed FROM outputs WHERE name = ?", (name,)
        ).fetchone()
        return row is not None and row[0] == digest and _stamp(path) == row[1:]

    def _remember(self, name: str, path: str, digest: str) -> None:
        size, changed = _stamp(path) or (0, 0)
        self._state.db.execute(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", (name, digest, size, changed)
        )


def _stamp(path: str) -> tuple[int, int] | None:
    """Size and time of change of a file, which tell whether somebody touched it."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def article_text(document: Document) -> str:
    """What `articles/ID.txt` holds: the text, ending in one line end."""
    return document.text if document.text.endswith("\n") else document.text + "\n"


def stems(documents: Iterator[Document]) -> Iterator[tuple[Document, str]]:
    """Yield each document with the stem of its files, no two alike."""
    taken: set[str] = set()
    for document in documents:
        yield document, file_stem(document.id, taken)
