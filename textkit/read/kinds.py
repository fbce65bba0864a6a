"""Kinds of files: which can be read, known by their first bytes and then by their ending."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable
from typing import NamedTuple

from textkit.errors import InputError

LOOK = 4096  # bytes in which a kind is looked for
PACKED = frozenset((".gz", ".zst"))  # endings that stand behind another one
FORMAT_OF = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "tsv", ".rss": "feed", ".atom": "feed", ".eml": "eml",
    ".epub": "epub", ".docx": "docx", ".odt": "odt", ".warc": "warc",
}  # fmt: skip


class Kind(NamedTuple):
    """A kind of file: how it begins, what it is, and what can be done with it."""

    magic: re.Pattern[bytes]
    name: str
    advice: str = ""
    format: str = ""  # the reader's; none where it can't be read


_CONVERT = "turn it into text or HTML first"
_ZIP = rb"PK\x03\x04"


def _kinds(table: Iterable[tuple[bytes, str, str, str]]) -> tuple[Kind, ...]:
    return tuple(Kind(re.compile(m, re.DOTALL), *rest) for m, *rest in table)


# The first that matches counts. ODF and EPUB name themselves in the first member of the archive.
_KINDS = _kinds((
    (rb"(?:[^<]{0,1000}[\r\n])?%PDF-\d\.\d[ \t]*[\r\n%]", "a PDF file",
     "make a text of it: pdftotext FILE FILE.txt", ""),
    (rb"\x89PNG", "a PNG image", _CONVERT, ""),
    (rb"\xff\xd8\xff", "a JPEG image", _CONVERT, ""),
    (rb"GIF8[79]a.{0,6}[\x00-\x08\x0e-\x1a]", "a GIF image", _CONVERT, ""),
    (rb"RIFF.{4}(?:WAVE|AVI |WEBP|RMID|ACON)", "a media file", _CONVERT, ""),
    (rb".{4}ftyp|ID3|OggS|fLaC|\x1aE\xdf\xa3", "a media file", _CONVERT, ""),
    (_ZIP + rb".{26}mimetypeapplication/epub\+zip", "an EPUB book", "", "epub"),
    (_ZIP + rb".{26}mimetypeapplication/vnd\.oasis\.opendocument\.text", "an ODT text", "", "odt"),
    (_ZIP + rb".{26}(?:\[Content_Types\]|_rels/|docProps/|word/).*word/", "a Word text",
     "", "docx"),
    (_ZIP, "a ZIP archive or an Office file", "unpack it, or turn it into text first", ""),
    (rb"\xd0\xcf\x11\xe0", "an old Office file", "save it as DOCX or text first", ""),
    (rb"\x1f\x8b", "a gzip file", "", "gz"),
    (rb"\x28\xb5\x2f\xfd", "a Zstandard file", "", "zst"),
    (rb"PAR1", "a Parquet table", "", "parquet"),
    (rb"WARC/\d", "a WARC archive", "", "warc"),
    (rb"BZh\d|\xfd7zXZ|7z\xbc\xaf|Rar!", "a packed archive", "unpack it first", ""),
    (rb"SQLite format 3", "a database", "export its texts as CSV or JSON Lines first", ""),
    (rb"\x7fELF|MZ.{58}|\xca\xfe\xba\xbe|\x00asm", "a program", "", ""),
))  # fmt: skip
_FEED = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*|<!DOCTYPE[^>]*>\s*)*"
    rb"<(?:rss\b|feed\b|(?:\w+:)?RDF\b)",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html\b|head\b|body\b)",
    re.IGNORECASE | re.DOTALL,
)
_RECORD = re.compile(rb'\{\s*(?:"|\}|$)')  # how a JSON object starts
_LIST = re.compile(rb'\[\s*\{\s*"')
_MAIL = re.compile(
    rb"(?:(?:Return-Path|Received|Delivered-To|From|Date|Subject|Message-ID|MIME-Version):[^\r\n]*"
    rb"\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}",
    re.IGNORECASE,
)
_BY_TEXT = (
    (_PAGE, "html"), (_FEED, "feed"), (_RECORD, "jsonl"), (_LIST, "json"), (_MAIL, "eml"),
)  # fmt: skip


def _head(data: bytes) -> bytes:
    return data[:LOOK].removeprefix(codecs.BOM_UTF8).lstrip()


def kind_of(data: bytes) -> Kind | None:
    """Return the kind of file that bytes begin like; none for text of any encoding."""
    head = _head(data)
    return next((kind for kind in _KINDS if kind.magic.match(head)), None)


def format_of(data: bytes) -> str:
    """Return the format that the first bytes show: of a kind of file, else of marked up text.

    >>> format_of(b"<!doctype html><p>"), format_of(b'[{"text": "x"}]'), format_of(b"plain")
    ('html', 'json', '')
    """
    if kind := kind_of(data):
        return kind.format
    head = _head(data)
    return next((format for pattern, format in _BY_TEXT if pattern.match(head)), "")


def ending_of(path: str) -> str:
    """Return the ending that tells a file's kind: of a saved page without its query.

    >>> ending_of("a/B.HTML"), ending_of("index.html?page=2"), ending_of("a.jsonl.gz")
    ('.html', '.html', '.jsonl')
    """
    stem, ending = os.path.splitext(os.path.basename(path).partition("?")[0].lower())
    return os.path.splitext(stem)[1] if ending in PACKED else ending


def refuse_other(data: bytes, wanted: str) -> None:
    """Raise InputError where bytes that should be `wanted` are another kind of file."""
    kind = kind_of(data)
    if kind:
        raise InputError(f"{kind.name}, not {wanted}", kind.advice or _CONVERT)
