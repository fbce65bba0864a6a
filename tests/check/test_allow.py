"""The baseline: what it lets pass, what it refuses, how it is written."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textkit.check import Finding
from textkit.check.allow import Entry, dump, extended, read_baseline, unknown

GOOD = "The council met on Tuesday and approved the budget for the coming year.\n"
BAD = "0 views\n\n" + GOOD


def entry(file="a.txt", code="TK104", reason="raw input"):
    return dump([Entry(file, code, reason)])


@pytest.mark.parametrize(
    ("file", "code", "passes"),
    [
        ("seeds/a.txt", "TK104", True),
        ("seeds/*.txt", "TK1", True),
        ("*", "TK", True),
        ("a.txt", "TK104", False),
        ("seeds/a.txt", "TK105", False),
        ("seeds/A.txt", "TK104", False),
    ],
)
def test_file_and_code_say_what_passes(textkit, tmp_path, file, code, passes):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(BAD)
    (tmp_path / "textkit-allow.toml").write_text(entry(file, code))
    assert textkit("check", "seeds").code == (0 if passes else 1)
    assert textkit("check", "a.txt", cwd=tmp_path / "seeds").code == (0 if passes else 1)
    assert textkit("check", "--no-baseline", "seeds").code == 1


@pytest.mark.parametrize(
    "text",
    [
        "allow = 1\n",
        "[[allow]]\nfile = 'a.txt'\ncode = 'TK104'\n",
        "[[allow]]\nfile = 'a.txt'\ncode = 'TK104'\nreason = ''\n",
        "[[allow]]\nfile = 'a.txt'\ncode = 'TK104'\nreason = 'x'\nline = 3\n",
        "[[allow]]\nfile = 'a.txt'\ncode = 104\nreason = 'x'\n",
        "[[permit]]\nfile = 'a.txt'\n",
        "not toml",
        "\udcff",
    ],
)
def test_a_wrong_baseline_is_exit_2_and_names_the_place(textkit, tmp_path, text):
    (tmp_path / "a.txt").write_text(BAD)
    (tmp_path / "textkit-allow.toml").write_text(text, "utf-8", "surrogateescape")
    result = textkit("check", "a.txt")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "textkit-allow.toml: " in result.err


def test_a_baseline_that_is_named_must_be_there(textkit, tmp_path):
    (tmp_path / "a.txt").write_text(BAD)
    assert textkit("check", "--baseline", "nosuch.toml", "a.txt").code == 2


def test_writing_makes_the_next_run_pass_and_keeps_old_reasons(textkit, tmp_path):
    (tmp_path / "[a] b.txt").write_text(BAD)
    first = textkit("check", "--write-baseline", "--reason", 'raw "input"', ".")
    assert (first.code, first.out) == (0, "")
    assert textkit("check", ".") == (0, "", "")
    (tmp_path / "b.txt").write_text(BAD.replace("Tuesday", "Monday"))
    assert textkit("check", "--ignore", "TK5", ".").code == 1
    textkit("check", "--ignore", "TK5", "--write-baseline", ".")
    tables = tomllib.loads((tmp_path / "textkit-allow.toml").read_text())["allow"]
    assert [(t["code"], t["reason"]) for t in tables] == [
        ("TK104", 'raw "input"'),
        ("TK104", "known when the baseline was written"),
    ]
    assert textkit("check", "--ignore", "TK5", ".") == (0, "", "")


def test_writing_twice_changes_nothing(textkit, tmp_path):
    (tmp_path / "a.txt").write_text(BAD)
    textkit("check", "--write-baseline", ".")
    before = (tmp_path / "textkit-allow.toml").read_bytes()
    assert "1 entry, none of them new" in textkit("check", "--write-baseline", ".").err
    assert (tmp_path / "textkit-allow.toml").read_bytes() == before


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(st.lists(st.builds(Entry, WORDS, WORDS, WORDS)))
def test_what_is_written_is_read_again(tmp_path_factory, entries):
    path = tmp_path_factory.mktemp("baseline") / "allow.toml"
    path.write_text(dump(entries), "utf-8", newline="")
    assert read_baseline(str(path)) == entries


@given(WORDS.filter(lambda name: "/" not in name and name not in ("..", ".")))
def test_every_name_is_covered_by_the_entry_written_for_it(name):
    finding = Finding(f"x/{name}", 1, 1, "TK104", "a counter")
    entries = extended([], [finding, finding], ".", "why")
    assert len(entries) == 1
    assert unknown([finding], entries, ".") == []
