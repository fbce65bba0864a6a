"""The folder of a cluster: gone in the end, also after a run that was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import ROOT, clean_environment
from textkit.run.lock import locked
from textkit.run.sharded import scratch as module
from textkit.run.sharded.scratch import PREFIX, scratch

HOLD = """
import sys, time
from textkit.run.sharded.scratch import scratch
with scratch() as folder:
    print(folder, flush=True)
    time.sleep(100)
"""


def test_a_folder_is_there_while_it_is_used_and_gone_after(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with scratch() as folder:
        assert os.path.basename(folder).startswith(PREFIX)
        assert os.listdir(tmp_path) == [os.path.basename(folder)]
    assert os.listdir(tmp_path) == []


def test_what_a_killed_run_left_goes_and_what_is_in_use_stays(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"{PREFIX}of-another-kind").mkdir()
    environment = {**clean_environment(tmp_path), "TMPDIR": str(tmp_path)}
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
            text=True,
        )
        for _ in "ab"
    ]  # fmt: skip
    try:
        folders = [run.stdout.readline().strip() for run in runs]
        with scratch():
            assert all(map(os.path.isdir, folders))
        runs[0].send_signal(signal.SIGKILL)
        runs[0].wait()
        assert os.path.isdir(folders[0])
        with scratch():
            assert [os.path.isdir(folder) for folder in folders] == [False, True]
    finally:
        for run in runs:
            run.kill()
            run.communicate()
    assert (tmp_path / f"{PREFIX}of-another-kind").is_dir()


def test_a_folder_that_is_being_made_is_not_taken_for_left(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def while_another_run_starts(folder: str):
        (Path(folder) / "lock").touch()
        monkeypatch.setattr(module, "locked", locked)
        with scratch():
            assert os.path.isdir(folder)
        return locked(folder)

    monkeypatch.setattr(module, "locked", while_another_run_starts)
    with scratch() as folder:
        assert os.listdir(folder) == ["lock"]
    assert os.listdir(tmp_path) == []
