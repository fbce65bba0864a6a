"""How summaries are made."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

RANKERS = ("coverage", "centroid", "lead", "lexrank", "textrank")
SUMY = ("luhn", "lsa", "kl", "sumbasic", "reduction", "edmundson")
METHODS = ("auto", *RANKERS, *SUMY)
ORDERS = ("text", "score", "date")


@dataclass(frozen=True)
class SummarizeOptions:
    """Options of the summarize stage. At most one of `sentences`, `words`, `ratio` is given."""

    sentences: int | None = None  # at most so many; null: 3 for a document, 8 for a corpus
    words: int | None = None  # at most so many words (characters of Chinese and Japanese)
    ratio: float | None = None  # at most this share of the text's words
    method: str = "auto"  # auto: coverage under words or ratio and for briefs, else centroid
    query: str | None = None  # prefer what is about this
    order: str | None = None  # text, score, date; null: text for a document, date for a corpus
    keywords: int = 0  # how many to add to the record
    lang: str | None = None  # of records that say none
    share: float = 0.4  # of a corpus summary's sentences, at most, from one document
    since: date | None = None  # of a corpus: what is new in documents of this day and later
    timeline: bool = False  # of a corpus: one sentence per day

    def replace(self, **changes: Any) -> SummarizeOptions:
        """Return these options with some changed."""
        return dataclasses.replace(self, **changes)
