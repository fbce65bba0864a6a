"""run --watch: one round at once, one after each change that rests, none for anything else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from tests.conftest import clean_environment
from textkit.cli import watch

STORY = "The council met on Tuesday and approved the budget for the coming year.\n"


def test_a_round_comes_only_after_a_change_that_rests(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "loop").symlink_to(tmp_path)
    looks = []

    def pretend_to_sleep(_):
        looks.append(1)
        if len(looks) in (3, 4):  # a burst of two changes
            (tmp_path / f"{len(looks)}.txt").write_text("b")
        if len(looks) > 20:
            raise KeyboardInterrupt

    monkeypatch.setattr(watch, "sleep", pretend_to_sleep)
    count = 0
    try:
        for _ in watch.rounds([str(tmp_path)], str(tmp_path / "out")):
            count += 1
            (tmp_path / "out").mkdir(exist_ok=True)
            (tmp_path / "out" / f"{count}").write_text("ours")
            (tmp_path / ".hidden").write_text(str(count))
    except KeyboardInterrupt:
        pass
    assert count == 2


def test_a_new_file_is_taken_in(tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(STORY)
    process = subprocess.Popen(
        [sys.executable, "-m", "textkit", "run", "news", "-o", "out", "--watch", "-j", "1"],
        stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=clean_environment(tmp_path),
    )  # fmt: skip
    for number in (1, 2):
        for line in process.stderr:
            if "waiting for changes" in line:
                break
        records = (tmp_path / "out" / "articles.jsonl").read_text().splitlines()
        assert len([json.loads(line)["id"] for line in records]) == number
        if number == 1:
            (tmp_path / "news" / "b.txt").write_text("Another story: the ferry sails in June.\n")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_a_snapshot_survives_files_that_go(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("a")
    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: [*listdir(path), "gone.txt"])
    assert len(watch.snapshot([str(tmp_path)], "out")) == 1
