"""Undo: the record as it was read."""

from __future__ import annotations

from msgspec.structs import replace

from textkit.document import Document, source_text
from textkit.edits import EditError
from textkit.errors import RecordError
from textkit.library import make_callable


def undo_document(document: Document) -> Document:
    """Return the record with its source text, and without all that was found in the changed one.

    Raises RecordError where the record's text is not what its revisions made.
    """
    try:
        text = source_text(document)
    except EditError as error:
        raise RecordError(
            f"can't undo: {error}", "the text is not what these revisions made"
        ) from None
    return replace(
        document, text=text, passages=(), revisions=(), summary=(), checks=(), dedup=None, lang=None
    )


make_callable(__name__)
