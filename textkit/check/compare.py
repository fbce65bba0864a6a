"""What a file is compared with: git's files beside it, a folder, and the files checked before."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from importlib.metadata import version

from textkit.check import git
from textkit.check.copies import Known, Match
from textkit.check.files import is_text
from textkit.check.inputs import file_bytes, inspect
from textkit.check.sketch import Sketch, sketch
from textkit.check.store import Store, stamp
from textkit.clean import clean_text
from textkit.errors import ConfigError
from textkit.read.sources import plan

_NO_TEXT = sketch("")


class Comparison:
    """Finds, for one file after another, the file that it copies. Close it to keep the sketches."""

    def __init__(
        self,
        paths: Sequence[str],
        against: str | None,
        cache: bool,
        read: Callable[[str], bytes] = file_bytes,
    ) -> None:
        if against is not None and not os.path.isdir(against):
            raise ConfigError(f"{against}: not a folder to compare with")
        self._checked = {os.path.realpath(path) for path in paths if path != "-"}
        self._against = against
        self._cache = cache
        self._store: Store | None = None
        self._text_of = lru_cache(maxsize=64)(_text_of)
        self._earlier = Known(lru_cache(maxsize=64)(partial(_text_of, read=read)))
        self._groups: dict[str, Known] = {}

    def __enter__(self) -> Comparison:
        return self

    def __exit__(self, *_: object) -> None:
        if self._store is not None and self._cache:
            self._store.save()

    def match(self, path: str, text: str) -> Match | None:
        """Return the file whose copy this text is; the text is known from then on."""
        own = sketch(text)
        if not own.hashes:
            return None
        found = [known.best(text, own) for known in (self._group(path), self._earlier)]
        if path != "-":
            self._earlier.add(path, own)
        return max(filter(None, found), default=None, key=lambda m: m[:-1])

    def _group(self, path: str) -> Known:
        """The files that this one is compared with, beside those checked before it."""
        folder = os.path.dirname(os.path.realpath("." if path == "-" else path))
        if path == "-":
            folder = os.getcwd()
        folder = "" if self._against is not None else folder
        if folder not in self._groups:
            known = self._groups[folder] = Known(self._text_of)
            for other in self._others(folder):
                if os.path.realpath(other) not in self._checked:
                    known.add(_shown(other), self._sketch_of(other))
        return self._groups[folder]

    def _others(self, folder: str) -> Iterator[str]:
        if self._against is not None:
            yield from (s.path for s in plan([self._against]).sources if s.format == "text")
            return
        top = git.toplevel(folder)
        if top is not None:
            for path in sorted(git.tracked(top, folder)):
                if is_text(path):
                    yield path

    def _sketch_of(self, path: str) -> Sketch:
        """The sketch of a file, from the cache where the file is still the same."""
        if self._store is None:
            here = os.getcwd()
            self._store = Store(git.toplevel(here) or here, version("textkit"), self._cache)
        try:
            mark = stamp(path)
        except OSError:
            return _NO_TEXT
        known = self._store.get(path, mark)
        if known is None:
            known = sketch(self._text_of(path))
            self._store.put(path, mark, known)
        return known


def _text_of(path: str, read: Callable[[str], bytes] = file_bytes) -> str:
    """The cleaned text of a file; empty where there is none."""
    try:
        document = inspect(path, read(path)).document
    except OSError:
        return ""
    return clean_text(document.text).text if document else ""


def _shown(path: str) -> str:
    """A path as a person at this place would write it."""
    short = os.path.relpath(path)
    return path if short.startswith("..") else short
