"""What a run has done so far, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from textkit.errors import Failure


@dataclass
class Progress:
    """What a run has done so far, and who is told."""

    failures: list[Failure] = field(default_factory=list)
    new: int = 0
    unchanged: int = 0
    on_failure: Callable[[Failure], None] = lambda _: None
    inputs: int | None = None  # how many there are; not known of JSON Lines
    on_step: Callable[[str, int, int | None], None] = lambda _stage, _done, _of: None

    roots: tuple[str, ...] = ()  # the paths that were named
    skipped: list[str] = field(default_factory=list)  # folders of other runs

    def skip(self, folder: str) -> None:
        """Remember a folder that was left out because another run wrote it."""
        self.skipped.append(folder)

    def fail(self, failure: Failure) -> None:
        """Count a failed input and tell."""
        self.failures.append(failure)
        self.on_failure(failure)
