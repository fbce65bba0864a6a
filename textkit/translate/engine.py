"""What every engine offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Engine(Protocol):
    """What turns sentences into sentences of another language."""

    @property
    def name(self) -> str:
        """The engine's name in the record."""
        ...

    @property
    def version(self) -> str:
        """What the translation memory tells models apart by; empty: nothing is remembered."""
        ...

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return the translation of each sentence."""
        ...
