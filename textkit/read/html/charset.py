"""The encoding of a page: what its bytes say, and what it declares, where the two agree."""

from __future__ import annotations

import codecs
import re

from textkit.errors import ConfigError, InputError
from textkit.read.decoding import is_broken_utf8
from textkit.read.detection import WIDE, detect, fitness

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
TRUSTED = 0.55  # how well a page must read in its declared wide encoding to be believed
MARGIN = 0.06  # by how much it must read better in another one
_LOOK = 4096  # bytes in which an encoding is declared, as browsers look for it
# What browsers take these labels for (WHATWG Encoding Standard): supersets that are written.
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252",
    "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "iso8859-9": "cp1254",
    "tis-620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip


def decode_page(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the markup of a page and its encoding; what does not decode is replaced.

    Raises ConfigError where the encoding asked for is unknown.
    """
    name = encoding and known(encoding)
    if encoding and not name:
        raise ConfigError(f"unknown encoding: {encoding!r}")
    name = name or next((n for bom, n in _BOMS if data.startswith(bom)), None) or _guess(data)
    return data.decode(name, "replace").removeprefix("\ufeff"), name


def declared(data: bytes) -> str | None:
    """Return the codec of the encoding that a page declares in its first bytes."""
    match = _DECLARED.search(data[:_LOOK])
    return known(match[1].decode("ascii", "replace")) if match else None


def known(label: str) -> str | None:
    """Return the codec that reads what is written under this label."""
    try:
        name = codecs.lookup(label).name
        b"".decode(name)
    except (LookupError, UnicodeError, AttributeError):
        return None
    return _WIDER.get(name, name)


def _guess(data: bytes) -> str:
    """The encoding of a page without a mark: UTF-8 where it fits, else the declared one where the
    page reads like a language in it, else the one in which it does.
    """
    said = declared(data)
    try:
        data.decode("utf-8")
        return said if said and said.startswith("iso2022") else "utf-8"
    except UnicodeDecodeError:
        if is_broken_utf8(data):
            return "utf-8"
    mark = fitness(data, said) if said and said != "utf-8" else -1.0
    if said in WIDE and mark >= TRUSTED:  # a wide encoding that fits is no accident
        return said
    best = detect(data)
    if best and best.mark > mark + MARGIN:
        return best.encoding
    return said if said and said != "utf-8" else "cp1252"


def check_page(data: bytes) -> None:
    """Raise InputError where bytes that should be a page are another kind of file."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{what}, not a page", "turn it into text or HTML first")


_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"RIFF", "a media file"),
)
