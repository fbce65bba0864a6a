"""Every command on a terminal: colours as codes, texts escaped, help in lines."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

import pytest

from tests.conftest import clean_environment
from textkit.cli import COMMANDS

PAGE = "Home » News\n\nThe council \x1b[31mmet on Tuesday and approved the budget.\n\n0 views\n"
RECORD = '{"id":"a","text":"The council met on Tuesday. It approved the budget for the year."}\n'
CODE = re.compile(r"\x1b\[[0-9;]*m")
ARGUMENTS = {
    "run": ["news", "-o", "out"],
    "report": ["r.jsonl"],
    "undo": ["r.jsonl"],
    "models": ["list"],
    "evaluate": ["summary", "--reference", "a.txt", "a.txt"],
    "completion": ["bash"],
    "help": ["clean"],
    "doctor": [],
    "config": ["show"],
    "schema": [],
    "summarize": ["r.jsonl", "-f", "text"],
    "dedup": ["r.jsonl", "-f", "table"],
}


def shown(folder, *args, **environment):
    """What `textkit ARGS` shows on a terminal of 80 columns, and its exit code."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "textkit", *args], stdin=slave, stdout=slave, stderr=slave,
        cwd=folder, env=clean_environment(folder, TERM="xterm", COLUMNS="80", **environment),
    )  # fmt: skip
    os.close(slave)
    pieces = []
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(master)
    return b"".join(pieces).decode().replace("\r\n", "\n"), process.wait(timeout=60)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "b.txt").write_text(PAGE)
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "r.jsonl").write_text(RECORD)
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_on_a_terminal(folder, name):
    text, code = shown(folder, name, *ARGUMENTS.get(name, ["a.txt"]))
    assert code in (0, 1), text
    assert "\\x1b[0m" not in text  # no colour of ours is spelt out
    assert "\\x0a" not in text
    assert "\x1b[31mmet" not in text  # and none of the text's is obeyed


@pytest.mark.parametrize(
    ("args", "colored"),
    [
        (["check", "a.txt"], "\x1b[1ma.txt\x1b[0m:1:1: \x1b[31;1mTK101\x1b[0m"),
        (["clean", "--diff", "a.txt"], "\x1b[31m-Home » News\x1b[0m\n"),
        (["check", "--diff", "a.txt"], "\x1b[31m-Home » News\x1b[0m\n"),
        (["check", "--statistics", "a.txt"], "\x1b[31;1mTK101\x1b[0m"),
        (["dedup", "-f", "table", "r.jsonl"], "\x1b[1maction"),
    ],
)
def test_colours_are_codes_and_the_text_is_escaped(folder, args, colored):
    text, _ = shown(folder, *args)
    assert colored in text
    assert CODE.sub("", text).count("\x1b") == 0
    plain, _ = shown(folder, *args, NO_COLOR="1")
    assert plain == CODE.sub("", text)


def test_colour_into_a_pipe_takes_the_codes_of_the_text(textkit, tmp_path):
    (tmp_path / "a.txt").write_text(PAGE)
    result = textkit("clean", "--diff", "--color", "always", "a.txt")
    assert "\x1b[31m-Home » News\x1b[0m\n" in result.out
    assert "\\x1b[31mmet" in result.out


@pytest.mark.parametrize("args", [[], ["models"], ["evaluate"], ["config"]])
def test_help_without_arguments_is_lines(folder, args):
    text, code = shown(folder, *args)
    assert code == 2
    assert text.startswith("Usage: textkit")
    assert len(text.splitlines()) > 5


@pytest.mark.parametrize("args", [["completion"], ["help"]])
def test_a_missing_word_is_said(folder, args):
    text, _ = shown(folder, *args)
    assert "\\x0a" not in text


def test_variables_that_demand_colour(textkit, tmp_path):
    (tmp_path / "a.txt").write_text(PAGE)
    line = "\x1b[31m-Home » News\x1b[0m"
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        assert line in textkit("clean", "--diff", "a.txt", **{name: "1"}).out
        assert line not in textkit("clean", "--diff", "a.txt", **{name: "0"}).out
        assert line not in textkit("clean", "--diff", "a.txt", NO_COLOR="1", **{name: "1"}).out
