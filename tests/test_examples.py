"""The examples of README.md and of the pages in docs, run as they stand there."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tools.examples import commands, copy_inputs, matches, programs, run, sessions

STAGES = ("read", "clean", "detect", "translate", "dedup", "summarize")
PAGES = ("README.md", *(f"docs/how/{stage}.md" for stage in STAGES))
LEAST = 3  # commands that a page shows


def text_of(page):
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_examples(page):
    assert sum(len(commands(session)) for session in sessions(text_of(page))) >= LEAST


@pytest.mark.parametrize("page", PAGES)
def test_a_command_prints_what_the_page_shows(page, tmp_path):
    copy_inputs(tmp_path)
    for session in sessions(text_of(page)):
        for command, shown in commands(session):
            printed = run(command, tmp_path)
            assert matches(shown, printed), f"$ {command}\n{printed}"


@pytest.mark.parametrize("page", PAGES)
def test_a_python_session_prints_what_the_page_shows(page):
    assert doctest.testfile(str(ROOT / page), module_relative=False).failed == 0


@pytest.mark.parametrize("program", programs(text_of("README.md")))
def test_a_program_runs_as_it_stands(program, tmp_path):
    copy_inputs(tmp_path)
    printed = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert printed.returncode == 0, printed.stderr
    assert len(printed.stdout.splitlines()) >= 6
