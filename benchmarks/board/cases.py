"""The handed fault cases: how many of each area pass."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.board.figures import Figure, share_noise
from benchmarks.board.shared import TEXTKIT, digest


def figures(shared: Path) -> Iterator[Figure]:
    argv = [sys.executable, "run.py", "--textkit", str(TEXTKIT), "--json"]
    printed = subprocess.run(
        argv, check=False, cwd=shared / "cases", capture_output=True, text=True
    ).stdout
    areas: dict[str, list[bool]] = defaultdict(list)
    for row in json.loads(printed):
        if row["result"] != "skipped":
            areas[row["area"]].append(row["result"] == "passed")
    for area, passed in sorted(areas.items()):
        value = 100 * sum(passed) / len(passed)
        noise = share_noise(value, len(passed))
        data = digest(shared / "cases" / "dev" / f"{area}.jsonl")
        yield Figure("cases", area, "passed", value, len(passed), noise, data)
