"""Texts per CPU-second of `textkit run`, beside three chains of other tools, on real texts.

    python -m benchmarks.chain [TEXTS] [--repeats 3] [--shared DIR]

Every chain gets the same texts of the development sets, none twice, and one process (CPU time with
start and imports; textkit with `-j 1`). `usual` is what people write: ftfy, langdetect for each
paragraph, datasketch, sumy's LexRank; `whole` asks langdetect once for each document; `expert` is
a regular expression, pycld2, rensa and TextRank in numpy, with none of textkit's edits, passages
or verified copies. The second table has the stages alone: a process each, the first 20 texts apart
from what is timed. Figures are medians; needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from statistics import median

from benchmarks.board.shared import locate, read_jsonl
from benchmarks.chain_stages import CHAINS, STAGES
from benchmarks.run import adopt_orphans, measured

MIN_LENGTH = 300  # characters; shorter ones are no articles


def texts(dev: Path) -> Iterator[str]:
    """Yield the articles of the development sets in a mixed order that is always the same."""
    unique = {text.strip() for text in _every(dev)}
    yield from sorted(
        (text for text in unique if len(text) >= MIN_LENGTH),
        key=lambda text: blake2b(text.encode("utf-8", "replace")).digest(),
    )


def _every(dev: Path) -> Iterator[str]:
    for name in ("dedup/neardup-dev/docs.jsonl", "detect/mixed.dev.jsonl"):
        yield from (row["text"] for row in read_jsonl(dev / name))
    for path in dev.glob("*/**/ground-truth/*.json"):
        yield json.loads(path.read_text("utf-8"))["ground_truth"]["main_content"] or ""
    for path in dev.glob("sum/*/*/docs/*.txt"):
        yield path.read_text("utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=int, nargs="?", default=300, help="how many")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--shared", help="the folder with dev/")
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # with it every start compiles all modules
    chosen = list(texts(locate(arguments.shared) / "dev"))[: arguments.texts]
    size = median(map(len, chosen))
    print(f"{len(chosen)} texts, median {size:.0f} characters, {arguments.repeats} repeats")
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base, "texts")
        folder.mkdir()
        for number, text in enumerate(chosen):
            (folder / f"{number:06}.txt").write_text(text, "utf-8", "replace")
        print_chains(folder, len(chosen), arguments.repeats)
        print_stages(folder, arguments.repeats)


def print_chains(folder: Path, count: int, repeats: int) -> None:
    """Print the CPU time of each chain and textkit's speed as a multiple of it.

    Repeats go round the chains, so that a busy machine slows all of them alike.
    """
    commands = {"textkit": [sys.executable, "-m", "textkit", "run", str(folder), "-q", "-j", "1"]}
    for name in CHAINS:
        commands[name] = [sys.executable, "-m", "benchmarks.chain_stages", name, str(folder)]
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for repeat in range(repeats + 1):
        for name, command in commands.items():
            out = ["-o", f"{folder}-out-{repeat}"] if name == "textkit" else []
            cpu, _ = measured(*command, *out)
            if repeat:  # the first round writes bytecode and is not counted
                seconds[name].append(cpu)
    print(f"\n{'chain':10}{'CPU-s':>9}{'range':>16}{'texts/CPU-s':>13}{'textkit is':>12}")
    ours = median(seconds["textkit"])
    for name, every in seconds.items():
        cpu, spread = median(every), f"{min(every):.2f}-{max(every):.2f}"
        ratio = f"{cpu / ours:.2f}x"
        print(f"{name:10}{cpu:9.2f}{spread:>16}{count / cpu:13.1f}{ratio:>12}")


def print_stages(folder: Path, repeats: int) -> None:
    """Print milliseconds a text of each stage and of its peers, warm."""
    print(f"\n{'stage':11}{'system':26}{'ms a text':>10}{'textkit is':>12}")
    for stage, systems in STAGES.items():
        ours = 0.0
        for name in systems:
            command = [sys.executable, "-m", "benchmarks.chain_stages", f"{stage}:{name}"]
            spent = median(_stage(*command, str(folder)) for _ in range(repeats))
            ours = ours or spent
            print(f"{stage:11}{name:26}{spent:10.3f}{f'{spent / ours:.2f}x':>12}", flush=True)


def _stage(*command: str) -> float:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    adopt_orphans()
    main()
