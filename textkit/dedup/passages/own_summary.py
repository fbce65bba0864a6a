"""Embedded summaries: a page's own summary of itself, by its heading and by what it repeats.

It stays in the text; a summarizer that took sentences from it would quote a summary.
"""

from __future__ import annotations

from collections.abc import Sequence

from textkit.dedup.passages.statements import LONGEST, content
from textkit.document import Document, Repeat
from textkit.text.blocks import HEADING, ITEM, LEAD_IN, Block, blocks
from textkit.text.headings import is_summary_heading

COVERED = 0.70  # of the section's content words: said by the rest of the page as well
LEAST = 12  # content words; shorter sections are no summary


def embedded_summaries(document: Document) -> list[Repeat]:
    """Return a mark for each section that sums up the rest of its page."""
    found = blocks(document.text) if len(document.text) <= LONGEST else []
    result = []
    for at, block in enumerate(found):
        if block.kind in (HEADING, LEAD_IN) and is_summary_heading(
            document.text[block.start : block.end]
        ):
            section = _section(found, at + 1)
            mark = _mark(document, block, section) if section else None
            if mark:
                result.append(mark)
    return result


def _section(found: Sequence[Block], at: int) -> list[Block]:
    """Return the blocks under a heading: a list, or what comes before the next heading.

    Where no heading follows, a section that opens the page is but its first paragraph.
    """
    rest = found[at:]
    if not rest or rest[0].kind == HEADING:
        return []
    if rest[0].kind == ITEM:
        return list(_while(rest, ITEM))
    until = next((n for n, block in enumerate(rest) if block.kind == HEADING), None)
    if until is None and len(rest) > at:
        return [rest[0]]
    return list(rest[:until])


def _while(found: Sequence[Block], kind: str) -> list[Block]:
    stop = next((n for n, block in enumerate(found) if block.kind != kind), len(found))
    return list(found[:stop])


def _mark(document: Document, heading: Block, section: Sequence[Block]) -> Repeat | None:
    """Return the mark of a section, unless it is short or says things of its own."""
    start, end = section[0].start, section[-1].end
    before = document.text[: heading.start].rstrip()
    after = document.text[end:].lstrip()
    said, rest = content(document.text[start:end]), content(before + "\n" + after)
    share = len(said & rest) / max(len(said), 1)
    if len(said) < LEAST or share < COVERED or len(rest) < len(said):
        return None
    if len(before) >= len(after):
        other = (0, len(before))
    else:
        other = (len(document.text) - len(after), len(document.text))
    return Repeat(heading.start, end, document.id, *other, round(share, 4), "embedded_summary")
