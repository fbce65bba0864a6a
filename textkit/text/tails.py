"""What may follow a sentence's last mark and still belongs to it.

Closing quotation marks and brackets, references to notes, emoji, tags, addresses, an agency's name
and signs that nobody sees: they neither open a sentence nor hide that the one before them ended.
"""

from __future__ import annotations

import re

from textkit.text.marks import CLOSERS, marks

INVISIBLE = r"\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff"
EMOJI = r"\u2600-\u27bf\ufe0e\ufe0f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f"
_NOTE = r"\[(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[a-z]|citation needed|note \d{1,3})\](?!\w)"
_RAISED = r"\u00b9\u00b2\u00b3\u2070-\u2079"
_CLOSERS = re.escape(CLOSERS + "“«")
# Directly after a mark inside a text; a number of a note needs a word before the mark.
TAIL = (
    rf"(?:[{_CLOSERS}{INVISIBLE}{EMOJI}{_RAISED}]|[ ]?{_NOTE}|[ \u00a0\u202f]»(?=\s|$)"
    r"|(?<=[a-z]{3}\.)\d{1,2}(?=\s+\W?[A-Z]|\s*\Z))*+"
)
_MAX_TAIL = 200  # characters at a line's end in which a tail is looked for
_ENDING = re.compile(
    rf"[{marks()}](?:[{_CLOSERS}{INVISIBLE}{EMOJI}{_RAISED}\s]|{_NOTE}|\d{{1,2}}(?=\s*$)"
    r"|[#＃@]\w+|(?:https?://|www\.)\S+|(?:END|ENDS|-30-|#{2,3})(?=\s*$)|[■◆●▪∎]"
    r"|[—–-]{1,2}\s?[A-Z][\w.&/ ]{1,24}(?=\s*$)|[(（/|][\w.&/ ]{1,16}[)）/]?(?=\s*$)"
    r"|[(（](?:完|终|了|終|끝)[)）])*+$"
)


def ends_with_tail(line: str) -> bool:
    """Does a line end as sentences do, its tail aside?

    >>> ends_with_tail("It rained. [1]"), ends_with_tail("It rained. #rain https://x.org/a")
    (True, True)
    >>> ends_with_tail("It rained.—AFP"), ends_with_tail("Rain in Leeds")
    (True, False)
    """
    return _ENDING.search(line, max(0, len(line) - _MAX_TAIL)) is not None


def sentence_end(line: str) -> int:
    """Return where a line's last sentence ends, before its tail but with its closing marks.

    >>> [line[: sentence_end(line)] for line in ('"It rained." [1]', "It rained.—AFP", "Rain")]
    ['"It rained."', 'It rained.', 'Rain']
    """
    match = _ENDING.search(line, max(0, len(line) - _MAX_TAIL))
    if match is None:
        return len(line)
    end = match.start() + 1
    while end < len(line) and line[end] in CLOSERS:
        end += 1
    return end
