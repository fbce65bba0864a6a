"""The little that a check asks of git: which files it tracks, and which ones are being added."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from textkit.errors import ConfigError


def toplevel(folder: str) -> str | None:
    """Return the working tree that `folder` lies in, found without starting git."""
    folder = os.path.realpath(folder)
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def tracked(top: str, folder: str) -> list[str]:
    """Return the real paths of the tracked files right in `folder`. Raises ConfigError."""
    inside = os.path.relpath(folder, top)
    names = _git(top, "ls-files", "-z", "--", inside)
    paths = [os.path.join(top, name) for name in names]
    return [path for path in paths if os.path.dirname(path) == folder]


def tracked_below(top: str) -> list[str]:
    """Return the real paths of all tracked files, sorted. Raises ConfigError."""
    return [os.path.join(top, name) for name in sorted(_git(top, "ls-files", "-z"))]


def added(top: str, between: tuple[str, str] | None = None) -> dict[str, str]:
    """Return the real path and the blob of each file that the next commit adds.

    With `between`, of those that lie between two commits. A file that is only moved is not new; a
    link is no file. Raises ConfigError.
    """
    options = ("--raw", "--no-abbrev", "--diff-filter=A", "-M", "--no-ext-diff", "-z")
    span = ("--cached",) if between is None else ("--end-of-options", "...".join(between))
    fields = iter(_git(top, "diff", *options, *span, "--"))
    blobs = {}
    for header, name in zip(fields, fields, strict=True):
        _, mode, _, blob, _ = header.split(" ")
        if mode.startswith("100"):
            blobs[os.path.join(top, name)] = blob
    return blobs


@contextmanager
def blob_reader(top: str) -> Iterator[Callable[[str], bytes]]:
    """Yield a function that returns the content of a blob; it raises OSError where there is none.

    One git answers for all blobs, so that a commit of many files costs one process.
    """
    git = subprocess.Popen(
        ["git", "cat-file", "--batch"],  # noqa: S607 - the user's own git
        cwd=top, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    asked, answers = git.stdin, git.stdout
    assert asked is not None
    assert answers is not None

    def content(blob: str) -> bytes:
        asked.write(blob.encode() + b"\n")
        asked.flush()
        _, _, size = answers.readline().partition(b" blob ")
        if not size:
            raise OSError(errno.ENOENT, "git does not have the staged content", blob)
        return answers.read(int(size) + 1)[:-1]

    try:
        yield content
    finally:
        asked.close()
        answers.close()
        git.wait()


def _git(top: str, *args: str) -> list[str]:
    """Run git at the top of the tree, where a hook's relative settings hold; names end in NUL."""
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours
            ["git", "--literal-pathspecs", *args],  # noqa: S607 - the user's own git
            cwd=top, capture_output=True, check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except FileNotFoundError:
        raise ConfigError("git can't be found", "install it, or name files and --against") from None
    except subprocess.CalledProcessError as error:
        lines = os.fsdecode(error.stderr).strip().splitlines()
        raise ConfigError(f"git: {lines[0] if lines else 'failed'}") from None
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
