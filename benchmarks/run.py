"""Documents a CPU-second of `textkit run`, beside the chain of tools that it replaces.

    python -m benchmarks.run [--sizes 1000,10000] [--peer-size 500] [--jobs 1,2]

The chain is read, langdetect, datasketch (MinHash LSH, 3-grams, .5) and sumy LexRank of three
sentences, once as a shell loop (a Python process a step and file) and once as a script would (a
process a step over all files). Needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from benchmarks.corpus import ROOT, write

PATHS = """
import sys, pathlib
def paths(name):
    path = pathlib.Path(name)
    return sorted(path.rglob('*.txt')) if path.is_dir() else [path]
"""
DETECT = """
import langdetect
for path in paths(sys.argv[1]):
    langdetect.detect(path.read_text('utf-8'))
"""
DEDUP = """
from datasketch import MinHash, MinHashLSH
index = MinHashLSH(threshold=0.5, num_perm=128)
for path in paths(sys.argv[1]):
    words = path.read_text('utf-8').lower().split()
    sketch = MinHash(128)
    sketch.update_batch([' '.join(words[i:i + 3]).encode() for i in range(len(words) - 2)])
    index.query(sketch)
    index.insert(path.name, sketch)
"""
SUMMARIZE = r"""
import re
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
class Tokenizer:
    def to_sentences(self, text): return tuple(re.split(r'(?<=[.!?])\s+', text.strip()))
    def to_words(self, sentence): return tuple(re.findall(r'\w+', sentence))
for path in paths(sys.argv[1]):
    LexRankSummarizer()(PlaintextParser(path.read_text('utf-8'), Tokenizer()).document, 3)
"""


LOOP = 6  # files that the loop is measured on; every file costs it the same


def measured(*command: str) -> tuple[float, float]:
    """CPU-seconds and peak memory in MB of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, after.ru_maxrss / 1024


def adopt_orphans() -> None:
    """Let processes whose parent has ended become ours, so that their time is counted (Linux)."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def reap() -> None:
    """Wait for every child there still is."""
    with suppress(ChildProcessError):
        while True:
            os.wait()


def chain(path: Path) -> float:
    """CPU-seconds of the chain over a file or a folder."""
    return sum(
        measured(sys.executable, "-c", PATHS + s, str(path))[0] for s in (DETECT, DEDUP, SUMMARIZE)
    )


def row(name: str, size: int, cpu: float, memory: float | None, base: float) -> None:
    shown = f"{memory:8.0f}" if memory else "       -"
    print(f"{name:24}{size:9}{cpu:10.1f}{size / cpu:10.1f}{shown}{size / cpu / base:8.1f}x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--peer-size", type=int, default=300)
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--from", dest="source", type=Path, default=ROOT / "seeds")
    given = parser.parse_args()
    print(f"{'':24}{'texts':>9}{'CPU-s':>10}{'texts/s':>10}{'MB':>8}{'ratio':>9}")
    with tempfile.TemporaryDirectory() as base:
        few, many = Path(base, "few"), Path(base, "many")
        write(LOOP, few, given.source)
        write(given.peer_size, many, given.source)
        cpu = sum(chain(path) for path in few.rglob("*.txt"))
        speed = LOOP / cpu
        row("chain, a loop over files", LOOP, cpu, None, speed)
        row("chain, a script a step", given.peer_size, chain(many), None, speed)
        for size in map(int, given.sizes.split(",")):
            folder = Path(base, str(size))
            write(size, folder, given.source)
            for jobs in given.jobs.split(","):
                _run_rows(folder, Path(base, f"out-{size}-{jobs}"), size, jobs, speed)


def _run_rows(folder: Path, out: Path, size: int, jobs: str, speed: float) -> None:
    """The first run, the second over the same files, and a third with one file changed."""
    command = (sys.executable, "-m", "textkit", "run", str(folder), "-o", str(out), "-q",
               "--no-translate", "-j", jobs)  # fmt: skip
    cpu, memory = measured(*command)
    row(f"run, {jobs} jobs", size, cpu, memory, speed)
    again, _ = measured(*command)
    print(f"  unchanged: {again:.1f} CPU-s, {100 * again / cpu:.1f} % of the first")
    first = next(p for p in sorted(folder.rglob("*.txt")))
    first.write_text(first.read_text("utf-8") + "\nOne more sentence stands here.\n", "utf-8")
    again, _ = measured(*command)
    print(f"  one changed: {again:.1f} CPU-s, {100 * again / cpu:.1f} % of the first", flush=True)


if __name__ == "__main__":
    adopt_orphans()
    main()
