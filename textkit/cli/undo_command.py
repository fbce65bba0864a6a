"""`textkit undo`: the source text back from records."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import session

if TYPE_CHECKING:
    from textkit.document import Document


@click.command("undo")
@filter_options("text", "jsonl")
def command(**options: Any) -> None:
    """Take every change back and write the text as it was read, byte for byte.

    One record gives its text; several give records again, with the source text in them.
    """
    from textkit.document import encode
    from textkit.read.decoding import encode_text

    here = session(**options)
    if here.input_format == "auto":
        here.input_format = "jsonl"
    found = here.plan()
    documents = here.each(_undone, here.documents(found))
    head = list(islice(documents, 2))
    as_text = here.format == "text" or (here.format == "auto" and len(head) == 1)
    with here.writer() as write:
        for document in chain(head, documents):
            if as_text:
                write(encode_text(document.text, document.encoding))
            else:
                write(encode(document))
    here.finish()


def _undone(document: Document) -> Document:
    """Undo, and make sure that the text can be written before anything is."""
    from textkit.read.decoding import encode_text
    from textkit.undo import undo_document

    result = undo_document(document)
    encode_text(result.text, result.encoding)
    return result
