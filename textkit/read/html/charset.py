"""The encoding of a page: what its bytes say, and what it declares, where the two agree."""

from __future__ import annotations

import codecs
import re

from textkit.errors import ConfigError, InputError
from textkit.read.decoding import is_broken_utf8
from textkit.read.detection import WIDE, detect, fitness, of_shape

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
# Codecs that Python counts among the encodings, and no charset of a page.
_NO_CHARSETS = frozenset("idna punycode unicode-escape raw-unicode-escape utf-7 undefined".split())
_PLAIN = b'<meta charset="x-1_2.b"> & (#c)'  # bytes in which a label can be read
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
    try:
        return data.decode(name, "replace").removeprefix("\ufeff"), name
    except UnicodeError:  # some codecs cannot replace
        raise InputError(f"not {name.upper()} text", "say --encoding NAME") from None


def declared(data: bytes) -> str | None:
    """Return the codec of the encoding that a page declares in its first bytes.

    A label that is read as ASCII stands in no UTF-16: it is taken for UTF-8, as browsers do. One
    whose codec would read it otherwise is none.
    """
    match = _DECLARED.search(data[:_LOOK])
    name = known(match[1].decode("ascii", "replace")) if match else None
    if name is None or name.replace("_", "-") in _NO_CHARSETS:
        return None
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return name if _PLAIN.decode(name, "replace").encode("ascii", "replace") == _PLAIN else None


def known(label: str) -> str | None:
    """Return the codec that reads what is written under this label."""
    try:
        name = codecs.lookup(label).name
        _PLAIN.decode(name, "replace")  # an empty one is not looked at
    except (LookupError, UnicodeError, AttributeError, ValueError):
        return None
    return _WIDER.get(name, name)


def _guess(data: bytes) -> str:
    """The encoding of a page without a mark: the one that its NUL bytes or escapes show, UTF-8
    where it fits, else the declared one where the page reads like a language in it, else the one
    in which it does.
    """
    said = declared(data)
    if said and said.startswith("iso2022"):
        said = said if b"\x1b" in data and data.isascii() else None
    if (shape := of_shape(data)) and _reads(data, shape):
        return shape
    if _reads(data, "utf-8", whole=True):
        return said if said and said.startswith("iso2022") else "utf-8"
    if is_broken_utf8(data):
        return "utf-8"
    mark = fitness(data, said) if said and said != "utf-8" else -1.0
    if said in WIDE and mark >= TRUSTED:  # a wide encoding that fits is no accident
        return said
    best = detect(data)
    if best and best.mark > mark + MARGIN:
        return best.encoding
    return said if said and said != "utf-8" else "cp1252"


def _reads(data: bytes, name: str, whole: bool = False) -> bool:
    """Does every byte decode? If not `whole`, the last letter may be cut off."""
    try:
        codecs.getincrementaldecoder(name)().decode(data, whole)
    except UnicodeError:
        return False
    return True


def check_page(data: bytes, encoding: str | None = None) -> None:
    """Raise InputError where bytes that should be a page are another kind of file, or none."""
    head = data[:_LOOK].removeprefix(codecs.BOM_UTF8).lstrip()
    for magic, what in _MAGIC:
        if magic.match(head):
            raise InputError(f"{what}, not a page", "turn it into text or HTML first")
    marked = encoding or any(data.startswith(bom) for bom, _ in _BOMS[1:]) or of_shape(data)
    filled = data[: 2 * _LOOK].rstrip(b"\0")  # what was cut from a disk ends in NUL bytes
    if not marked and len(_CONTROL.findall(filled)) * BINARY > len(filled):
        raise InputError("binary data, not a page")


_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BINARY = 20  # bytes to one control byte in a page; evenly spread bytes have ten
_MAGIC = tuple(
    (re.compile(magic, re.DOTALL), what)
    for magic, what in (
        (rb"(?:[^<]{0,1000}[\r\n])?%PDF-\d\.\d[ \t]*[\r\n%]", "a PDF file"),
        (rb"\x89PNG", "a PNG image"),
        (rb"\xff\xd8\xff", "a JPEG image"),
        (rb"GIF8[79]a.{0,6}[\x00-\x08\x0e-\x1a]", "a GIF image"),
        (rb"PK\x03\x04", "a ZIP archive or an Office file"),
        (rb"\x1f\x8b", "a gzip file"),
        (rb"\xd0\xcf\x11\xe0", "an Office file"),
        (rb"RIFF.{4}(?:WAVE|AVI |WEBP|RMID|ACON)", "a media file"),
    )
)
