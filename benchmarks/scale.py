"""One machine without shards against shards on Ray: time, driver memory, shuffle volume, growth.

    python -m benchmarks.scale [--sizes 10000] [--stages all|dedup] [--engines local,ray,volume]

`all` is `textkit run --no-translate` over JSON Lines shards of 170-word articles; `dedup` is only
the comparison, of records that are there. `volume` runs the same steps in one process and counts
what goes through each group-by: rows and bytes a document, before compression. CPU-seconds are of
all processes, Ray's own among them; the driver's memory is its peak.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.run import adopt_orphans, reap
from benchmarks.shards import texts, write

SHARD = 1000  # documents
HEAD = (
    f"{'stages':8}{'engine':10}{'texts':>9}{'CPU-s':>10}{'texts/CPU-s':>13}{'wall s':>9}{'MB':>7}"
)


def command(stages: str, engine: str, folder: Path, out: Path, jobs: int) -> list[str]:
    """What a row of the table runs."""
    if stages == "all" and engine != "volume":
        more = ["--executor", "ray"] if engine == "ray" else ["--no-report"]
        run = [sys.executable, "-m", "textkit", "run", str(folder), "-o", str(out), "-q"]
        return [*run, "--no-translate", "-j", str(jobs), *more]
    one = [sys.executable, "-m", "benchmarks.scale", "--one", engine, "--stages", stages]
    return [*one, "--folder", str(folder), "--out", str(out), "--jobs", str(jobs)]


def measured(command: list[str]) -> tuple[float, float, float]:
    """CPU-seconds of a command and all below it, wall seconds, and its own peak memory in MB.

    Ray's raylet does not wait for its workers, whose time would be lost: all are looked at while
    they run, ten times a second.
    """
    start, peak, used = time.monotonic(), 0.0, dict[int, float]()
    process = subprocess.Popen(command)
    while process.poll() is None:
        peak = max(peak, _peak(process.pid))
        used.update(_used())
        time.sleep(0.1)
    wall = time.monotonic() - start
    if process.returncode:
        raise SystemExit(f"{command[-1]}: exit code {process.returncode}")
    reap()
    return sum(used.values()), wall, peak


def _used() -> dict[int, float]:
    """CPU-seconds of each process below this one."""
    parents, seconds = {}, {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
        seconds[int(folder.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return {pid: seconds[pid] for pid in seconds if _is_below(pid, parents)}


def _is_below(pid: int, parents: dict[int, int]) -> bool:
    while pid in parents:
        pid = parents[pid]
        if pid == os.getpid():
            return True
    return False


def _peak(pid: int) -> float:
    """A process's peak memory in MB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0.0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) / 1024 if found else 0.0


def records(folder: Path, count: int) -> None:
    """Write the corpus as the comparison finds it: records in shards, with markers."""
    from textkit.document import Document, encode
    from textkit.run.sharded.files import Done, finish
    from textkit.run.sharded.files import write as write_file

    rows = (
        encode(Document(f"doc-{n}", f"site-{n % 7}", text, lang="en"))
        for n, text in enumerate(texts(count))
    )
    for number in range(-(-count // SHARD)):
        size = min(SHARD, count - number * SHARD)
        stem = str(folder / ".textkit" / "sharded" / "translated" / f"part-{number:05}")
        write_file(stem + ".jsonl", (next(rows) for _ in range(size)))
        finish(stem + ".done", Done(f"{count}", size))


def job_of(folder: Path) -> Any:
    """A job over the records of a folder."""
    from importlib.metadata import version

    from textkit.run import RunOptions
    from textkit.run.sharded.shards import Shard
    from textkit.run.sharded.steps import Job

    found = sorted((folder / ".textkit" / "sharded" / "translated").glob("*.done"))
    shards = tuple(Shard(number, ()) for number in range(len(found)))
    return Job(str(folder), RunOptions(translate=None), version("textkit"), os.getcwd(), shards)


def one(given: argparse.Namespace) -> None:
    """Run one engine in this process."""
    from textkit.read.sources import plan
    from textkit.run import Progress, RunOptions
    from textkit.run.sharded import run_sharded
    from textkit.run.sharded.compare import compare_all
    from textkit.run.sharded.engine import Local
    from textkit.run.sharded.ray_engine import Ray

    if given.stages == "all":
        options = RunOptions(translate=None, report=False)
        with_count = counting(Local)()
        run_sharded(plan([str(given.folder)]).sources, str(given.out), options, Progress(),
                    engine=with_count)  # fmt: skip
        with_count.tell()
        return
    job = job_of(given.folder)
    if given.one == "local":
        from textkit.dedup import dedup
        from textkit.run.sharded.files import records as read

        documents = (d for shard in job.shards for d in read(job.path("translated", shard)))
        print(f"  {sum(d.dedup.action == 'drop' for d in dedup(documents))} copies", flush=True)
        return
    with Ray(jobs=given.jobs) if given.one == "ray" else counting(Local)() as engine:
        compare_all(engine, job)
        if given.one == "volume":
            engine.tell()


def counting(base: type) -> type:
    """A local engine that counts what goes through its group-bys, by the function they feed."""

    class Counting(base):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.rows, self.size = Counter[str](), Counter[str]()

        def group_by_key(self, function: Any, data: Any, key: str) -> Any:
            inner = function
            while isinstance(inner, partial):
                detail = f" {inner.args[1]}" if inner.func.__name__ == "by_block" else ""
                inner = inner.func
            name = inner.__name__.strip("_") + (detail if inner is not function else "")
            for batch in data:
                for column in batch.values():
                    self.size[name] += (
                        sum(map(len, column)) if column.dtype == object else column.nbytes
                    )
                self.rows[name] += len(next(iter(batch.values())))
            return super().group_by_key(function, data, key)

        def tell(self) -> None:
            for name in self.rows:
                print(f"  {name:24}{self.rows[name]:12} rows{self.size[name]:14} bytes")
            print(
                f"  {'all':24}{sum(self.rows.values()):12} rows{sum(self.size.values()):14} bytes"
            )

    return Counting


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000")
    parser.add_argument("--stages", default="all", choices=["all", "dedup"])
    parser.add_argument("--engines", default="local,ray,volume")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given)
        return
    print(HEAD, flush=True)
    for size in map(int, given.sizes.split(",")):
        for engine in given.engines.split(","):
            with tempfile.TemporaryDirectory() as base:
                folder = Path(base, "in")
                if given.stages == "all":
                    write(size, folder, -(-size // SHARD))
                else:
                    records(folder, size)
                cpu, wall, memory = measured(
                    command(given.stages, engine, folder, Path(base, "out"), given.jobs)
                )
            row = f"{given.stages:8}{engine:10}{size:9}{cpu:10.1f}{size / cpu:13.1f}"
            print(f"{row}{wall:9.0f}{memory:7.0f}", flush=True)


if __name__ == "__main__":
    adopt_orphans()
    main()
