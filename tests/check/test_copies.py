"""Copies and near copies: found, named, and nothing else taken for one."""

from __future__ import annotations

import json
import os

import pytest

from tests.conftest import ROOT, SEEDS
from textkit.check import CheckOptions, check
from textkit.check.sketch import sketch
from textkit.check.store import Store, stamp


def rows(name):
    lines = (ROOT / f"fixtures/check/{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


CASES = rows("copies")
FAILURES = [
    pytest.param(row, marks=pytest.mark.xfail(strict=True)) for row in rows("known-failures")
]


def findings(*paths, **options):
    chosen = CheckOptions(select=("TK5",), **{"cache": False, **options})
    return [(f.path, f.code, f.message) for f in check([str(p) for p in paths], chosen)]


@pytest.mark.parametrize("case", [*CASES, *FAILURES], ids=lambda case: case["name"])
def test_case_table(tmp_path, case):
    (tmp_path / "a.txt").write_text(case["input"][0])
    (tmp_path / "b.txt").write_text(case["input"][1])
    found = findings(tmp_path / "a.txt", tmp_path / "b.txt")
    expected = [] if case["expected"] is None else [(str(tmp_path / "b.txt"), case["expected"])]
    assert [(path, code) for path, code, _ in found] == expected


def test_the_seeds_are_no_copies_of_each_other():
    assert findings(*SEEDS) == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_a_reprint_names_the_seed(tmp_path, seed):
    """A third of the sentences gone, a new headline, other line ends."""
    lines = seed.read_text().splitlines()
    kept = [line for number, line in enumerate(lines) if number % 9 not in (3, 4, 5)]
    new = tmp_path / "new.txt"
    new.write_bytes("\r\n".join(["A new headline", "", *kept]).encode())
    ((_, code, message),) = findings(new, against=str(seed.parent))
    assert code == "TK502"
    assert seed.name in message


@pytest.mark.parametrize("format", ["text", "jsonl", "github"])
@pytest.mark.parametrize("tail", ["", "New words at the end.\n"], ids=["same", "near"])
def test_a_copy_of_a_file_whose_name_is_no_utf_8(textkit, tmp_path, format, tail):
    (tmp_path / "old").mkdir()
    try:
        (tmp_path / "old" / os.fsdecode(b"b\xe9d.txt")).write_text(CASES[0]["input"][0])
    except (OSError, UnicodeEncodeError):
        pytest.skip("the file system takes no such name")
    (tmp_path / "new.txt").write_text(CASES[0]["input"][0] + tail)
    args = ("check", "--select", "TK5", "--against", "old", "-f", format, "new.txt")
    result = textkit(*args)
    assert result.code == 1, result.err
    assert "b\ufffdd.txt" in result.out


def test_every_order_of_the_files_gives_the_same(tmp_path):
    text = SEEDS[0].read_text()
    for name in "cab":
        (tmp_path / f"{name}.txt").write_text(text)
    paths = [tmp_path / f"{name}.txt" for name in "bca"]
    found = findings(*paths)
    assert found == findings(*paths[::-1], paths[0])
    assert [(os.path.basename(path), message[-5:]) for path, _, message in found] == [
        ("b.txt", "a.txt"),
        ("c.txt", "a.txt"),
    ]


def test_empty_and_wordless_files_are_no_copies(tmp_path):
    for name, text in (("a", ""), ("b", ""), ("c", "...\n"), ("d", "...\n")):
        (tmp_path / f"{name}.txt").write_text(text)
    assert findings(*sorted(tmp_path.glob("*.txt"))) == []


def test_a_folder_that_is_none_is_wrong_usage(textkit):
    result = textkit("check", "--against", "nosuch", SEEDS[0])
    assert (result.code, result.out) == (2, "")


def test_the_cache_gives_back_what_it_was_given(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("News of the day.\n")
    mark = (17, 5, 5)
    store = Store(str(tmp_path), "1")
    store.put(str(path), mark, sketch("News of the day."))
    store.save()
    again = Store(str(tmp_path), "1")
    assert again.get(str(path), mark) == sketch("News of the day.")
    assert again.get(str(path), (18, 5, 5)) is None
    assert Store(str(tmp_path), "2").get(str(path), mark) is None
    assert (tmp_path / ".textkit-cache" / ".gitignore").read_text() == "*\n"


def test_a_file_that_changed_just_now_is_not_kept(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("News.\n")
    store = Store(str(tmp_path), "1")
    store.put(str(path), stamp(str(path)), sketch("News."))
    assert store.get(str(path), stamp(str(path))) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"{}\n", b'{"files": {"a": 1}}\n', b"\0" * 99])
def test_a_damaged_cache_is_as_good_as_none(tmp_path, damage):
    folder = tmp_path / ".textkit-cache"
    folder.mkdir()
    (folder / "check-sketches").write_bytes(damage)
    assert Store(str(tmp_path), "1").get(str(tmp_path / "a"), (1, 1, 1)) is None


def test_cached_and_fresh_give_the_same(textkit, tmp_path):
    archive = tmp_path / "archive"
    archive.mkdir()
    for seed in SEEDS:
        (archive / seed.name).write_bytes(seed.read_bytes())
    (tmp_path / "new.txt").write_text(SEEDS[1].read_text().replace("decade", "ten years"))
    args = ("check", "--select", "TK5", "--against", "archive", "new.txt")
    results = {textkit(*args), textkit(*args), textkit(*args, "--no-cache")}
    assert len(results) == 1
    (archive / SEEDS[1].name).write_text("Something else now.\n")
    assert textkit(*args).code == 0


def test_a_folder_that_can_not_be_written_is_no_reason_to_stop(textkit, tmp_path):
    (tmp_path / ".textkit-cache").write_text("in the way")
    (tmp_path / "new.txt").write_bytes(SEEDS[1].read_bytes())
    result = textkit("check", "--select", "TK5", "--against", SEEDS[0].parent, "new.txt")
    assert (result.code, result.out) == (1, f"new.txt:1:1: TK501 copy of {SEEDS[1]}\n")
