"""The recipes of docs/shell.md run as they stand there; what an install takes is written down."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT, clean_environment
from tools import sizes

STORY = "The council met on Tuesday and approved the budget for the coming year.\n"
PAGE = (ROOT / "docs" / "shell.md").read_text("utf-8")
RECIPES = [line.strip() for line in PAGE.splitlines() if line.startswith("    ")]
ELSEWHERE = ("--watch", "SKIP=")  # tests of their own


@pytest.fixture
def news(tmp_path):
    """A folder under git, and what a run has made of it."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("0 views\n\n" + STORY)
    (tmp_path / "news" / "b.txt").write_text(
        STORY + "\nDer Stadtrat hat am Dienstag beschlossen.\n"
    )
    (tmp_path / "out").mkdir()
    record = '{"id":"a","source":"news/a.txt","text":"0 views\\n"}\n'
    (tmp_path / "out" / "articles.jsonl").write_text(record)
    for args in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *args], cwd=tmp_path, check=True, env=clean_environment(tmp_path))
    return tmp_path


@pytest.mark.parametrize("line", [r for r in RECIPES if not any(word in r for word in ELSEWHERE)])
def test_a_recipe_runs(news, line):
    script = f'textkit() {{ {sys.executable} -m textkit "$@"; }}; set -o pipefail; {line}'
    done = subprocess.run(
        ["bash", "-c", script], cwd=news, capture_output=True, text=True, check=False,
        env=clean_environment(news), timeout=120,
    )  # fmt: skip
    assert done.returncode == ("check" in line), done.stderr
    made = {"cleaned/": "cleaned/a.txt", "-o foreign.csv": "foreign.csv", "sarif": "check.sarif",
            "before/": "before/a.txt"}  # fmt: skip
    files = [name for word, name in made.items() if word in line]
    assert all((news / name).stat().st_size for name in files)
    assert files or done.stdout


def test_the_page_on_installing_names_every_dependency():
    page = sizes.PAGE.read_text("utf-8")
    for name, used_for in sizes.wanted().items():
        assert f"| {name} | {used_for} |" in page, "run python -m tools.sizes"
