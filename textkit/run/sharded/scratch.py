"""The folder of a cluster that lasts as long as the run.

A run that is killed leaves its folder, with what was spilled into it; the next run removes it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import glob

from textkit.errors import OutputError
from textkit.run.lock import locked

PREFIX = "textkit-ray-"
_NEW = "new-"


@contextmanager
def scratch() -> Iterator[str]:
    """Yield a new folder, and remove it in the end."""
    for left in glob(os.path.join(tempfile.gettempdir(), PREFIX + "*")):
        _remove_unless_held(left)
    new = tempfile.mkdtemp(prefix=_NEW + PREFIX)
    folder = os.path.join(os.path.dirname(new), os.path.basename(new).removeprefix(_NEW))
    try:
        with locked(new):
            os.rename(new, folder)  # it can be found once it is held, not before
            yield folder
    finally:
        for name in (new, folder):
            shutil.rmtree(name, ignore_errors=True)


def _remove_unless_held(folder: str) -> None:
    if os.path.exists(os.path.join(folder, "lock")):  # or it is none of ours
        with suppress(OutputError, OSError), locked(folder):
            shutil.rmtree(folder, ignore_errors=True)
