"""Findings of files: which, where, and in what form."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import SEEDS
from textkit.check import CheckOptions, check, rules, wanted
from textkit.clean import clean_text, findings
from textkit.errors import ConfigError

GOOD = "The council met on Tuesday and approved the budget for the coming year.\n"


def found(path, **options):
    return [(f.line, f.col, f.code) for f in check([str(path)], CheckOptions(**options))]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD.encode(), []),
        (b"", [(1, 1, "TK002")]),
        (b" \n\t\n", [(1, 1, "TK002")]),
        (b"\xef\xbb\xbf\n", [(1, 1, "TK002")]),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00" * 10, [(1, 1, "TK003")]),
        (b"One line.\nA caf\xe9 here.\n", [(2, 6, "TK004")]),
        ("A café.\n".encode() + b"na\xefve\n", [(2, 3, "TK004")]),
        (b"One line.\r\nTwo.\r\n", [(1, 10, "TK005")]),
        (b"One line.\nTwo.\rThree.\n", [(2, 5, "TK005")]),
    ],
    ids=["good", "empty", "blank", "bom", "binary", "latin-1", "column", "crlf", "cr"],
)
def test_the_file_itself(tmp_path, data, expected):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert found(path, select=("TK0",)) == expected


def test_utf_16_is_the_wrong_encoding_but_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(("0 views\n\n" + GOOD).encode("utf-16"))
    assert {"TK004", "TK104"} <= {code for _, _, code in found(path)}


def test_a_file_that_can_not_be_read_is_a_finding(tmp_path):
    (tmp_path / "link.txt").symlink_to("nowhere")
    for name in ("nosuch.txt", "link.txt"):
        assert found(tmp_path / name) == [(1, 1, "TK001")]


def test_residue_has_cleanings_codes_and_places(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "A title\n\n0 views\n\n"
        + GOOD
        + "\n"
        + GOOD[:-1]
        + " ?url=http%3A%2F%2Fa.org%2Fb.jpg&type=jpg\n"
    )
    assert found(path, select=("TK1", "TK2", "TK3")) == [(3, 1, "TK104"), (7, 73, "TK201")]


def test_characters_are_one_finding_a_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text((GOOD[:-1] + "  \n\n") * 3 + GOOD)
    (finding,) = check([str(path)], CheckOptions(select=("TK3",)))
    assert (finding.line, finding.col, finding.code) == (1, 72, "TK309")
    assert finding.message.endswith("(and 2 more in this file)")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_every_finding_of_residue_is_an_edit_of_cleaning(seed):
    codes = {f.code for f in check([str(seed)], CheckOptions(select=("TK1", "TK2")))}
    assert codes == {f.code for f in findings(seed.read_text()) if f.code < "TK3"}


def test_a_cleaned_seed_has_no_residue(tmp_path):
    for seed in SEEDS:
        path = tmp_path / seed.name
        path.write_text(clean_text(seed.read_text()).text)
        assert found(path, ignore=("TK4",)) == []


def test_foreign_passages_with_their_letters(textkit):
    result = textkit("check", "--select", "TK4", SEEDS[2])
    (line,) = result.out.splitlines()
    assert ":45:1: TK401 181 letters of zh-Hans, where en is expected; no installed model" in line
    assert result.code == 1
    assert len(found(SEEDS[2], select=("TK4",), main=("zh",))) >= 2


@pytest.mark.parametrize("main", ["zh", "zh-CN", "zh_Hans", "ZH"])
def test_the_main_language_may_be_written_in_any_way(textkit, tmp_path, main):
    (tmp_path / "a.txt").write_text(
        "市议会周二开会，批准了明年的预算。市长说，新图书馆五月开放。\n"
    )
    assert textkit("check", "--select", "TK4", "--main", main, "a.txt") == (0, "", "")


def test_selection_is_by_code_or_prefix():
    assert wanted(["tk10"], ["TK101"]) == {c for c in rules() if c.startswith("TK10")} - {"TK101"}
    assert "TK402" not in wanted()
    for wrong in ("TK9", "views", ""):
        with pytest.raises(ConfigError):
            wanted([wrong])


def test_formats(textkit, tmp_path):
    (tmp_path / "a.txt").write_text("0 views\n\n" + GOOD)
    text = textkit("check", "--ignore", "TK4", "a.txt")
    assert text.out == "a.txt:1:1: TK104 a count of views, comments, shares or minutes: '0 views'\n"
    assert text.err == "textkit: 1 finding, 1 of them --fix can mend\n"
    assert (
        json.loads(textkit("check", "--ignore", "TK4", "-f", "jsonl", "a.txt").out)["code"]
        == "TK104"
    )
    github = textkit("check", "--ignore", "TK4", "-f", "github", "a.txt").out
    assert github.startswith("::error file=a.txt,line=1,col=1,title=TK104::TK104 a count")


@pytest.mark.parametrize(
    "args",
    [
        ("--main", "English"),
        ("--main", "xx"),
        ("--main", ""),
        ("--select", "TK9"),
        ("--nosuch",),
        ("--reason", "x"),
        ("--format", "xml"),
        ("--main",),
    ],
)
def test_wrong_usage_is_exit_2(textkit, args):
    result = textkit("check", *args, SEEDS[0])
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_fix_does_what_clean_does_and_nothing_is_left(textkit, tmp_path):
    for seed in SEEDS:
        (tmp_path / seed.name).write_bytes(seed.read_bytes())
    result = textkit("check", "--fix", "--ignore", "TK4", ".")
    assert (result.code, result.out, result.err.count(": cleaned\n")) == (0, "", 5)
    for seed in SEEDS:
        assert (tmp_path / seed.name).read_text() == clean_text(seed.read_text()).text
    before = {p: p.stat().st_mtime_ns for p in tmp_path.glob("*.txt")}
    assert textkit("check", "--fix", "--ignore", "TK4", ".", cwd=tmp_path) == (0, "", "")
    assert before == {p: p.stat().st_mtime_ns for p in tmp_path.glob("*.txt")}


def test_fix_leaves_what_is_not_checked_or_known(textkit, tmp_path):
    (tmp_path / "a.txt").write_text("0 views\n\n" + GOOD[:-1] + "  \n")
    assert textkit("check", "--fix", "--select", "TK3", "a.txt").code == 0
    assert (tmp_path / "a.txt").read_text() == "0 views\n\n" + GOOD
    (tmp_path / "textkit-allow.toml").write_text(
        "[[allow]]\nfile = 'a.txt'\ncode = 'TK1'\nreason = 'raw input'\n"
    )
    assert textkit("check", "--fix", "--ignore", "TK4", "a.txt") == (0, "", "")
    assert (tmp_path / "a.txt").read_text() == "0 views\n\n" + GOOD


@pytest.mark.parametrize(
    ("name", "why"),
    [("a.py", "not cleaned"), ("Makefile", "not cleaned"), ("conf.yaml", "not cleaned"),
     ("table.tsv", "passed over"), ("page.html", "passed over")],
)  # fmt: skip
def test_fix_passes_over_what_is_no_text_by_its_ending(textkit, tmp_path, name, why):
    data = "def f():\n    if x:\n        return 1  \n\n\n\n0 views\n"
    (tmp_path / name).write_text(data)
    result = textkit("check", "--fix", "--ignore", "TK4", name)
    assert (tmp_path / name).read_text() == data
    assert f"{name}: {why}" in result.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("args", [(), ("--fix",), ("--select", "TK5", "b.txt")])
def test_a_named_pipe_is_not_waited_for(textkit, tmp_path, args):
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(GOOD)
    result = textkit("check", "--select", "TK0", *args, "a.txt")
    assert result.code == (0 if "TK5" in args else 1)
    assert result.out == ("" if "TK5" in args else "a.txt:1:1: TK001 a pipe, not a file\n")


def test_standard_input(textkit):
    result = textkit("check", "--ignore", "TK4", "-", input="0 views\n\n" + GOOD)
    assert (result.code, result.out[:12]) == (1, "-:1:1: TK104")


def test_the_check_imports_nothing_heavy(tmp_path):
    script = (
        "import sys; from textkit.check import CheckOptions, check\n"
        f"list(check([{str(SEEDS[2])!r}], CheckOptions()))\n"
        "print([m for m in ('nltk', 'sumy', 'scipy', 'trafilatura', 'argostranslate', 'ftfy')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"


def test_a_folder_without_texts_is_nothing_done(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    result = textkit("check", "in")
    assert (result.code, result.out) == (2, "")
    assert "in: no input files" in result.err


def test_pages_and_records_are_passed_over_with_a_word(textkit, tmp_path):
    (tmp_path / "a.html").write_text("<p>0 views</p>")
    result = textkit("check", "a.html")
    assert (result.code, result.out) == (0, "")
    assert "a.html: passed over" in result.err


def test_output_to_a_file_and_colour(textkit, tmp_path):
    (tmp_path / "a.txt").write_text("0 views\n\n" + GOOD)
    quick = ("check", "--select", "TK1")
    assert textkit(*quick, "-q", "-o", "out.txt", "a.txt") == (1, "", "")
    assert (tmp_path / "out.txt").read_text().startswith("a.txt:1:1: TK104")
    assert "\x1b[" in textkit(*quick, "--color", "always", "a.txt").out
    assert "\x1b[" not in textkit(*quick, "--color", "never", "a.txt").out


def test_a_reader_that_leaves_is_exit_141_without_a_word(tmp_path):
    (tmp_path / "a.txt").write_text("0 views\n\n" + GOOD)
    process = subprocess.Popen(
        [sys.executable, "-m", "textkit", "check", "--select", "TK1", "."], cwd=tmp_path,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()
