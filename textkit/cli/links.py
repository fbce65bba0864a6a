"""Links below a folder that was named: a command that writes leaves what they lead to alone."""

from __future__ import annotations

import os
from collections.abc import Iterable


def is_linked(path: str, named: Iterable[str]) -> bool:
    """Is a file reached through a link that lies below one of the named folders?

    A link that was named itself is the user's own wish.
    """
    if path in named:
        return False
    for folder in named:
        inside = os.path.relpath(path, folder)
        if folder != path and not inside.startswith(os.pardir):
            return _has_link(folder, inside.split(os.sep))
    return os.path.islink(path)


def _has_link(folder: str, parts: list[str]) -> bool:
    for part in parts:
        folder = os.path.join(folder, part)
        if os.path.islink(folder):
            return True
    return False
