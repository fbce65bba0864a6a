"""How inputs are read."""

from __future__ import annotations

from dataclasses import dataclass

FORMATS = ("auto", "text", "html", "jsonl")


@dataclass(frozen=True)
class ReadOptions:
    """Options of the read stage."""

    format: str = "auto"  # one of FORMATS
    encoding: str | None = None  # a codec's name; null looks at the bytes
