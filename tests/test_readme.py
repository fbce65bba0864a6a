"""The examples of README.md, run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, clean_environment

README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
PROGRAMS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def commands(session: str) -> list[tuple[str, str]]:
    """Each command of a session with the output shown below it."""
    parts = re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]
    return [tuple(part.split("\n", 1)) for part in parts]  # type: ignore[misc]


def matches(shown: str, printed: str) -> bool:
    """Is this what was printed? A line of `...` stands for any lines, `...` for any characters."""
    pattern = re.escape(shown.rstrip("\n")).replace(r"\.\.\.", ".*?")
    return re.fullmatch(pattern, printed.rstrip("\n"), re.DOTALL) is not None


def test_there_are_examples():
    assert sum(len(commands(session)) for session in SESSIONS) >= 5


@pytest.mark.parametrize("number", range(len(SESSIONS)))
def test_a_session_prints_what_readme_shows(number, tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    for command, shown in commands(SESSIONS[number]):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=clean_environment(tmp_path, PATH=path),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert matches(shown, done.stdout), f"$ {command}\n{done.stdout}"


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_runs_as_it_stands(program, tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    printed = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert printed.returncode == 0, printed.stderr
    assert len(printed.stdout.splitlines()) >= 6
