"""What can be set about detection."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = ("paragraph", "sentence", "inline")


@dataclass(frozen=True)
class DetectOptions:
    """Options of the stage; tags are those of the table of languages."""

    languages: tuple[str, ...] = ()  # no others are considered; all where it is empty
    min_letters: int = 4  # passages of fewer letters in a script of several languages are `und`
    min_confidence: float = 0.3  # below it a passage is `und`
    level: str = "inline"  # the smallest passage: paragraph, sentence, inline
