"""How long a check of one new file takes among many tracked ones, and how well it knows copies.

    python -m benchmarks.check [--files 10,1000,10000]
    python -m benchmarks.check --docs docs.jsonl --gold gold.jsonl

The first makes git repositories in a temporary folder and prints CPU seconds of whole processes:
the first check, which makes the cache, the next one, and that without looking at languages. The
peer is a script that does what one would otherwise write: MinHash of all files with datasketch,
128 permutations of 3-grams.

The second prints precision, recall and F1 over pairs of documents that are copies (`cluster` in
the gold file; pairs that `ignore` names do not count), for each half, halves being taken by
cluster; the peer is the MinHash of the same 3-grams at its best threshold of five.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from zlib import crc32

from benchmarks.corpus import ROOT, articles, paragraphs

PEER = """
import sys
from pathlib import Path
from datasketch import MinHash, MinHashLSH
def sketch(path):
    words = path.read_text().lower().split()
    found = MinHash(128)
    found.update_batch([" ".join(words[i:i + 3]).encode() for i in range(len(words) - 2)])
    return found
index = MinHashLSH(threshold=0.5, num_perm=128)
new = Path("seeds/new.txt")
for path in sorted(Path("seeds").glob("*.txt")):
    if path != new: index.insert(path.name, sketch(path))
print(index.query(sketch(new)))
"""


def cpu_seconds(*command: str, cwd: str) -> float:
    """Run a command and return the CPU seconds that it and its children took."""
    before = os.times()
    subprocess.run(command, cwd=cwd, capture_output=True, check=False)  # findings are exit 1
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def repository(folder: Path, count: int) -> None:
    """Make a repository of `count` tracked articles and one new file, a near copy of the last."""
    (folder / "seeds").mkdir()
    for number, text in enumerate(articles(count, paragraphs(ROOT / "seeds"))):
        (folder / "seeds" / f"{number:06}.txt").write_text(text, "utf-8")
    git = ("git", "-c", "user.email=a@example.org", "-c", "user.name=A")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "first")):
        subprocess.run([*git, *command], cwd=folder, check=True)
    (folder / "seeds" / "new.txt").write_text(text.replace(" the ", " this ", 3), "utf-8")


def speed(counts: list[int]) -> None:
    """Print a row for each number of tracked files."""
    check = (sys.executable, "-m", "textkit", "check", "seeds/new.txt")
    print(f"{'files':>7} {'first':>7} {'next':>7} {'no TK4':>7} {'peer':>7} {'peer/next':>9}")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            repository(Path(folder), count)
            first = cpu_seconds(*check, cwd=folder)
            again = min(cpu_seconds(*check, cwd=folder) for _ in range(3))
            quick = min(cpu_seconds(*check, "--ignore", "TK4", cwd=folder) for _ in range(3))
            peer = cpu_seconds(sys.executable, "-c", PEER, cwd=folder)
            print(
                f"{count:>7} {first:>7.2f} {again:>7.2f} {quick:>7.2f} {peer:>7.2f}"
                f" {peer / again:>9.1f}"
            )


Pair = tuple[int, int]


def shared_pairs(runs: list[set[int]]) -> Iterator[Pair]:
    """Yield the pairs that have a run of words in common which few have."""
    holders = defaultdict(list)
    for number, found in enumerate(runs):
        for value in found:
            holders[value].append(number)
    seen: set[Pair] = set()
    for some in holders.values():
        if len(some) <= 60:
            seen.update(combinations(some, 2))
    yield from seen


def records(path: str) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON Lines."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").split("\n") if line]


def quality(docs_path: str, gold_path: str) -> None:
    """Print precision, recall and F1 of pairs, for both halves of the clusters."""
    from datasketch import MinHash

    from textkit.check.sketch import runs
    from textkit.dedup.pipeline import compare_texts

    docs = records(docs_path)
    golds = {row["id"]: row for row in records(gold_path)}
    gold = [golds[doc["id"]] for doc in docs]
    sets = [runs(doc["text"]) for doc in docs]
    hashes = [MinHash(128, hashfunc=lambda value: value) for _ in docs]
    for found, values in zip(hashes, sets, strict=True):
        found.update_batch(sorted(values))

    def counts(pair: Pair) -> bool:
        one, two = (gold[number] for number in pair)
        return not {one["id"], one["cluster"]} & set(two["ignore"]) and not (
            {two["id"], two["cluster"]} & set(one["ignore"])
        )

    def half(pair: Pair) -> int:
        return crc32(min(gold[number]["cluster"] for number in pair).encode()) % 2

    together = (p for p in combinations(range(len(docs)), 2)
                if gold[p[0]]["cluster"] == gold[p[1]]["cluster"])  # fmt: skip
    true = {pair for pair in together if counts(pair)}
    candidates = [pair for pair in shared_pairs(sets) if counts(pair)]
    methods: dict[str, Callable[[Pair], bool]] = {
        "textkit check": lambda p: compare_texts(*(docs[at]["text"] for at in p)) is not None
    }
    for bound in (0.1, 0.2, 0.3, 0.5, 0.8):
        methods[f"minhash >= {bound}"] = (
            lambda p, bound=bound: hashes[p[0]].jaccard(hashes[p[1]]) >= bound  # type: ignore[misc]
        )
    print(f"{'method':<16} half  precision  recall     F1")
    for name, method in methods.items():
        said = {pair for pair in candidates if method(pair)}
        for which in (0, 1):
            mine = {pair for pair in said if half(pair) == which}
            wanted = {pair for pair in true if half(pair) == which}
            right = len(mine & wanted)
            print(
                f"{name:<16} {which:>4} {right / max(1, len(mine)):>10.3f}"
                f" {right / len(wanted):>7.3f} {2 * right / (len(mine) + len(wanted)):>6.3f}"
            )


def main() -> None:
    """Parse, then measure one or the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", default="10,1000,10000")
    parser.add_argument("--docs")
    parser.add_argument("--gold")
    given = parser.parse_args()
    if given.docs and given.gold:
        quality(given.docs, given.gold)
    else:
        speed([int(count) for count in given.files.split(",")])


if __name__ == "__main__":
    main()
