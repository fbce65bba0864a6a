"""What a report need not work out again where a caller remembers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Memo = Callable[[bytes, Callable[[], bytes]], bytes]
"""Returns what `make` gives, or gave when it was asked under the same key before."""


def forgetful(_: bytes, make: Callable[[], bytes]) -> bytes:
    """Remember nothing."""
    return make()


def key_of(*parts: Any) -> bytes:
    """Return a key of all that a result depends on."""
    return ascii(parts).encode("ascii")
