"""The codec that reads what is written under a label."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
LOOK = 4096  # bytes in which an encoding is declared; browsers look at 1,024
# Codecs that Python counts among the encodings, and no charset of a text.
_NO_CHARSETS = frozenset(
    "idna punycode unicode_escape raw_unicode_escape undefined palmos mbcs oem".split()
)
_PLAIN = b'<meta charset="x-1_2.b"> & (#c)'  # bytes in which a label can be read
# Python's codecs that read all that the ones of the standard do, and more.
_WIDER = {
    "big5": "big5hkscs", "euc_kr": "cp949", "shift_jis": "cp932", "gb2312": "gb18030",
    "gbk": "gb18030", "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254",
    "tis-620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip


def codec_of(label: str) -> str | None:
    """Return the codec for a label of the WHATWG Encoding Standard, or for one of Python's names.

    >>> codec_of("latin1"), codec_of("x-sjis"), codec_of("csEUCKR"), codec_of("ibm855")
    ('cp1252', 'cp932', 'cp949', 'cp855')
    >>> codec_of("base64"), codec_of("nonsense"), codec_of("idna")
    (None, None, None)
    """
    from webencodings import lookup

    try:
        standard = lookup(label)
        if standard and standard.name == "replacement":  # unsafe in browsers, plain text for us
            standard = None
        name = codecs.lookup(standard.codec_info.name if standard else label).name
        _PLAIN.decode(name, "replace")  # base64 and its like are no encodings of text
    except (LookupError, UnicodeError, AttributeError, ValueError):
        return None
    if name.replace("-", "_") in _NO_CHARSETS:
        return None
    return _WIDER.get(name, name)


def declared(data: bytes) -> str | None:
    """Return the codec of the encoding that markup declares in its first bytes.

    A label that is read as ASCII stands in no UTF-16: it is taken for UTF-8, as browsers do. One
    whose codec would read it otherwise is none.
    """
    match = _DECLARED.search(data[:LOOK])
    name = codec_of(match[1].decode("ascii", "replace")) if match else None
    if name is None or name == "utf-7":
        return None
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return name if _PLAIN.decode(name, "replace").encode("ascii", "replace") == _PLAIN else None
