"""One run at a time on one output folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from textkit.errors import OutputError

try:
    import fcntl
except ImportError:  # pragma: no cover - only where there are no such locks
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Hold the folder's lock. The system drops it with the process, however that ends.

    Raises OutputError where another run holds it.
    """
    os.makedirs(folder, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(os.path.join(folder, "lock"), flags, 0o666), "rb") as stream:
        if fcntl is not None:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                where = os.path.dirname(folder)
                raise OutputError(
                    f"{where}: another run is writing here", "wait for it, or name another folder"
                ) from None
        yield
