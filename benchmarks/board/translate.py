"""The gloss of Chinese, and how the checks of numbers and names judge what people translated."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.board.figures import Figure, share_noise
from benchmarks.board.shared import TEXTKIT, digest, scorer


def figures(shared: Path) -> Iterator[Figure]:
    folder = shared / "dev" / "translate"
    bench = scorer(folder / "translate_bench.py")
    source, human, argos = (
        bench.lines(folder / f"flores-dev.{name}") for name in ("zh", "en", "argos.en")
    )
    glossed = gloss(source)
    data, count = digest(folder), len(source)

    def figure(measure: str, value: float, other: float) -> Figure:
        noise = share_noise(value, count)
        return Figure(
            "translate", "FLORES zh-en", measure, value, count, noise, data, {"Argos": other}
        )

    yield figure("chrF of the gloss", bench.chrf(glossed, human), bench.chrf(argos, human))
    for place, measure in ((0, "numbers in the gloss"), (2, "Latin names in the gloss")):
        yield figure(
            measure, kept(bench, source, glossed, place), kept(bench, source, argos, place)
        )


def kept(bench, source: list[str], target: list[str], place: int) -> float:  # type: ignore[no-untyped-def]
    """Return the share of the source's numbers (0) or Latin names (2) that a translation has."""
    rows = [bench.kept(left, right) for left, right in zip(source, target, strict=True)]
    return 100 * sum(row[place] for row in rows) / max(1, sum(row[place + 1] for row in rows))


def gloss(lines: list[str]) -> list[str]:
    """Return the gloss of each line, without the mark in front of it."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        argv = [str(TEXTKIT), "translate", "-q", "--engine", "gloss"]
        argv += ["--gloss", "replace", "-i", "text", "-f", "text"]
        printed = subprocess.run(
            [*argv, file.name], capture_output=True, check=True, text=True
        ).stdout
    return [
        re.sub(r"\]? ?\[gloss [^:]*: |\]$", " ", line).strip()
        for line in printed.rstrip("\n").split("\n")
    ]
