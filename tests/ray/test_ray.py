"""Ray gives what local processes give: on two nodes, through killed workers and killed drivers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.shards import texts
from benchmarks.shards import write as write_corpus
from tests.conftest import ROOT, clean_environment
from tests.run.conftest import children
from tests.run.test_sharded import OPTIONS, alone, assert_same, in_shards, records, write_shards
from textkit.errors import InputError, TextkitError
from textkit.read.sources import plan
from textkit.run import Progress, run
from textkit.run.sharded import shards
from textkit.run.sharded.engine import Batch, Local, Once, blobs

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("ignore")]  # Ray's own

SMALL, LARGE = 400, 5000  # documents


# little jobs, on both engines


def numbers(batch: Batch) -> Batch:
    found = np.concatenate([np.arange(n) for n in batch["n"]])
    return {"key": found % 7, "value": found, "blob": blobs([b"\0%d\0" % n for n in found])}


def no_numbers(batch: Batch) -> Batch:
    return {"key": np.zeros(0, np.int64), "value": np.zeros(0, np.int64), "blob": blobs([])}


def sums(batch: Batch) -> Batch:
    keys = np.unique(batch["key"])
    rows = [np.sort(batch["value"][batch["key"] == key]) for key in keys]
    return {
        "key": keys,
        "sum": np.array([row.sum() for row in rows]),
        "of": np.array([len(r) for r in rows]),
    }


def adder(by: int) -> Any:
    return partial(add, by)


def add(by: int, batch: Batch) -> Batch:
    return {**batch, "sum": batch["sum"] + by}


def fail(batch: Batch) -> Batch:
    raise InputError("this one is bad", "mend it")


def by_key(rows: Batch) -> list[tuple]:
    return sorted(zip(*(column.tolist() for column in rows.values()), strict=True))


@pytest.mark.parametrize("make", [numbers, no_numbers])
def test_both_engines_group_and_map_alike(engine, make):
    source = [{"n": np.array([n])} for n in range(20)]
    results = []
    for one in (Local(), engine):
        rows = one.keep(one.map(make, source))
        grouped = one.map(Once(adder, (100,)), one.group_by_key(sums, rows, "key"))
        results.append((by_key(one.gather(grouped)), by_key(one.gather(rows))))
    assert results[0] == results[1]
    assert bool(results[0][0]) == (make is numbers)


def test_an_error_of_a_worker_comes_as_it_was_raised(engine):
    with pytest.raises(TextkitError, match="this one is bad") as caught:
        engine.gather(engine.map(fail, [{"n": np.array([1])}]))
    assert caught.value.hint == "mend it"


# whole runs


def test_two_nodes_give_the_bytes_of_one_process(engine, cluster, tmp_path):
    """5,000 documents: the records of the run without shards, whatever node made them."""
    write_corpus(LARGE, tmp_path / "in", 8, words=40)
    run(plan([str(tmp_path / "in")]), str(tmp_path / "alone"), OPTIONS, Progress())
    tally = in_shards(tmp_path, engine=engine)
    assert len(cluster.list_all_nodes()) == 2
    assert tally.documents == LARGE == len(records(tmp_path / "shards"))
    assert_same(tmp_path)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus in 8 shards and what the run without shards makes of it."""
    base = tmp_path_factory.mktemp("small")
    rows = [{"id": f"doc-{n}", "text": t} for n, t in enumerate(texts(SMALL, seed=3, words=60))]
    write_shards(base / "in", rows, 8)
    alone(base)
    return base


