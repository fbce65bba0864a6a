"""The baseline: findings that are known and wanted, each with the reason why.

A file `textkit-allow.toml` holds entries of a file (a path from the baseline's own folder, or a
pattern of one), a code (or its prefix) and a reason. None of the three may be missing.
"""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from textkit.check.findings import Finding
from textkit.errors import ConfigError
from textkit.files import read_toml

NAME = "textkit-allow.toml"
_HEADER = """\
# Findings of `textkit check` that are known and wanted: file, code and the reason why.
# `textkit check --write-baseline --reason "..."` adds what there is now; comments are not kept.
"""


class Entry(NamedTuple):
    """One kind of finding that is wanted in one file, or in all files that fit a pattern."""

    file: str
    code: str
    reason: str

    def covers(self, file: str, code: str) -> bool:
        """Is this finding meant?"""
        return code.startswith(self.code) and (file == self.file or fnmatchcase(file, self.file))


def read_baseline(path: str) -> list[Entry]:
    """Return the entries of a baseline. Raises ConfigError."""
    data = read_toml(path)
    tables = data.pop("allow", [])
    if data or not isinstance(tables, list):
        raise ConfigError(f"{path}: only [[allow]] tables are known", "file, code, reason in each")
    return [_entry(path, number, table) for number, table in enumerate(tables, 1)]


def _entry(path: str, number: int, table: Any) -> Entry:
    where = f"{path}: [[allow]] number {number}"
    if not isinstance(table, dict) or set(table) != set(Entry._fields):
        raise ConfigError(f"{where}: it needs file, code and reason, and nothing else")
    for key, value in table.items():
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(f"{where}: {key} is not a word or a sentence")
    return Entry(**table)


class Baseline(NamedTuple):
    """The entries, and the folder that their paths count from."""

    entries: Sequence[Entry] = ()
    folder: str = "."

    def covers(self, path: str, code: str) -> bool:
        """Is a finding of this code in this file known and wanted?"""
        return any(entry.covers(relative(path, self.folder), code) for entry in self.entries)

    def extended(self, findings: Iterable[Finding], reason: str) -> list[Entry]:
        """Return the entries and one more for each file and code that none of them covers."""
        new = {
            Entry(glob.escape(relative(finding.path, self.folder)), finding.code, reason)
            for finding in findings
            if not self.covers(finding.path, finding.code)
        }
        return sorted([*self.entries, *new])


def load(path: str | None) -> Baseline:
    """Return the baseline of a file; an empty one where none is named. Raises ConfigError."""
    if path is None:
        return Baseline()
    return Baseline(read_baseline(path), os.path.dirname(os.path.abspath(path)))


def relative(path: str, folder: str) -> str:
    """Return `path` from the baseline's folder, with slashes on every system."""
    return os.path.relpath(path, folder).replace(os.sep, "/")


def dump(entries: Iterable[Entry]) -> str:
    """Return a baseline's text.

    >>> print(dump([Entry("a.txt", "TK104", "raw input")])[-61:], end="")
    [[allow]]
    file = "a.txt"
    code = "TK104"
    reason = "raw input"
    """
    return _HEADER + "".join(f"\n[[allow]]\n{_keys(entry)}" for entry in entries)


def _keys(entry: Entry) -> str:
    return "".join(f"{key} = {_quoted(value)}\n" for key, value in entry._asdict().items())


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's, but for one character that only TOML forbids."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
