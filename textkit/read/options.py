"""How inputs are read."""

from __future__ import annotations

from dataclasses import dataclass

FORMATS = ("auto", "text", "html", "jsonl")
CANDIDATES = ("scorer", "trafilatura", "precision")  # the extractors, the most trusted first


@dataclass(frozen=True)
class ReadOptions:
    """Options of the read stage."""

    format: str = "auto"  # one of FORMATS
    encoding: str | None = None  # a codec's name; null looks at the bytes
    fast: bool = False  # pages: textkit's own extractor alone
    text_field: str | None = None  # of rows and lists of records: the field with the text
    candidates: tuple[str, ...] = ()  # pages: the extractors that vote; none named is all
