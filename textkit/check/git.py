"""The little that a check asks of git: which files it tracks, and which ones are being added."""

from __future__ import annotations

import os
import subprocess

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


def added(top: str, between: tuple[str, str] | None = None) -> list[str]:
    """Return the real paths of the files that the next commit adds. Raises ConfigError.

    With `between`, of those that lie between two commits. A file that is only moved is not new.
    """
    options = ("--name-only", "--diff-filter=A", "-M", "--no-ext-diff", "-z")
    span = ("--cached",) if between is None else ("--end-of-options", "...".join(between))
    names = _git(top, "diff", *options, *span, "--")
    return [os.path.join(top, name) for name in names]


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
