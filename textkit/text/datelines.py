"""Datelines: the place, and often the agency, in front of a report's first sentence."""

from __future__ import annotations

import re

MAX_DATELINE = 80  # characters

_DASH = r"\s*(?:[—–]+|-{1,2})\s+"
_CAPITALS = r"[^\W\d_a-zß-öø-ÿа-яёα-ω][^\W\d_a-zß-öø-ÿа-яёα-ω.'’]+"
_LATIN = re.compile(
    # WASHINGTON — ; SAN JOSE, Calif. (AP) — ; KYIV, June 3 -
    rf"{_CAPITALS}(?:[ -]{_CAPITALS})*(?:,\s*[\w. ]{{1,30}}?)?(?:\s*[(][^()]{{1,30}}[)])?{_DASH}"
    # Berlin (dpa) - ; Paris, le 3 mai (AFP) —
    rf"|[^\W\d_][^()\n—–]{{1,40}}?[(][^()\n]{{2,30}}[)]{_DASH}"
)
_HAN = re.compile(
    r"(?:[（(【][^）)】\n]{2,20}[）)】])?[^\s，。,]{0,24}?\d{1,2}[日号號]\s*(?:电|電|讯|訊|消息)"
    r"(?:[（(【][^）)】\n]{2,20}[）)】])?[\s\u3000：:]*"
)


def dateline_end(text: str) -> int:
    """Return where the report begins behind a dateline, 0 where the text has none.

    >>> dateline_end("SAN JOSE, Calif. (AP) — The council met."), dateline_end("The council met.")
    (24, 0)
    >>> text = "新华社北京3月12日电 会议在北京开幕。"
    >>> text[dateline_end(text) :]
    '会议在北京开幕。'
    """
    head = text[:MAX_DATELINE]
    match = _LATIN.match(head) or _HAN.match(head)
    return match.end() if match and match.end() < len(text) else 0
