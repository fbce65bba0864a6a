"""TK0xx: can the file be read, and is it plain UTF-8 text with plain line ends?"""

from __future__ import annotations

import errno
import os
import re
import stat
from typing import BinaryIO, NamedTuple

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


MAX_BYTES = 256 * 1024 * 1024  # of a file; a device never ends, and a text is never so large


def file_bytes(path: str) -> bytes:
    """Return the bytes of a file.

    Raises OSError, for a named pipe too, as nobody may ever write to it, and for what is larger
    than MAX_BYTES. A shell's `<(command)` lies below /dev and is read.
    """
    if stat.S_ISFIFO(os.stat(path).st_mode) and not path.startswith("/dev/"):
        raise OSError(errno.ESPIPE, "a pipe, not a file", path)
    with open(path, "rb") as stream:
        return bounded(stream)


def bounded(stream: BinaryIO) -> bytes:
    """Return all bytes of a stream. Raises OSError for more than MAX_BYTES."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise OSError(errno.EFBIG, f"more than {MAX_BYTES} bytes, and no text is so large")
    return data


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
        if str(error).startswith("binary"):
            return Subject(None, [Finding(name, 1, 1, "TK003", str(error))])
        return Subject(None, [_not_utf8(name, data, "not UTF-8 text")])
    findings = list(_line_ends(name, text))
    if encoding is not None:
        findings.insert(0, _not_utf8(name, data, f"not UTF-8 text but {encoding.upper()}"))
    if not text.strip("\ufeff \t\r\n"):
        return Subject(None, [*findings, Finding(name, 1, 1, "TK002", "no text in the file")])
    return Subject(Document(id=name, source=name, text=text, encoding=encoding), findings)


def _not_utf8(name: str, data: bytes, message: str) -> Finding:
    """The finding at the first byte that is no UTF-8; a file may also be of a 7-bit encoding."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        col = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        byte = f": byte 0x{data[error.start]:02x}"
        return Finding(name, line, col, "TK004", message + byte)
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
