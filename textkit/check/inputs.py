"""TK0xx: can the file be read, and is it plain UTF-8 text with plain line ends?"""

from __future__ import annotations

import re
from typing import NamedTuple

from textkit.check.findings import Finding
from textkit.document import Document
from textkit.errors import InputError
from textkit.read import reason
from textkit.read.decoding import decode_bytes
from textkit.read.sources import display

_ODD_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_NAMES = {"\r\n": "CR LF", "\r": "CR", "\x85": "NEL", "\u2028": "LS", "\u2029": "PS"}


class Subject(NamedTuple):
    """A file as a check sees it: its text, where there is any, and what reading it found."""

    document: Document | None
    findings: list[Finding]


def inspect(path: str, data: bytes | OSError) -> Subject:
    """Return the text of a file and the findings about its bytes."""
    name = display(path)
    if isinstance(data, OSError):
        return Subject(None, [Finding(name, 1, 1, "TK001", reason(data))])
    if not data.strip():
        return Subject(None, [Finding(name, 1, 1, "TK002", "no text in the file")])
    try:
        text, encoding = decode_bytes(data)
    except InputError as error:
        return Subject(None, [_undecodable(name, data, str(error))])
    findings = list(_line_ends(name, text))
    if encoding is not None:
        what = f"{encoding.upper()} text; UTF-8 is expected"
        findings.insert(0, Finding(name, 1, 1, "TK004", what))
    if not text.strip("\ufeff \t\r\n"):
        return Subject(None, [*findings, Finding(name, 1, 1, "TK002", "no text in the file")])
    return Subject(Document(id=name, source=name, text=text, encoding=encoding), findings)


def _undecodable(name: str, data: bytes, message: str) -> Finding:
    """Tell binary data from text in another encoding, which has a first wrong byte."""
    if message.startswith("binary"):
        return Finding(name, 1, 1, "TK003", message)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        col = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        return Finding(name, line, col, "TK004", f"not UTF-8 text: byte 0x{data[error.start]:02x}")
    return Finding(name, 1, 1, "TK004", message)


def _line_ends(name: str, text: str) -> list[Finding]:
    """One finding a file: where the first odd line end is, and how many there are of each."""
    first = _ODD_ENDS.search(text)
    if first is None:
        return []
    counts: dict[str, int] = {}
    for end in _ODD_ENDS.findall(text):
        counts[end] = counts.get(end, 0) + 1
    line = text.count("\n", 0, first.start()) + 1
    col = first.start() - text.rfind("\n", 0, first.start())
    what = ", ".join(f"{n} {_NAMES[end]}" for end, n in counts.items())
    return [Finding(name, line, col, "TK005", f"line ends other than LF: {what}", fixable=True)]
