"""`textkit undo`: the source text back from records."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import Session

if TYPE_CHECKING:
    from textkit.document import Document


@click.command("undo")
@filter_options("text", "jsonl")
def command(**options: Any) -> None:
    """Take every change back and write the text as it was read, byte for byte.

    One record gives its text; several give records again, with the source text in them, or files
    where -o names a folder.
    """
    from textkit.cli.output import is_folder
    from textkit.cli.writers import View

    session = Session(**options)
    if session.input_format == "auto":
        session.input_format = "jsonl"
    documents = session.each(_undone, session.documents(session.plan()))
    head = list(islice(documents, 2))
    format = session.format_for(None)
    if session.format == "auto" and (len(head) == 1 or is_folder(session.output)):
        format = "text"
    session.write(chain(head, documents), View(_source_bytes, headed=False), format)
    session.finish()


def _source_bytes(document: Document) -> bytes:
    from textkit.read.decoding import encode_text

    return encode_text(document.text, document.encoding)


def _undone(document: Document) -> Document:
    """Undo, and make sure that the text can be written before anything is."""
    from textkit.read.decoding import encode_text
    from textkit.undo import undo_document

    result = undo_document(document)
    encode_text(result.text, result.encoding)
    return result
