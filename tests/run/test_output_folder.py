"""OUT is not trusted, inputs are not lost: links, forged rows, pipes, markers, unlisted folders."""

from __future__ import annotations

import os
import sqlite3

import pytest

from textkit.errors import InputError, OutputError
from textkit.read import plan
from textkit.run import Progress, RunOptions, Tally, run

TEXT = "Harbour bridge shut\n\nThe works office shut the bridge on Monday. It opens in May.\n"


@pytest.fixture
def base(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "sub" / "b.txt").write_text(
        "Ida Brook leads the pilots. She follows Tom Reed.\n"
    )
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "keep").write_text("keep me\n")
    return tmp_path


def execute(folder: str = "in", out: str = "out") -> Tally:
    return run(plan([folder]), out, RunOptions(), Progress(roots=(folder,)))


@pytest.mark.parametrize(
    "name", ["articles", "summaries", "report", ".textkit", ".textkit/sharded",
             ".textkit/lock", ".textkit/state.sqlite", ".textkit/state.sqlite-wal"],
)  # fmt: skip
def test_a_link_in_the_place_of_a_folder_or_of_the_state_is_refused(base, name):
    link = base / "out" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(base / "outside" / ("keep" if "." in name[2:] or "lock" in name else ""))
    with pytest.raises(OutputError, match="is a link"):
        execute()
    assert os.listdir("outside") == ["keep"]
    assert (base / "outside" / "keep").read_text() == "keep me\n"


def test_a_link_in_the_place_of_a_file_is_replaced(base):
    (base / "out").mkdir()
    (base / "out" / "articles.jsonl").symlink_to(base / "outside" / "keep")
    execute()
    assert (base / "outside" / "keep").read_text() == "keep me\n"
    assert not (base / "out" / "articles.jsonl").is_symlink()


def test_a_pipe_in_the_place_of_a_file_is_refused(base):
    (base / "out").mkdir()
    os.mkfifo("out/articles.jsonl")
    with pytest.raises(OutputError, match=r"articles\.jsonl: not a regular file"):
        execute()


@pytest.mark.parametrize("name", ["../outside/keep", "/etc/x", "articles/../../outside/keep", "x"])
def test_a_forged_row_removes_nothing_that_no_run_makes(base, name):
    execute()
    (base / "in" / "a.txt").write_text(TEXT + "More news.\n")
    with sqlite3.connect("out/.textkit/state.sqlite") as state:
        state.execute("INSERT INTO outputs VALUES (?, '', 0, 0)", (name,))
    state.close()
    with pytest.raises(OutputError, match="names a file that no run makes"):
        execute()
    assert (base / "outside" / "keep").exists()


@pytest.mark.parametrize(
    "damage",
    ["update cards set data=substr(data,1,20)", "update finished set data=substr(data,1,20)",
     "update features set data=substr(data,1,9)", "delete from prepared",
     "update prepared set data=x'ff00'", "update meta set value='x' where name='shortlist'"],
)  # fmt: skip
def test_a_damaged_state_is_one_error_with_its_path_and_a_cure(base, damage):
    execute()
    with sqlite3.connect("out/.textkit/state.sqlite") as state:
        state.execute(damage)
        state.execute("update records set finished_key = '' where ? not like '%cards%'", (damage,))
    state.close()
    (base / "in" / "new.txt").write_text(TEXT.replace("Monday", "Friday"))
    with pytest.raises(OutputError) as caught:
        execute()
    assert "state.sqlite" in str(caught.value)
    assert caught.value.hint == "remove this file and run again"


def test_an_output_folder_that_is_the_input_is_refused_before_anything_is_made(base):
    with pytest.raises(OutputError, match="is the input folder too"):
        execute("in", "in")
    assert not (base / "in" / ".textkit").exists()
    assert execute().documents == 2


def test_a_marker_below_the_input_is_said_and_one_above_it_is_not_looked_for(base):
    (base / "in" / "sub" / ".textkit" / "sharded").mkdir(parents=True)
    (base / ".textkit" / "sharded").mkdir(parents=True)
    tally = execute()
    assert tally.documents == 1
    assert tally.warnings == ["in/sub: left out, another run wrote it"]
    with pytest.raises(InputError):
        execute("in/sub", "out2")


def test_a_folder_that_cannot_be_listed_for_a_moment_loses_nothing(base, monkeypatch):
    execute()
    listdir = os.listdir

    def refusing(path="."):
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return listdir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", refusing)
        tally = execute()
    assert (base / "out" / "articles" / "b.txt").exists()
    assert tally.documents == 2
    assert tally.warnings == ["1 of the articles stay as they were: in/sub can't be listed"]
    assert execute().warnings == []
