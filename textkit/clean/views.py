"""What a person sees of a cleaning: an explanation, a diff, the rejected pieces."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

from textkit.clean import line_reasons, reason_of
from textkit.document import Document
from textkit.edits import Edit
from textkit.pieces import Piece
from textkit.text.lines import LineIndex

_STYLES = {"-": "red", "+": "green", "@": "cyan"}


def last_edits(before: Document, after: Document) -> tuple[Edit, ...]:
    """Return the edits of the cleaning that led from one record to the other."""
    if len(after.revisions) == len(before.revisions):
        return ()
    return after.revisions[-1].edits


def explanations(before: Document, after: Document) -> Iterator[str]:
    """Yield one line per edit: `line:column CODE reason: what went -> what came`."""
    index, edits = LineIndex(before.text), last_edits(before, after)
    reasons = line_reasons(before.text, edits)
    for edit in edits:
        line, column = index.position(edit.start)
        came = f" -> {shown(edit.new)}" if edit.new.strip() or not edit.old.strip() else ""
        yield f"{line}:{column} {edit.rule} {reason_of(edit, reasons)}: {shown(edit.old)}{came}"


def shown(text: str, width: int = 100) -> str:
    r"""Return a piece of text as one quoted line; blanks at its ends and odd characters escaped.

    >>> shown("Home > News\n\n"), shown("\u200b")
    ('"Home > News"', '"\\u200b"')
    """
    kept = text.strip("\n") or text
    escaped = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in kept[: width + 1])
    return f'"{escaped}"' if len(escaped) <= width else f'"{escaped[: width - 1]}…"'


def unified(before: Document, after: Document) -> Iterator[Piece]:
    """Yield the lines of a unified diff as pieces, each with its line end."""
    if before.text == after.text:
        return
    old, new = before.text.splitlines(keepends=True), after.text.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, before.source, before.source, n=2):
        body = line.rstrip("\r\n")
        yield body, _STYLES.get(line[:1], "")
        yield "\n", ""
        if not line.endswith(("\n", "\r")):
            yield "\\ No newline at end of file\n", ""


def edit_rows(before: Document, after: Document) -> Iterator[dict[str, Any]]:
    """Yield each edit with its place, its rule and the reason."""
    index, edits = LineIndex(before.text), last_edits(before, after)
    reasons = line_reasons(before.text, edits)
    for edit in edits:
        line, column = index.position(edit.start)
        yield {
            "id": before.id, "source": before.source, "line": line, "column": column,
            "start": edit.start, "rule": edit.rule, "reason": reason_of(edit, reasons),
            "old": edit.old, "new": edit.new,
        }  # fmt: skip


def rejects(before: Document, after: Document) -> Iterator[bytes]:
    """Yield a line of JSON for each piece that was taken out; mended characters are none."""
    for row in edit_rows(before, after):
        if row["rule"] < "TK3":
            yield json.dumps(row, ensure_ascii=not _encodable(row["old"])).encode() + b"\n"


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