def test_one_large_file_is_read_by_several_workers(engine, tmp_path, monkeypatch):
    """Its lines are counted on the nodes; so are records without ids, and those that meet."""
    monkeypatch.setattr(shards, "LARGEST", 5000)
    rows: list[dict] = [{"text": t} for t in texts(60, seed=4, words=40)]
    for number in range(0, 60, 4):
        rows[number]["id"] = ("0-10", "a", "a-2", "own")[number // 4 % 4]
    write_shards(tmp_path / "in", rows, 1)
    for folder in ("x", "y"):
        for stem in ("a", "a-2", "0-7"):
            path = tmp_path / "in" / folder / f"{stem}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"A page in {folder} that is called {stem}.", "utf-8")
    tally = in_shards(tmp_path, engine=engine)
    alone(tmp_path)
    assert_same(tmp_path)
    assert tally.failed == 11
    assert "0-10-2" in {json.loads(line)["id"] for line in records(tmp_path / "shards")}
    assert len(list((tmp_path / "shards" / "articles").iterdir())) > 3


def start(base: Path, out: str, cluster: Any, *more: str) -> subprocess.Popen:
    command = [
        sys.executable, "-m", "textkit", "run", str(base / "in"), "-o", str(base / out),
        "--no-translate", "--executor", "ray", "--ray-address", cluster.address, *more,
    ]  # fmt: skip
    return subprocess.Popen(
        command, cwd=ROOT, env=clean_environment(base), stderr=subprocess.PIPE, text=True
    )


def workers() -> Iterator[int]:
    """The workers of our cluster that are running one of our functions now."""
    for raylet in children(os.getpid()):
        for pid in children(raylet):
            try:
                line = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            if line.startswith(b"ray::") and b"MapBatches" in line:
                yield pid


def wait_for(path: Path, process: subprocess.Popen) -> None:
    end = time.monotonic() + 100
    while not path.exists() and time.monotonic() < end and process.poll() is None:
        time.sleep(0.02)
    assert path.exists(), process.communicate()


@pytest.mark.parametrize("step", ["prepared", "packed"])
def test_a_worker_that_is_killed_costs_nothing(small, cluster, step):
    process = start(small, f"killed-{step}", cluster)
    wait_for(small / f"killed-{step}" / ".textkit" / "sharded" / step, process)
    killed = 0
    while process.poll() is None and not killed:
        for pid in workers():
            os.kill(pid, signal.SIGKILL)
            killed += 1
    _, err = process.communicate(timeout=200)
    assert killed
    assert process.returncode == 0, err
    assert_same(small, f"killed-{step}")


def test_a_killed_run_is_taken_up_where_it_was(small, cluster):
    out = small / "taken-up"
    process = start(small, "taken-up", cluster)
    wait_for(out / ".textkit" / "sharded" / "prepared" / "part-00002.done", process)
    process.kill()
    process.communicate()
    markers = list((out / ".textkit" / "sharded" / "prepared").glob("*.done"))
    before = {path.name: path.stat().st_mtime_ns for path in markers}
    process = start(small, "taken-up", cluster)
    _, err = process.communicate(timeout=200)
    assert process.returncode == 0, err
    after = (out / ".textkit" / "sharded" / "prepared").glob("*.done")
    same = [p.name for p in after if before.get(p.name) == p.stat().st_mtime_ns]
    assert len(same) == len(before) >= 1
    assert f"{SMALL - 50 * len(before)} new or changed, {50 * len(before)} unchanged" in err
    assert_same(small, "taken-up")


def test_bad_shards_are_told_and_the_rest_is_done(small, cluster, tmp_path):
    write_shards(tmp_path / "in", [{"id": str(n), "text": f"Text {n}."} for n in range(6)], 2)
    (tmp_path / "in" / "bad.jsonl").write_bytes(b"\xff\xfe\x00garbage\n")
    (tmp_path / "in" / "bad.parquet").write_bytes(b"PAR1 garbage")
    process = start(tmp_path, "out", cluster)
    _, err = process.communicate(timeout=200)
    assert process.returncode == 1, err
    assert "bad.jsonl:1: not JSON" in err
    assert "bad.parquet: not Parquet" in err
    assert "6 articles" in err
    rows = (tmp_path / "out" / "failures.jsonl").read_text().splitlines()
    assert len([json.loads(row) for row in rows]) == 2


def test_a_cluster_of_its_own_leaves_nothing_behind(tmp_path):
    """On this machine: the seeds, translated, the same as without shards, and no process left."""
    before = set(os.listdir("/tmp"))
    command = [sys.executable, "-m", "textkit", "run", str(ROOT / "seeds"), "-o"]
    place = {"cwd": tmp_path, "env": clean_environment(tmp_path)}
    more = ["ray-out", "--executor", "ray", "--jobs", "2"]
    done = subprocess.run([*command, *more], check=False, capture_output=True, text=True, **place)
    assert done.returncode == 0, done.stderr
    assert all(line.startswith("textkit: ") for line in done.stderr.splitlines())
    assert done.stdout == ""
    subprocess.run([*command, "alone", "-q"], check=True, **place)
    assert records(tmp_path / "ray-out") == records(tmp_path / "alone")
    assert not [n for n in set(os.listdir("/tmp")) - before if n.startswith("textkit-ray")]


def test_an_address_where_no_cluster_is_is_one_line(tmp_path):
    (tmp_path / "a.txt").write_text("A text.")
    command = [sys.executable, "-m", "textkit", "run", "a.txt", "-o", "out", "--executor", "ray"]
    done = subprocess.run(
        [*command, "--ray-address", "127.0.0.1:1"], check=False, capture_output=True, text=True,
        cwd=tmp_path, env=clean_environment(tmp_path), timeout=100,
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "--ray-address 127.0.0.1:1" in done.stderr
