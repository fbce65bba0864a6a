"""Does cleaning a stream of records, or one very long line, stay small and quick?

    python benchmarks/clean_memory.py [--megabytes N ...]

Each stream is piped through `textkit clean -f jsonl`; the table has CPU-seconds, megabytes per
CPU-second and the peak of the process's memory, which must not grow with the stream.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "textkit", "clean", "-f")


def records(size: int) -> Iterator[bytes]:
    """Yield about `size` bytes of records, the five articles in turn."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    lines = [json.dumps({"id": str(i), "text": t}).encode() + b"\n" for i, t in enumerate(texts)]
    done = 0
    for line in cycle(lines):
        if done >= size:
            return
        done += len(line)
        yield line


def one_line(size: int) -> Iterator[bytes]:
    """Yield one line of about `size` bytes."""
    piece = b"It rained on the harbour and on the ferry, and nobody had thought of it. " * 1000
    yield from (piece for _ in range(size // len(piece)))


def run(name: str, form: str, pieces: Iterator[bytes], size: int) -> None:
    process = subprocess.Popen([*COMMAND, form], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin is not None
    for piece in pieces:
        process.stdin.write(piece)
    process.stdin.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = used.ru_utime + used.ru_stime
    speed, peak = size / 1e6 / cpu, used.ru_maxrss / 1024
    print(
        f"{name:<10} {size / 1e6:8.0f} {cpu:8.1f} {speed:9.1f} {peak:9.0f} {process.returncode:5}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=int, nargs="+", default=[10, 100, 1000])
    sizes = [int(n * 1e6) for n in parser.parse_args().megabytes]
    print(f"{'input':<10} {'MB':>8} {'CPU-s':>8} {'MB/CPU-s':>9} {'peak MiB':>9} {'exit':>5}")
    for size in sizes:
        run("records", "jsonl", records(size), size)
    run("one line", "text", one_line(100_000_000), 100_000_000)


if __name__ == "__main__":
    main()
