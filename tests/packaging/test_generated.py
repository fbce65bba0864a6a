"""What is generated is up to date, whole, and in the form that its readers need."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from contextlib import suppress

import click
import pytest

from textkit.cli import app
from tools import generate, manual
from tools.manual import ROOT

PAGES = list(manual.pages())
MAN = sorted((ROOT / "man").glob("*.1"))
# written for the shells' own sake, or naming what a reader has and this checkout has not
OUTSIDE = ("eval ",)


def commands(command=app, path=("textkit",)):
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(None):
            yield from commands(command.get_command(None, name), (*path, name))


COMMANDS = dict(commands())


def test_generated_files_are_up_to_date():
    files = generate.generated()
    stale = [p.name for p, text in files.items() if generate._read(p) != text]
    assert (stale, generate.leftovers(files)) == ([], [])


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_has_help(path):
    command = COMMANDS[path]
    assert (command.help or "").strip()
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert [o.name for o in options if not (o.help or "").strip().endswith((".", "]"))] == []


@pytest.mark.parametrize("path", [p for p in COMMANDS if len(p) == 2], ids=" ".join)
def test_every_command_is_documented(path):
    page = next(page for page in PAGES if page.name == "-".join(path))
    assert manual.examples(page)
    assert len(page.command.summary) <= 70
    reference = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert f"\n## {' '.join(path)}\n" in reference
    for option in page.command.options:
        assert f"| `{option.names}`".replace("|auto", "\\|auto")[:12] in reference


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_are_commands_that_parse(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "references").mkdir()  # some folders are looked for at once
    for line in manual.examples(page):
        if line.startswith(OUTSIDE):
            continue
        for piece in line.partition(" > ")[0].split(" | "):
            words = shlex.split(piece)
            command = COMMANDS[tuple(words[:2])]
            rest = words[2:]
            if isinstance(command, click.Group):
                command, rest = COMMANDS[tuple(words[:3])], rest[1:]
            with suppress(click.exceptions.Exit):  # --list-rules has done all it does
                command.make_context(" ".join(words[:2]), rest, parent=click.Context(app))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_see_also_names_pages_that_exist(page):
    ours = re.findall(r"(textkit[\w-]*)\(1\)", page.sections["See also"][0].text)
    assert ours
    assert set(ours) <= {p.name for p in PAGES} - {page.name}


@pytest.mark.parametrize("path", MAN, ids=lambda path: path.stem)
def test_groff_has_nothing_to_say(path):
    if shutil.which("groff") is None:
        pytest.skip("no groff here")
    done = subprocess.run(
        ["groff", "-man", "-ww", "-z", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert path.read_bytes().isascii()


def test_every_hand_written_page_belongs_to_a_command():
    written = {path.stem for path in manual.SOURCES.glob("*.md")}
    assert written - {"common", "textkit"} == {path[1] for path in COMMANDS if len(path) == 2}
