"""The baseline: what it lets pass, what it refuses, how it is written."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textkit.check import Finding
from textkit.check.allow import Baseline, Entry, dump, read_baseline
from textkit.errors import ConfigError

GOOD = "The council met on Tuesday and approved the budget for the coming year.\n"
BAD = "0 views\n\n" + GOOD
CHECK = ("check", "--ignore", "TK4,TK5")  # the quick ones


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
def test_file_and_code_say_what_passes(file, code, passes):
    assert Entry(file, code, "why").covers("seeds/a.txt", "TK104") is passes


def test_paths_count_from_the_baselines_folder(textkit, tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(BAD)
    (tmp_path / "textkit-allow.toml").write_text(entry("seeds/a.txt"))
    assert textkit(*CHECK, "seeds").code == 0
    assert textkit(*CHECK, "a.txt", cwd=tmp_path / "seeds").code == 0
    assert textkit(*CHECK, "--no-baseline", "seeds").code == 1


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
def test_a_wrong_baseline_is_refused_and_named(tmp_path, text):
    path = tmp_path / "textkit-allow.toml"
    path.write_text(text, "utf-8", "surrogateescape")
    with pytest.raises(ConfigError, match=r"textkit-allow\.toml: "):
        read_baseline(str(path))


def test_a_wrong_baseline_is_exit_2(textkit, tmp_path):
    (tmp_path / "a.txt").write_text(BAD)
    (tmp_path / "textkit-allow.toml").write_text("allow = 1\n")
    result = textkit(*CHECK, "a.txt")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_a_baseline_that_is_named_must_be_there(textkit, tmp_path):
    (tmp_path / "a.txt").write_text(BAD)
    assert textkit(*CHECK, "--baseline", "nosuch.toml", "a.txt").code == 2


def test_writing_makes_the_next_run_pass_and_keeps_old_reasons(textkit, tmp_path):
    (tmp_path / "[a] b.txt").write_text(BAD)
    first = textkit(*CHECK, "--write-baseline", "--reason", 'raw "input"', ".")
    assert (first.code, first.out) == (0, "")
    assert textkit(*CHECK, ".") == (0, "", "")
    (tmp_path / "b.txt").write_text(BAD.replace("Tuesday", "Monday"))
    assert textkit(*CHECK, ".").code == 1
    textkit(*CHECK, "--write-baseline", ".")
    tables = tomllib.loads((tmp_path / "textkit-allow.toml").read_text())["allow"]
    assert [(t["code"], t["reason"]) for t in tables] == [
        ("TK104", 'raw "input"'),
        ("TK104", "known when the baseline was written"),
    ]
    assert textkit(*CHECK, ".") == (0, "", "")


def test_writing_twice_changes_nothing(textkit, tmp_path):
    (tmp_path / "a.txt").write_text(BAD)
    textkit(*CHECK, "--write-baseline", ".")
    before = (tmp_path / "textkit-allow.toml").read_bytes()
    assert "1 entry, none of them new" in textkit(*CHECK, "--write-baseline", ".").err
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
    entries = Baseline().extended([finding, finding], "why")
    assert len(entries) == 1
    assert Baseline(entries).covers(finding.path, finding.code)
    assert not Baseline(entries).covers(finding.path + "x", finding.code)
