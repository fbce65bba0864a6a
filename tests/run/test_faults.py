"""What no run can choose: killed, starved, interrupted. The next run completes it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.run.conftest import COUNT, finish, seen, start


def whole_files_only(out: Path, undisturbed: dict[str, bytes]) -> bool:
    """Nothing under a final name is half a file, and no half a file lies about."""
    return all(
        undisturbed.get(name) == data or name in ("corpus.md", "articles.jsonl")
        for name, data in seen(out).items()
        if not name.endswith(".part")
    )


@pytest.mark.parametrize("moment", [0.3, 1.5, 2.5, 3.5])
def test_a_run_killed_at_any_moment_is_completed(corpus, undisturbed, tmp_path, moment):
    process = start(corpus, tmp_path / "out", start_new_session=True)
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    finish(process)
    assert whole_files_only(tmp_path / "out", undisturbed)
    code, err = finish(start(corpus, tmp_path / "out"))
    assert code == 0, err
    assert seen(tmp_path / "out") == undisturbed


def test_an_interrupted_run_says_so_and_is_completed(corpus, undisturbed, tmp_path):
    process = start(corpus, tmp_path / "out", start_new_session=True)
    wait_for(tmp_path / "out" / ".textkit" / "state.sqlite")
    os.killpg(process.pid, signal.SIGINT)  # what Ctrl-C does: the whole group gets it
    code, err = finish(process)
    assert (code, err) == (130, "textkit: interrupted\n")
    code, err = finish(start(corpus, tmp_path / "out"))
    assert code == 0, err
    assert seen(tmp_path / "out") == undisturbed


def test_a_killed_worker_costs_nothing(corpus, undisturbed, tmp_path):
    process = start(corpus, tmp_path / "out")
    worker = first_worker(process.pid)
    os.kill(worker, signal.SIGKILL)
    code, err = finish(process)
    assert code == 0, err
    assert seen(tmp_path / "out") == undisturbed


def test_a_full_disk_is_one_line_and_the_next_run_completes_it(corpus, undisturbed, tmp_path):
    """A limit on file size stands in for the disk: writing fails in the same place."""

    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    code, err = finish(start(corpus, tmp_path / "out", preexec_fn=little_room))
    assert code == 2
    assert "Traceback" not in err
    assert "run again" in err
    code, err = finish(start(corpus, tmp_path / "out"))
    assert code == 0, err
    assert seen(tmp_path / "out") == undisturbed


def test_a_folder_that_may_not_be_written_is_one_line(corpus):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-m", "textkit", "run", str(corpus), "-o", f"{folder}/out"],
            capture_output=True, text=True, check=False, preexec_fn=_become_nobody,
        )  # fmt: skip
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert done.stderr.count("\n") <= 2


def _become_nobody() -> None:
    """The superuser may write anywhere; step down where the tests run as one."""
    if os.getuid() == 0:
        os.setuid(65534)


def test_two_runs_on_one_folder_do_not_meet(corpus, undisturbed, tmp_path):
    first = start(corpus, tmp_path / "out")
    wait_for(tmp_path / "out" / ".textkit" / "lock")
    code, err = finish(start(corpus, tmp_path / "out"))
    assert code == 2
    assert "another run is writing here" in err
    code, err = finish(first)
    assert code == 0, err
    assert seen(tmp_path / "out") == undisturbed


def test_a_source_that_vanishes_is_reported_and_the_rest_goes_on(corpus, tmp_path):
    (corpus / "aaa.txt").symlink_to(corpus / "gone.txt")
    code, err = finish(start(corpus, tmp_path / "out"))
    assert code == 1
    assert "aaa.txt: no such file or directory" in err
    assert f"{COUNT} new or changed" in err


def test_a_damaged_state_file_says_what_to_do(corpus, tmp_path):
    state = tmp_path / "out" / ".textkit" / "state.sqlite"
    state.parent.mkdir(parents=True)
    state.write_bytes(b"not a database, but long enough to be read as one" * 100)
    code, err = finish(start(corpus, tmp_path / "out"))
    assert code == 2
    assert "remove this file and run again" in err


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def first_worker(pid: int) -> int:
    """The process id of a worker of a run."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for child in listed:
            words = Path(f"/proc/{child}/cmdline").read_bytes()
            if b"spawn_main" in words:
                time.sleep(0.5)
                return int(child)
        time.sleep(0.01)
    pytest.fail("no worker started")
