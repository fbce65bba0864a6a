"""Defaults from a configuration file: flags win, unknown keys are errors."""

from __future__ import annotations

import pytest

RECORD = '{"id":"a","text":"Text.\\n"}\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("textkit.toml", '[clean]\nformat = "jsonl"\n'),
        ("pyproject.toml", '[tool.textkit.clean]\nformat = "jsonl"\n'),
    ],
)
def test_the_nearest_file_gives_defaults(textkit, tmp_path, name, content):
    (tmp_path / name).write_text(content)
    folder = tmp_path / "below" / "there"
    folder.mkdir(parents=True)
    assert textkit("clean", input="Text.", cwd=folder).out.startswith("{")
    assert textkit("clean", "-f", "text", input="Text.", cwd=folder).out == "Text.\n"
    assert textkit("--no-config", "clean", input="Text.", cwd=folder).out == "Text.\n"


def test_a_project_without_our_table_is_passed_over(textkit, tmp_path):
    (tmp_path / "textkit.toml").write_text('[clean]\nformat = "jsonl"\n')
    folder = tmp_path / "below"
    folder.mkdir()
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert textkit("clean", input="Text.", cwd=folder).out.startswith("{")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[nosuch]\n", "`nosuch` is no table of a command"),
        ("[clean]\nnosuch = 1\n", "[clean] has an unknown key: nosuch"),
        ("clean = 1\n", "`clean` is no table of a command"),
        ("[clean\n", "not TOML"),
        ('[clean]\nformat = "nosuch"\n', "invalid value"),
    ],
)
def test_a_wrong_file_is_one_line_and_exit_2(textkit, tmp_path, content, message):
    (tmp_path / "textkit.toml").write_text(content)
    result = textkit("clean", input="Text.")
    assert result.code == 2
    assert message in result.err
    assert result.err.count("\n") == 1
