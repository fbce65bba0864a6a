"""The tool that lists what a language lacks."""

from __future__ import annotations

import shutil

import pytest

from tools import language
from tools.manual import ROOT

TABLES = list(language.tables())


@pytest.fixture
def copy(tmp_path):
    """The tables below another root."""
    for table in TABLES:
        target = tmp_path / table.path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(table.path, target)
    return tmp_path


def test_every_kind_of_every_table_is_known():
    languages = sorted(set().union(*(table.languages for table in TABLES)))
    assert [line for lang in languages for line in language.refused(TABLES, lang)] == []


def test_stubs_are_comments_in_the_tables_that_lack_the_language(copy):
    before = {table.path.name: table.count("nn") for table in TABLES}
    names = list(language.write_stubs(language.tables(copy), "nn"))
    assert {"phrases.tsv", "bylines.tsv", "dates.tsv"} <= set(names)
    assert "calendar.tsv" not in names
    after = {table.path.name: table.count("nn") for table in language.tables(copy)}
    assert after == before
    assert list(language.write_stubs(language.tables(copy), "nn")) == []


@pytest.mark.parametrize("name", ["phrases.tsv", "bylines.tsv", "openers.tsv"])
def test_an_unknown_kind_is_refused(copy, name):
    path = next(copy.rglob(name))
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\nnn\tshares\ttail\tDel\n", "utf-8")
    [complaint] = language.refused(language.tables(copy), "nn")
    assert complaint.startswith(name)
    assert "no kind 'shares'" in complaint


def test_a_wrong_tag_is_a_usage_error(capsys):
    assert language.main(["Swedish"]) == 2
    assert "python -m tools.language xx" in capsys.readouterr().err
