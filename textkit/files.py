"""Files: written whole, beside the target first and then renamed over it; settings read."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from textkit.errors import ConfigError

PART_PREFIX, PART_SUFFIX = ".textkit-", ".part"


@contextmanager
def atomic_write(path: str, follow: bool = True) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends well, and is gone otherwise.

    The old file's permissions stay. A link is followed, or replaced where `follow` is false; a
    pipe or device in that place is then refused. Raises OSError, which names `path`.
    """
    if not follow and os.path.lexists(path) and not _is_plain(path):
        raise FileExistsError(errno.EEXIST, "not a regular file", path)
    if follow and _is_special(path):
        with open(path, "wb") as stream:  # a device or a pipe has no neighbour to rename
            yield stream
        return
    target = os.path.realpath(path) if follow else path
    try:
        handle, temporary = tempfile.mkstemp(
            dir=os.path.dirname(target) or ".", prefix=PART_PREFIX, suffix=PART_SUFFIX
        )
    except OSError as error:  # it names the temporary file, which nobody asked for
        raise type(error)(error.errno, error.strerror, path) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError) and error.filename == temporary:
            raise type(error)(error.errno, error.strerror, path) from None
        raise


def _is_plain(path: str) -> bool:
    """Is this a regular file, or a link in its place?"""
    mode = os.lstat(path).st_mode
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def _is_special(path: str) -> bool:
    """Is this an existing device, pipe or the like? Asked of the path as given: /dev/stdout."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def read_toml(path: str) -> dict[str, Any]:
    """Return what a TOML file of the user's holds. Raises ConfigError."""
    import tomllib

    try:
        with open(path, "rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None


def remove_parts(folder: str) -> None:
    """Remove what writers that were killed have left in a folder."""
    with suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(PART_PREFIX) and name.endswith(PART_SUFFIX):
                os.unlink(os.path.join(folder, name))


def _mode(path: str) -> int:
    """The permissions of the old file, or those that a new one gets."""
    try:
        return os.stat(path).st_mode & 0o7777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
