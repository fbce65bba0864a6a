"""Pages out of WARC archives, with the package warcio."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from textkit.errors import InputError, MissingModelError, TextkitError
from textkit.read.options import ReadOptions

MAX_PAGE = 1 << 25  # bytes of one page


def read_warc(data: bytes, options: ReadOptions) -> Iterator[dict[str, Any]]:
    """Yield the article of each page that an archive has as a response.

    Raises InputError where it is damaged, MissingModelError without warcio.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        hint = "install textkit[formats], or unpack its pages first"
        raise MissingModelError("a WARC archive", hint) from None
    from textkit.document import encode
    from textkit.fields import fields_of
    from textkit.read.page import read_page

    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            headers = record.http_headers
            kind = headers.get_header("Content-Type", "") if headers else ""
            if record.rec_type != "response" or "html" not in kind:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            try:
                page = read_page(record.content_stream().read(MAX_PAGE), "x", "x", options)
            except TextkitError:  # an empty page among thousands
                continue
            fields = fields_of(encode(page))
            yield {**fields, "id": None, "source": None, "url": fields.get("url") or url}
    except ArchiveLoadFailed as error:
        raise InputError(f"a damaged WARC archive: {error}") from None
