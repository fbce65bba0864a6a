"""--fix: the file cleaned where it is, by the rules that are checked and no others."""

from __future__ import annotations

from collections.abc import Iterable

from textkit.check.inputs import file_bytes, inspect
from textkit.clean import CleanOptions, clean_text
from textkit.clean.registry import registry
from textkit.files import atomic_write


def fix_file(path: str, codes: Iterable[str]) -> bool:
    """Clean a file in place, as UTF-8; did that change it? What can't be read stays as it is.

    Raises OSError where it can't be written.
    """
    cleaning = tuple(code for code in sorted(codes) if code in registry())
    try:
        document = inspect(path, file_bytes(path)).document
    except OSError:
        return False
    if document is None or not cleaning:
        return False
    text = clean_text(document.text, CleanOptions(select=cleaning)).text
    if text == document.text:
        return False
    with atomic_write(path) as stream:
        stream.write(text.encode("utf-8", "replace"))
    return True
