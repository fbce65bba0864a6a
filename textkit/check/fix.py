"""--fix: the file cleaned where it is, and nothing else about it changed."""

from __future__ import annotations

from textkit.check.inputs import inspect
from textkit.clean import clean_text
from textkit.files import atomic_write
from textkit.read.decoding import encode_text


def fix_file(path: str) -> bool:
    """Clean a file in place; was there anything to clean? What can't be read stays as it is.

    Raises OSError where it can't be written.
    """
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError:
        return False
    document = inspect(path, data).document
    if document is None:
        return False
    cleaned = encode_text(clean_text(document.text).text, document.encoding)
    if cleaned == data:
        return False
    with atomic_write(path) as stream:
        stream.write(cleaned)
    return True
