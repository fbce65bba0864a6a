"""Texts in ZIP archives of XML: Word, OpenDocument and EPUB, by their published schemas.

Archives are taken for hostile: what they hold is bounded before it is read, and their XML loads
nothing and expands no entities.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from textkit.errors import InputError
from textkit.text.dates import iso_date

MAX_MEMBER, MAX_MEMBERS = 1 << 26, 10_000  # bytes of one file, and files, of an archive
MAX_CHAPTERS = 2000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
Fields = dict[str, Any]


def read_docx(data: bytes) -> Fields:
    """Return the text of a Word file and what it says of itself. Raises InputError."""
    archive = _archive(data, "Word")
    body = _xml(archive, "word/document.xml")
    lines = [_docx_line(p) for p in body.iter(_W + "p")]
    return {"text": _paragraphs(lines), **_facts(archive, "docProps/core.xml")}


def _docx_line(paragraph: etree._Element) -> str:
    pieces = []
    for node in paragraph.iter(_W + "t", _W + "tab", _W + "br", _W + "cr"):
        kind = etree.QName(node).localname
        pieces.append((node.text or "") if kind == "t" else "\t" if kind == "tab" else "\n")
    return "".join(pieces)


def read_odt(data: bytes) -> Fields:
    """Return the text of an OpenDocument text and what it says of itself. Raises InputError."""
    archive = _archive(data, "OpenDocument")
    body = _xml(archive, "content.xml")
    lines = [_odt_line(node) for node in body.iter(_TEXT + "p", _TEXT + "h")]
    return {"text": _paragraphs(lines), **_facts(archive, "meta.xml")}


def _odt_line(node: etree._Element) -> str:
    pieces = [node.text or ""]
    for child in node:
        kind = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if kind in ("s", "tab", "line-break"):
            pieces.append({"s": " ", "tab": "\t"}.get(kind, "\n"))
        elif kind not in ("note", "annotation", "tracked-changes", ""):
            pieces.append(_odt_line(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def read_epub(data: bytes) -> Fields:
    """Return the chapters of a book in its order, as one text. Raises InputError."""
    from textkit.read.fragment import markup_text

    archive = _archive(data, "EPUB")
    root = _xml(archive, "META-INF/container.xml")
    path = next((str(e.get("full-path")) for e in root.iter("{*}rootfile")), "")
    book = _xml(archive, path)
    files = {str(e.get("id")): str(e.get("href")) for e in book.iter("{*}item")}
    spine = [files.get(str(e.get("idref")), "") for e in book.iter("{*}itemref")]
    folder = posixpath.dirname(path)
    names = [posixpath.normpath(posixpath.join(folder, name)) for name in spine if name]
    chapters = [markup_text(_member(archive, name)) for name in names[:MAX_CHAPTERS]]
    text = "\n".join(chapter for chapter in chapters if chapter)
    return {"text": text, **_facts(archive, path)}


def _archive(data: bytes, kind: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(f"a damaged {kind} file: {error}") from None
    if len(archive.infolist()) > MAX_MEMBERS:
        raise InputError(f"a {kind} file of more than {MAX_MEMBERS:,} parts")
    return archive


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one file in an archive. Raises InputError where it is too large or missing."""
    try:
        with archive.open(name) as stream:
            data = stream.read(MAX_MEMBER + 1)
    except KeyError:
        raise InputError(f"a damaged file: {name or 'its table of contents'} is missing") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise InputError(f"a damaged file: {name}: {error}") from None
    if len(data) > MAX_MEMBER:
        raise InputError(f"{name} unpacks to more than {MAX_MEMBER:,} bytes")
    return data


def safe_xml(data: bytes) -> etree._Element:
    """Parse XML that loads nothing and expands no entities. Raises InputError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"damaged XML: {error}") from None
    if root is None:
        raise InputError("damaged XML: no element in it")
    return root


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return safe_xml(_member(archive, name))


def _paragraphs(lines: list[str]) -> str:
    kept = [line.strip() for line in lines if line.strip()]
    return "\n\n".join(kept) + "\n" if kept else ""


def _facts(archive: zipfile.ZipFile, name: str) -> Fields:
    """Title, author and date in Dublin Core, where the archive has them."""
    try:
        root = _xml(archive, name)
    except InputError:
        return {}
    title, author = _first(root, "title"), _first(root, "creator", "initial-creator")
    date = next(_all(root, "date", "created", "creation-date"), None)
    return {"title": title, "author": author, "date": iso_date(date), "date_text": date}


def _first(root: etree._Element, *names: str) -> str | None:
    return next(_all(root, *names), None)


def _all(root: etree._Element, *names: str) -> Iterator[str]:
    for name in names:
        for node in root.iter(f"{{*}}{name}"):
            if text := " ".join((node.text or "").split()):
                yield text
