"""What no run can choose: killed, starved, interrupted. The next run completes it."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.run.conftest import COUNT, children, finish, start, tree


def whole_files_only(out: Path, undisturbed: dict[str, bytes]) -> bool:
    """Nothing under a final name is half a file, and no half a file lies about."""
    return all(
        undisturbed.get(name) == data or name in ("corpus.md", "articles.jsonl")
        for name, data in tree(out).items()
        if not name.endswith(".part")
    )


@pytest.mark.parametrize("moment", [0.4, 1.5, 3.0])
def test_a_run_killed_at_any_moment_is_completed(corpus, undisturbed, moment):
    process = start(corpus, start_new_session=True)
    time.sleep(moment)
    os.killpg(process.pid, signal.SIGKILL)
    finish(process)
    assert whole_files_only(corpus / "out", undisturbed)
    code, err = finish(start(corpus))
    assert code == 0, err
    assert tree(corpus / "out") == undisturbed


def test_an_interrupted_run_says_so_and_is_completed(corpus, undisturbed):
    process = start(corpus, start_new_session=True)
    wait_for(corpus / "out" / ".textkit" / "state.sqlite")
    os.killpg(process.pid, signal.SIGINT)  # what Ctrl-C does: the whole group gets it
    code, err = finish(process)
    assert (code, err) == (130, "textkit: interrupted\n")
    code, err = finish(start(corpus))
    assert code == 0, err
    assert tree(corpus / "out") == undisturbed


def test_a_killed_worker_costs_nothing(corpus, undisturbed):
    process = start(corpus)
    worker = first_worker(process.pid)
    os.kill(worker, signal.SIGKILL)
    code, err = finish(process)
    assert code == 0, err
    assert tree(corpus / "out") == undisturbed


def test_a_full_disk_is_one_line_and_the_next_run_completes_it(corpus, undisturbed):
    """A limit on file size stands in for the disk: writing fails in the same place."""

    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    code, err = finish(start(corpus, preexec_fn=little_room))
    assert code == 2
    assert "Traceback" not in err
    assert "run again" in err
    code, err = finish(start(corpus))
    assert code == 0, err
    assert tree(corpus / "out") == undisturbed


def test_a_folder_that_may_not_be_written_is_one_line_and_its_files_stay(finished):
    out = finished / "out"
    before = tree(out)
    (finished / "in" / "zzz.txt").write_text("One more story. It has two sentences.\n")
    folders = [out, *(path for path in out.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    (out / ".textkit" / "state.sqlite").chmod(0o444)
    code, err = finish(start(finished, prefix=without_power()))
    for folder in folders:
        folder.chmod(0o755)
    assert code == 2
    assert "Traceback" not in err
    assert err.count("\n") == 1
    assert tree(out) == before


def without_power() -> list[str]:
    """The superuser may write anywhere: take that away where the tests run as one."""
    if os.getuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("run by the superuser, and there is no setpriv")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def test_two_runs_on_one_folder_do_not_meet(corpus, undisturbed):
    first = start(corpus)
    wait_for(corpus / "out" / ".textkit" / "lock")
    code, err = finish(start(corpus))
    assert code == 2
    assert "another run is writing here" in err
    code, err = finish(first)
    assert code == 0, err
    assert tree(corpus / "out") == undisturbed


def test_a_source_that_vanishes_is_reported_and_the_rest_goes_on(finished):
    (finished / "in" / "aaa.txt").symlink_to("gone.txt")
    code, err = finish(start(finished, jobs=1))
    assert code == 1
    assert "aaa.txt: no such file or directory" in err
    assert f"{COUNT} unchanged" in err


def test_a_damaged_state_file_says_what_to_do(corpus):
    state = corpus / "out" / ".textkit" / "state.sqlite"
    state.parent.mkdir(parents=True)
    state.write_bytes(b"not a database, but long enough to be read as one" * 100)
    code, err = finish(start(corpus))
    assert code == 2
    assert "remove this file and run again" in err


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def first_worker(pid: int) -> int:
    """The process id of a worker: a child of the process that workers are forked from."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for server in children(pid):
            for worker in children(server):
                time.sleep(0.2)
                return worker
        time.sleep(0.01)
    pytest.fail("no worker started")
