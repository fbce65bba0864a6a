"""The files of a run: written whole, only where they differ, and gone with their source."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b

from textkit.errors import OutputError
from textkit.files import atomic_write
from textkit.run.state import State

# The files that a run can have made: a damaged or forged state must not remove others.
_OURS = re.compile(
    r"articles\.jsonl|corpus\.md|report\.html|failures\.jsonl"
    r"|(?:articles|summaries)/[^/\0]+\.txt|report/[^/\0]+\.html"
)


class Outputs:
    """Writes below one folder and remembers what it wrote, so that it removes nothing else."""

    def __init__(self, folder: str, state: State) -> None:
        self._folder = folder
        self._state = state
        self._written: set[str] = set()

    def write(self, name: str, key: str, make: Callable[[], Iterable[bytes]]) -> None:
        """Make the file `name` hold what `make` gives, unless it does already, by its `key`."""
        self._written.add(name)
        path = os.path.join(self._folder, name)
        if not self._is_current(name, path, key):
            self.announce((name,))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with atomic_write(path, follow=False) as stream:
                stream.writelines(make())
            size, changed = _stamp(path) or (0, 0)
            self._state.db.execute(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", (name, key, size, changed)
            )

    def announce(self, names: Iterable[str]) -> None:
        """Remember that files of these names are ours, before there are any.

        A run that dies after it wrote a file and before it said so would leave it for ever.
        """
        self._state.db.executemany(
            "INSERT OR IGNORE INTO outputs VALUES (?, '', 0, 0)", ((name,) for name in names)
        )

    def write_page(self, name: str, page: bytes) -> None:
        """Make the file `name` hold `page`."""
        self.write(name, blake2b(page, digest_size=16).hexdigest(), lambda: (page,))

    def remove_stale(self) -> None:
        """Remove what earlier runs wrote and this one did not."""
        for (name,) in self._state.db.execute("SELECT name FROM outputs").fetchall():
            if name not in self._written:
                if not _OURS.fullmatch(name):
                    raise OutputError(
                        f"{self._state.path}: names a file that no run makes: {name!r}",
                        "remove this file and run again",
                    )
                with suppress(FileNotFoundError, IsADirectoryError):
                    os.unlink(os.path.join(self._folder, name))
                self._state.db.execute("DELETE FROM outputs WHERE name = ?", (name,))

    def intact(self) -> bool:
        """Are all files there as they were written?"""
        rows = self._state.db.execute("SELECT name, size, changed FROM outputs")
        return all(_stamp(os.path.join(self._folder, name)) == (s, c) for name, s, c in rows)

    def _is_current(self, name: str, path: str, key: str) -> bool:
        row = self._state.db.execute(
            "SELECT digest, size, changed FROM outputs WHERE name = ?", (name,)
        ).fetchone()
        return row is not None and row[0] == key and _stamp(path) == row[1:]


def _stamp(path: str) -> tuple[int, int] | None:
    """Size and time of change of a file, which tell whether somebody touched it."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
