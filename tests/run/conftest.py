"""A corpus, a run over it, and what it leaves, for the tests of `run`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus import articles, paragraphs
from tests.conftest import ROOT, clean_environment

COUNT = 48  # inputs: enough for worker processes to start


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """The texts of a small corpus with near copies in it."""
    return list(articles(COUNT, paragraphs(ROOT / "seeds"), seed=7))


@pytest.fixture
def corpus(tmp_path: Path, texts: list[str]) -> Path:
    """A folder with the corpus."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    return folder


def start(corpus: Path, out: Path, *more: str, jobs: int = 2, **popen) -> subprocess.Popen:
    """Start a run in a process of its own."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "textkit",
            "run",
            str(corpus),
            "-o",
            str(out),
            "-j",
            str(jobs),
            *more,
        ],
        env=clean_environment(corpus.parent),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **popen,
    )


def finish(process: subprocess.Popen) -> tuple[int, str]:
    """Wait for a run; its exit code and what it said."""
    _, err = process.communicate(timeout=120)
    return process.returncode, err


def tree(out: Path) -> dict[str, bytes]:
    """All files of an output folder but the state."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".textkit" not in path.relative_to(out).parts
    }


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> dict[str, bytes]:
    """What an undisturbed run with one job makes of the corpus."""
    base = tmp_path_factory.mktemp("undisturbed")
    folder = base / "in"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    code, err = finish(start(folder, base / "out", jobs=1))
    assert code == 0, err
    return {
        name: data.replace(str(base).encode(), b"BASE") for name, data in tree(base / "out").items()
    }


def seen(out: Path) -> dict[str, bytes]:
    """The files of a run with the temporary folder's name taken out."""
    base = str(out.parent).encode()
    return {name: data.replace(base, b"BASE") for name, data in tree(out).items()}
