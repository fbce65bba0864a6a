"""One run at a time on one output folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from textkit.errors import OutputError

if sys.platform == "win32":
    import msvcrt

    def _hold(handle: int) -> None:
        """Lock an open file, or raise OSError where another process has it locked."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _hold(handle: int) -> None:
        """Lock an open file, or raise OSError where another process has it locked."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Hold the folder's lock. The system drops it with the process, however that ends.

    Raises OutputError where another run holds it.
    """
    os.makedirs(folder, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(os.path.join(folder, "lock"), flags, 0o666), "rb") as stream:
        try:
            _hold(stream.fileno())
        except OSError:
            where = os.path.dirname(folder)
            raise OutputError(
                f"{where}: another run is writing here", "wait for it, or name another folder"
            ) from None
        yield
