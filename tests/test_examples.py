"""The examples of README.md and of the pages in docs, run as they stand there."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.conftest import ROOT
from tools.examples import commands, copy_inputs, matches, programs, run, sessions

STAGES = ("read", "clean", "detect", "translate", "dedup", "summarize")
PAGES = ("README.md", *(f"docs/how/{stage}.md" for stage in STAGES))
MIN_COMMANDS = 3  # that a page shows
IMPORT = re.compile(r"^>>> import (\w+)", re.MULTILINE)


def text_of(page):
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_examples(page):
    assert sum(len(commands(session)) for session in sessions(text_of(page))) >= MIN_COMMANDS


@pytest.mark.parametrize("page", PAGES)
def test_a_command_prints_what_the_page_shows(page, tmp_path):
    copy_inputs(tmp_path)
    for session in sessions(text_of(page)):
        for command, shown in commands(session):
            printed = run(command, tmp_path)
            assert matches(shown, printed), f"$ {command}\n{printed}"


@pytest.mark.parametrize("page", [*PAGES, "docs/architecture.md", "docs/library.md"])
def test_a_python_session_prints_what_the_page_shows(page, tmp_path, monkeypatch):
    copy_inputs(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    session = doctest.DocTestParser().get_doctest(runnable(page), {}, page, page, 0)
    assert doctest.DocTestRunner().run(session).failed == 0


def runnable(page):
    """The page without the sections on packages that are not installed."""
    sections = text_of(page).split("\n## ")
    return "\n## ".join(part for part in sections if all(map(find_spec, IMPORT.findall(part))))


@pytest.mark.parametrize("program", programs(text_of("README.md")))
def test_a_program_runs_as_it_stands(program, tmp_path):
    copy_inputs(tmp_path)
    printed = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert printed.returncode == 0, printed.stderr
    assert len(printed.stdout.splitlines()) >= 6
