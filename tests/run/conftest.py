"""A corpus, a run over it, and what it leaves, for the tests of `run`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus import articles, paragraphs
from tests.conftest import ROOT, clean_environment

COUNT = 40  # inputs: enough for worker processes to start


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus `in` and what an undisturbed run with one job made of it in `out`."""
    base = tmp_path_factory.mktemp("prepared")
    (base / "in").mkdir()
    for number, text in enumerate(articles(COUNT, paragraphs(ROOT / "seeds"), seed=7)):
        (base / "in" / f"{number:03}.txt").write_text(text, "utf-8")
    code, err = finish(start(base, jobs=1))
    assert code == 0, err
    return base


@pytest.fixture
def corpus(prepared: Path, tmp_path: Path) -> Path:
    """A folder with the corpus `in`."""
    shutil.copytree(prepared / "in", tmp_path / "in")
    return tmp_path


@pytest.fixture
def finished(prepared: Path, tmp_path: Path) -> Path:
    """A folder with the corpus `in` and a finished run in `out`."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="session")
def undisturbed(prepared: Path) -> dict[str, bytes]:
    """What an undisturbed run with one job makes of the corpus."""
    return tree(prepared / "out")


def start(
    base: Path, *more: str, out: str = "out", jobs: int = 2, prefix=(), **popen
) -> subprocess.Popen:
    """Start `textkit run in -o out` in a folder, in a process of its own."""
    command = [*prefix, sys.executable, "-m", "textkit", "run", "in", "-o", out, "-j", str(jobs)]
    return subprocess.Popen(
        [*command, *more],
        cwd=base,
        env=clean_environment(base),
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


def children(pid: int) -> list[int]:
    """The process ids of a process's children; none where it is gone."""
    try:
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
