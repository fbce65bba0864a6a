"""The command: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

TEXT = "Home > News > Local\n\nFerry line opens\n\nBy Jane Doe\n\nThe ferry line opens on Monday.\n"
CLEAN = "Ferry line opens\n\nThe ferry line opens on Monday.\n"


def clean(*arguments, data="", cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "textkit", "clean", *arguments],
        input=data.encode() if isinstance(data, str) else data,
        capture_output=True,
        cwd=cwd,
        check=False,
    )


def test_text_in_text_out_and_a_record_that_undoes():
    assert clean(data=TEXT).stdout.decode() == CLEAN
    record = clean("-f", "jsonl", data=TEXT).stdout
    fields = json.loads(record)
    assert (fields["author"], fields["title"]) == ("Jane Doe", "Ferry line opens")
    assert [edit["rule"] for edit in fields["revisions"][0]["edits"]] == ["TK101", "TK111"]
    back = subprocess.run(
        [sys.executable, "-m", "textkit", "undo"], input=record, capture_output=True, check=True
    )
    assert back.stdout.decode() == TEXT


@pytest.mark.parametrize(
    ("option", "kept"),
    [
        (["--keep", "byline"], "By Jane Doe"),
        (["--ignore", "TK111"], "By Jane Doe"),
        (["--select", "TK101,TK3"], "By Jane Doe"),
        (["--keep", "byline,breadcrumb"], "Home > News > Local"),
    ],
)
def test_rules_are_chosen(option, kept):
    done = clean(*option, "-f", "jsonl", data=TEXT)
    assert kept in json.loads(done.stdout)["text"]
    assert json.loads(done.stdout)["author"] == "Jane Doe"


def test_explain_and_diff_show_what_went():
    lines = clean("--explain", data=TEXT).stdout.decode().splitlines()
    assert lines[0] == '1:1 TK101 a breadcrumb, the way to the page: "Home > News > Local"'
    assert lines[1].startswith("5:1 TK111 ")
    diff = clean("--diff", data=TEXT).stdout.decode()
    assert "-Home > News > Local\n" in diff
    assert "\x1b" not in diff
    assert "\x1b[31m-Home" in clean("--diff", "--color", "always", data=TEXT).stdout.decode()


def test_rules_are_listed():
    listed = clean("--list-rules").stdout.decode().splitlines()
    assert len(listed) == 45
    assert listed[0].startswith("TK101  breadcrumb")


def test_in_place_rewrites_only_what_changes(tmp_path):
    dirty, good = tmp_path / "dirty.txt", tmp_path / "good.txt"
    dirty.write_text(TEXT)
    good.write_text(CLEAN)
    before = good.stat().st_ino
    first = clean("--in-place", "--exit-non-zero-on-fix", "--rejects", "r.jsonl", ".", cwd=tmp_path)
    assert first.returncode == 1
    assert b"dirty.txt: cleaned" in first.stderr
    assert dirty.read_text() == CLEAN
    assert good.stat().st_ino == before
    rejects = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert [(r["rule"], r["line"], r["old"].strip()) for r in rejects] == [
        ("TK101", 1, "Home > News > Local"),
        ("TK111", 5, "By Jane Doe"),
    ]
    second = clean("--in-place", "--exit-non-zero-on-fix", "dirty.txt", "good.txt", cwd=tmp_path)
    assert second.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dirty.txt", "good.txt", "r.jsonl"]


SOURCES = {
    "a.py": "def f():\n    if x:\n        return 1\n\n\n\n# Home > News > Local  \n",
    "Makefile": "all:\n\t@echo done  \n\n\n\nclean:\n\trm -f out\n",
    "conf.yaml": "repos:\n  - repo: local\n    hooks:\n      - id: a  \n",
    "table.tsv": "a\tb\t\n1\t\t2\n",
    "NOTES": TEXT,
}


def test_in_place_passes_over_what_is_no_text_by_its_ending(tmp_path):
    for name, data in {**SOURCES, "dirty.txt": TEXT}.items():
        (tmp_path / name).write_text(data)
    done = clean("--in-place", "--exit-non-zero-on-fix", *SOURCES, cwd=tmp_path)
    assert done.returncode == 0
    assert {name: (tmp_path / name).read_text() for name in SOURCES} == SOURCES
    assert [line.split(": ")[1] for line in done.stderr.decode().splitlines()] == list(SOURCES)
    assert done.stderr.count(b": passed over") == len(SOURCES)
    done = clean("--in-place", "--exit-non-zero-on-fix", "a.py", "dirty.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "a.py").read_text() == SOURCES["a.py"]
    assert (tmp_path / "dirty.txt").read_text() == CLEAN


def test_in_place_takes_any_ending_when_told_that_it_is_text(tmp_path):
    (tmp_path / "NOTES").write_text(TEXT)
    assert clean("--in-place", "-i", "text", "NOTES", cwd=tmp_path).returncode == 0
    assert (tmp_path / "NOTES").read_text() == CLEAN


@pytest.mark.parametrize(
    ("arguments", "data"),
    [
        ([], b"\x7fELF\x02\x01\x01" + bytes(range(256))),
        (["nosuch.txt"], b""),
        (["--select", "TK9"], b"x"),
        (["--keep", "nonsense"], b"x"),
        (["--in-place"], b"x"),
        (["--in-place", "--diff", "a.txt"], b"x"),
        (["--explain", "--diff"], b"x"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_2(arguments, data, tmp_path):
    done = clean(*arguments, data=data, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_one_bad_input_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    done = clean("a.txt", "nosuch.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["text"] == CLEAN
    assert b"1 ok, 1 failed" in done.stderr


def test_findings_need_nothing_heavy():
    code = (
        "import sys; from textkit.clean import findings; assert findings('Home > News\\n\\n"
        "It rains all day.\\n'); print(sorted({'nltk', 'sumy', 'scipy', 'numpy', 'bs4', 'ftfy', "
        "'langdetect', 'argostranslate'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"[]\n"
