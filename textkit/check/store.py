"""The cache of sketches: what is known of files that have not changed since.

One file in `.textkit-cache`, which keeps itself out of git: a line of JSON, then all hashes. It is
only ever a shortcut: a cache that is missing, damaged or can't be written changes no finding.
"""

from __future__ import annotations

import json
import os
import sys
import time
from array import array
from contextlib import suppress
from typing import Any

from textkit.check.sketch import Sketch
from textkit.files import atomic_write

FOLDER = ".textkit-cache"
_FILE = "check-sketches"
_COARSE = 1_000_000_000  # clocks of some file systems tick in whole seconds
_RACY = 2 * _COARSE, _COARSE // 20  # ns that a file must be older than its sketch: coarse, fine

Stamp = tuple[int, int, int]  # size, and the times of the last change to content and to anything


def stamp(path: str) -> Stamp:
    """Return what changes whenever the file does. Raises OSError."""
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


class Store:
    """Sketches by path, as a dict that lives in a file; paths are kept from `root`."""

    def __init__(self, root: str, version: str, read: bool = True) -> None:
        self._root = root
        self._header = {"version": version, "byteorder": sys.byteorder}
        self._known: dict[str, tuple[Stamp, Sketch]] = {}
        self._changed = False
        with suppress(OSError, ValueError, KeyError, TypeError):  # damaged: as if not there
            if read:
                self._load()

    def _load(self) -> None:
        with open(os.path.join(self._root, FOLDER, _FILE), "rb") as stream:
            header = json.loads(stream.readline())
            hashes = array("I", stream.read())
        files = header.pop("files")
        if header != self._header or sum(row[-1] for row in files.values()) != len(hashes):
            return
        at = 0
        for path, (size, mtime, ctime, digest, bound, count) in files.items():
            found = Sketch(digest, bound, hashes[at : at + count])
            self._known[path] = ((size, mtime, ctime), found)
            at += count

    def get(self, path: str, now: Stamp) -> Sketch | None:
        """Return the sketch of a file that still has this stamp."""
        kept = self._known.get(os.path.relpath(path, self._root))
        return kept[1] if kept and kept[0] == now else None

    def put(self, path: str, now: Stamp, found: Sketch) -> None:
        """Keep a sketch. A file that changed just now may change again without a new stamp."""
        window = _RACY[0] if now[2] % _COARSE == 0 else _RACY[1]
        if time.time_ns() - now[2] > window:
            self._known[os.path.relpath(path, self._root)] = (now, found)
            self._changed = True

    def save(self) -> None:
        """Write the cache where it has changed, without the files that are gone."""
        if not self._changed:
            return
        files: dict[str, Any] = {}
        hashes = array("I")
        for path, (mark, found) in sorted(self._known.items()):
            if os.path.exists(os.path.join(self._root, path)):
                files[path] = (*mark, found.digest, found.bound, len(found.hashes))
                hashes += found.hashes
        with suppress(OSError):
            self._write(json.dumps({**self._header, "files": files}).encode() + b"\n", hashes)

    def _write(self, header: bytes, hashes: array[int]) -> None:
        folder = os.path.join(self._root, FOLDER)
        os.makedirs(folder, exist_ok=True)
        ignore = os.path.join(folder, ".gitignore")
        if not os.path.exists(ignore):
            with atomic_write(ignore) as stream:
                stream.write(b"*\n")
        with atomic_write(os.path.join(folder, _FILE)) as stream:
            stream.write(header)
            hashes.tofile(stream)
