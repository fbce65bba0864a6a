"""What all tests share: the command as a user starts it, the seeds, and no network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(autouse=True, scope="session")
def heed_interrupts() -> None:
    """In a shell's background Ctrl-C is ignored, and so it would be by all that is started here."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Result(NamedTuple):
    """What a finished command left."""

    code: int
    out: str
    err: str


@pytest.fixture
def textkit(tmp_path: Path) -> Callable[..., Result]:
    """Run `textkit ARGS` in a process of its own, away from the user's settings."""

    def run(*args: object, input: str | bytes = b"", cwd: Path | None = None, **env: str) -> Result:
        data = input.encode() if isinstance(input, str) else input
        done = subprocess.run(
            [sys.executable, "-m", "textkit", *map(str, args)],
            input=data,
            capture_output=True,
            cwd=cwd or tmp_path,
            env=clean_environment(tmp_path, **env),
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a new user on a machine without models."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "SYSTEMROOT", "LANG", "TMPDIR")}
    return {**kept, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), **more}
