"""The dedup stage: exact copies, near copies, the same story told anew, repeated passages.

The corpus is compared in steps that know nothing of each other: features of each document (map),
pairs that share a key (group), scores (verify), clusters (components). Only the first is slow,
and it is the one that may run anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textkit.dedup.options import DedupOptions
from textkit.document import Document

__all__ = ["DedupOptions", "dedup"]


def dedup(documents: Iterable[Document], options: DedupOptions | None = None) -> Iterator[Document]:
    """Yield the documents in their order, each with what was found about it.

    Nothing is left out unless the options say so. All documents are read first.
    """
    from textkit.dedup.analysis import analyse, results

    chosen = options or DedupOptions()
    for document in results(analyse(documents, chosen, with_scores=False)):
        if not (chosen.drop and document.dedup and document.dedup.action == "drop"):
            yield document
