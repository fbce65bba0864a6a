"""From a record's id to a file name that is safe on every system."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u2028\u2029\ud800-\udfff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
LIMIT = 180  # bytes, so that an ending and a temporary name still fit into 255


def file_stem(id: str, taken: set[str]) -> str:
    """Return the name under which a record's files are written: the id itself where it is safe.

    A changed name, and one that is `taken` already, ends in a hash of the id. Names that differ
    only in case count as one, as they do on some file systems. The name is added to `taken`.

    >>> file_stem("002_91fbfedf6ec4a31f", set()), file_stem("../etc/passwd", set())
    ('002_91fbfedf6ec4a31f', '_etc_passwd-42540b52')
    """
    safe = _UNSAFE.sub("_", unicodedata.normalize("NFC", id)).lstrip(".-~ ").rstrip(". ")
    while len(safe.encode()) > LIMIT:
        safe = safe[: len(safe) - max(1, (len(safe.encode()) - LIMIT) // 4)]
    name, size = safe, 4
    if not safe or safe != id or _RESERVED.match(safe):
        name = _marked(safe, id, size)
    while name.casefold() in taken:
        name, size = _marked(safe, id, size), size + 4
    taken.add(name.casefold())
    return name


def _marked(safe: str, id: str, size: int) -> str:
    mark = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
    return f"{safe or 'unnamed'}-{mark}"
