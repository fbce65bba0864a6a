"""Documents a CPU-second of `textkit run`, beside the chain of tools that it replaces.

    python -m benchmarks.run [--sizes 1000,10000] [--peer-size 500] [--jobs 1,2]

The chain is one Python process a step, over the same files: read, langdetect, datasketch
(MinHash LSH, 3-grams, .5), sumy LexRank of three sentences. Needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.corpus import ROOT, write

DETECT = """
import sys, pathlib, langdetect
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt')):
    langdetect.detect(path.read_text('utf-8'))
"""
DEDUP = """
import sys, pathlib
from datasketch import MinHash, MinHashLSH
index = MinHashLSH(threshold=0.5, num_perm=128)
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt')):
    words = path.read_text('utf-8').lower().split()
    sketch = MinHash(128)
    sketch.update_batch([' '.join(words[i:i + 3]).encode() for i in range(len(words) - 2)])
    index.query(sketch)
    index.insert(path.name, sketch)
"""
SUMMARIZE = r"""
import sys, pathlib, re
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
class Tokenizer:
    def to_sentences(self, text): return tuple(re.split(r'(?<=[.!?])\s+', text.strip()))
    def to_words(self, sentence): return tuple(re.findall(r'\w+', sentence))
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt')):
    LexRankSummarizer()(PlaintextParser(path.read_text('utf-8'), Tokenizer()).document, 3)
"""


def measured(*command: str) -> tuple[float, float]:
    """CPU-seconds and peak memory in MB of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, after.ru_maxrss / 1024


def chain(folder: Path) -> float:
    """CPU-seconds of the chain of separate tools."""
    return sum(
        measured(sys.executable, "-c", s, str(folder))[0] for s in (DETECT, DEDUP, SUMMARIZE)
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
        peers = Path(base, "peers")
        write(given.peer_size, peers, given.source)
        cpu = chain(peers)
        speed = given.peer_size / cpu
        row("chain of tools", given.peer_size, cpu, None, speed)
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
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()
