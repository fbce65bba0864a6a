"""--fix: the file cleaned where it is, by the rules that are checked and no others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textkit.check.inputs import inspect
from textkit.clean import CleanOptions, clean_document
from textkit.clean.registry import registry
from textkit.document import Document
from textkit.files import atomic_write


class Fix(NamedTuple):
    """A file as it is, and as cleaning would leave it."""

    before: Document
    after: Document


def fixed(path: str, data: bytes, codes: Iterable[str]) -> Fix | None:
    """Return what the rules of these codes make of a file; None where they change nothing.

    What is no text stays as it is.
    """
    cleaning = tuple(code for code in sorted(codes) if code in registry())
    document = inspect(path, data).document
    if document is None or not cleaning:
        return None
    after = clean_document(document, CleanOptions(select=cleaning))
    return Fix(document, after) if after.text != document.text else None


def write_fix(path: str, fix: Fix) -> None:
    """Write the cleaned text in the file's place, as UTF-8. Raises OSError."""
    with atomic_write(path) as stream:
        stream.write(fix.after.text.encode("utf-8", "replace"))
