"""What was found, as rows for people."""

from __future__ import annotations

from collections.abc import Sequence

from textkit.document import Document

HEADER = ("action", "level", "id", "kept", "similarity", "why")


def row(document: Document) -> tuple[str, ...]:
    """Return what happens to a document, and why."""
    found = document.dedup
    assert found is not None
    kept = found.canonical or found.story or "-"
    similarity = "-" if found.similarity is None else f"{found.similarity:.2f}"
    return (
        found.action, found.level or "-", document.id, kept, similarity, found.reason or "-",
    )  # fmt: skip


def plain_table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a table in columns, without trailing blanks.

    >>> print(plain_table(["id", "why"], [["a", "x"], ["long", "y"]]), end="")
    id    why
    a     x
    long  y
    """
    every = [header, *lines]
    widths = [max(len(line[at]) for line in every) for at in range(len(header))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in every
    )
