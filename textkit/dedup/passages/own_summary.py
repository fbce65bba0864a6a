"""Embedded summaries: a page's own summary of itself, by its heading and by what it repeats.

It stays in the text; a summarizer that took sentences from it would quote a summary.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from textkit.dedup.passages.statements import LONGEST, content
from textkit.dedup.signatures.tokens import find_tokens
from textkit.document import Document, Repeat
from textkit.text.blocks import HEADING, ITEM, LEAD_IN, Block, blocks
from textkit.text.tables import rows

COVERED = 0.70  # of the section's content words: said by the rest of the page as well
LEAST = 12  # content words; shorter sections are no summary
_LONGEST_HEADING = 6  # words


@cache
def _headings() -> frozenset[tuple[str, ...]]:
    return frozenset(
        _words(heading) for _, heading in rows("textkit.dedup", "summary_headings.tsv")
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(token for token in find_tokens(text) if token[0].isalnum())


def embedded_summaries(document: Document) -> list[Repeat]:
    """Return a mark for each section that sums up the rest of its page."""
    found = blocks(document.text) if len(document.text) <= LONGEST else []
    result = []
    for at, block in enumerate(found):
        if block.kind in (HEADING, LEAD_IN) and _is_summary_heading(document.text, block):
            section = _section(found, at + 1)
            mark = _mark(document, block, section) if section else None
            if mark:
                result.append(mark)
    return result


def _is_summary_heading(text: str, block: Block) -> bool:
    if block.end - block.start > 60:
        return False
    words = _words(text[block.start : block.end])
    return 0 < len(words) <= max(_LONGEST_HEADING, 1) * 2 and words in _headings()


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
