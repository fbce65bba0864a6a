"""`textkit read`: files and pages in, text or records out."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from textkit.cli import app

PAGE = "<html><head><title>Rain</title></head><body><article>" + (
    "<p>It rained for the whole of May, and the river rose by two metres, the mayor said.</p>" * 4
)


def run(*arguments, input=None):
    return CliRunner().invoke(app, ["read", *arguments], input=input)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "rain.html"
    path.write_text(PAGE, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "options", [[], ["--fast"], ["--candidates", "trafilatura, precision"],
                ["--candidates", "precision"], ["--candidates", "scorer,trafilatura"]],
)  # fmt: skip
def test_a_page_gives_its_text(page, options):
    result = run(*options, page)
    assert result.exit_code == 0
    assert result.stdout.startswith("It rained for the whole of May")
    assert result.stdout.count("It rained") == 4


def test_a_page_gives_a_record(page):
    record = json.loads(run("-f", "jsonl", page).stdout)
    assert (record["id"], record["title"], record["encoding"]) == ("rain", "Rain", None)


def test_a_page_on_standard_input_is_known():
    def read(*arguments):
        command = [sys.executable, "-m", "textkit", "read", *arguments, "-"]
        return subprocess.run(
            command, input=PAGE, capture_output=True, text=True, check=True
        ).stdout

    assert read("--fast").startswith("It rained")
    assert read("-i", "text") == PAGE


@pytest.mark.parametrize(
    ("options", "says"),
    [(["--candidates", "nobody"], "no such candidate: nobody"),
     (["--fast", "--candidates", "scorer"], "exclude each other")],
)  # fmt: skip
def test_a_wrong_choice_of_candidates_is_a_usage_error(page, options, says):
    result = run(*options, page)
    assert result.exit_code == 2
    assert says in result.output


def test_a_broken_page_fails_alone(page, tmp_path):
    other = tmp_path / "scan.html"
    other.write_bytes(b"%PDF-1.7\n")
    result = run(page, str(other))
    assert result.exit_code == 1
    assert "a PDF file, not a page" in result.output
    assert "1 ok, 1 failed" in result.output
