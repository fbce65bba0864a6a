"""The development sets: where they are, which data exactly, and their own scorers."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
TEXTKIT = Path(sys.executable).with_name("textkit")


class NoSharedDataError(Exception):
    """The development sets are not where they were looked for."""


def locate(folder: str | None) -> Path:
    """Return the folder of development sets, by default `shared` beside the checkout.

    Raises NoSharedDataError with what is needed where there is no such folder.
    """
    path = Path(folder) if folder else ROOT.parent / "shared"
    if not (path / "dev" / "README.md").exists():
        raise NoSharedDataError(
            f"{path}: no development sets (a folder with dev/README.md and cases/run.py); "
            "name it with --shared DIR"
        )
    return path.resolve()


@cache
def digest(path: Path) -> str:
    """Return twelve hex digits that name the content of a file or of all files in a folder."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    total = hashlib.sha256()
    for file in files:
        total.update(os.fsencode(file.relative_to(path)))
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:12]


def scorer(path: Path) -> ModuleType:
    """Import a scorer from its file."""
    spec = importlib.util.spec_from_file_location(f"scorer_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise NoSharedDataError(f"{path}: no scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_scorer(path: Path, *arguments: str) -> str:
    """Run a scorer with this Python from the checkout's root; return what it prints."""
    result = subprocess.run(
        [sys.executable, str(path), *arguments],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise RuntimeError(f"{path.name} exited with {result.returncode}: {result.stderr[-400:]}")
    return result.stdout


def command(arguments: str) -> str:
    """Return a textkit command line for a scorer, with this environment's textkit."""
    return f"{shlex.quote(str(TEXTKIT))} {arguments}"


def read_jsonl(path: Path) -> list[Any]:
    """Read a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
