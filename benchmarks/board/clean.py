"""Residue: removed and good lines lost on labelled lines, and what another extractor left."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.board import peers
from benchmarks.board.figures import Figure, bootstrap_noise, share_noise
from benchmarks.board.shared import TEXTKIT, command, digest, read_jsonl, run_scorer, scorer

RESIDUE, GOOD = 1, 0
EXTRACTORS = {
    "trafilatura": ("trafilatura",),
    "readability-lxml": ("readability-lxml",),
    "html-text": ("html-text",),
}
C4 = "C4 rule"  # Raffel et al., 2020: a line stays where it ends in a stop and has five words
STOPS = (".", "!", "?", '"', "”", "。", "！", "？", "।")


class Tally(NamedTuple):
    """Lines of one set: residue and how much of it went, good lines and how many were lost."""

    residue: int
    removed: int
    good: int
    lost: int


def figures(shared: Path) -> Iterator[Figure]:
    yield from handed_cases(shared)
    for path in sorted((shared / "dev" / "lines").glob("*.jsonl")):
        pages = read_jsonl(path)
        texts = ["\n\n".join(text for text, _ in page["lines"]) for page in pages]
        name = f"lines {path.stem}"
        yield from as_figures(
            name,
            tally(pages, texts, cleaned(texts)),
            tally(pages, texts, [c4(text) for text in texts]),
            digest(path),
        )
    for extractor, packages in EXTRACTORS.items():
        if versions := peers.installed(*packages):
            yield text_left(shared, extractor, versions)


def as_figures(name: str, own: Tally, rule: Tally, data: str) -> Iterator[Figure]:
    """Two figures of a set of lines: residue removed, and good lines lost of a thousand."""
    removed = 100 * own.removed / own.residue
    others = {C4: 100 * rule.removed / rule.residue}
    noise = share_noise(removed, own.residue)
    yield Figure("clean", name, "residue removed", removed, own.residue, noise, data, others)
    lost = 1000 * own.lost / own.good
    noise = 10 * share_noise(lost / 10, own.good)
    others = {C4: 1000 * rule.lost / rule.good}
    yield Figure("clean", name, "good lost of 1,000", lost, own.good, noise, data, others, False)


def handed_cases(shared: Path) -> Iterator[Figure]:
    """The cases of labelled lines in many languages, judged by their own scorer's rules."""
    path = shared / "cases" / "clean-lines" / "cases.jsonl"
    cases, rules = read_jsonl(path), scorer(path.parent / "score.py")
    texts = [case["text"] for case in cases]

    def judged(results: list[str]) -> Tally:
        total = Tally(0, 0, 0, 0)
        for case, result in zip(cases, results, strict=True):
            lost, gone = rules.judge(case, result)
            row = Tally(len(gone), sum(gone), len(case["keep"]), len(lost))
            total = Tally(*(a + b for a, b in zip(total, row, strict=True)))
        return total

    own, rule = judged(cleaned(texts)), judged([c4(text) for text in texts])
    yield from as_figures("cases in 21 languages", own, rule, digest(path))


def cleaned(texts: list[str]) -> list[str]:
    """Return what `textkit clean` makes of some texts."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for n, text in enumerate(texts):
            file.write(json.dumps({"id": f"d{n:06}", "text": text}) + "\n")
        file.flush()
        argv = [str(TEXTKIT), "clean", "-q", "-i", "jsonl", "-f", "jsonl", file.name]
        lines = subprocess.run(argv, capture_output=True, check=True, text=True).stdout.splitlines()
    return [json.loads(line)["text"] for line in lines]


def c4(text: str) -> str:
    """Keep the lines that end in a stop and have five words, as C4 does."""
    lines = text.split("\n")
    return "\n".join(s for s in lines if s.rstrip().endswith(STOPS) and len(s.split()) >= 5)


def tally(pages: list[Any], texts: list[str], results: list[str]) -> Tally:
    """Count lines as a multiset: of a line that stands twice, it does not matter which one goes."""
    total = Tally(0, 0, 0, 0)
    for page, text, result in zip(pages, texts, results, strict=True):
        total = Tally(*(a + b for a, b in zip(total, count(page, text, result), strict=True)))
    return total


def count(page: Any, text: str, result: str) -> Tally:
    before, after = bag(text), bag(result)
    labels: dict[str, Counter[int]] = {}
    for line, label in page["lines"]:
        labels.setdefault(line.strip(), Counter())[label] += 1
    rows = Tally(0, 0, 0, 0)
    for line, by_label in labels.items():
        gone = max(0, before[line] - (after[line] or result.count(line)))
        good, residue = by_label[GOOD], by_label[RESIDUE]
        removed = min(gone, residue)
        lost = 0 if by_label[-1] else max(0, gone - residue)
        rows = Tally(*(a + b for a, b in zip(rows, (residue, removed, good, lost), strict=True)))
    return rows


def bag(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.split("\n") if line.strip())


def text_left(shared: Path, extractor: str, versions: str) -> Figure:
    """Word F1 of what an extractor left, after cleaning and before it."""
    folder = shared / "dev" / "clean"
    with tempfile.TemporaryDirectory() as scratch:
        left, per_page = str(Path(scratch, "left.json")), Path(scratch, "pages.json")

        def score(*source: str) -> list[float]:
            run_scorer(
                folder / "clean_bench.py",
                *("--kind", "wcxb", "--data", str(folder), "--split", "dev", *source),
                *("--per-page", str(per_page)),
            )
            return [100 * f1 for f1 in json.loads(per_page.read_text("utf-8")).values()]

        before = score("--builtin", extractor, "--save", left)
        after = score("--input-from", left, "--batch-cmd", command("clean -f jsonl {in}"))
    gains = [b - a for a, b in zip(before, after, strict=True)]
    value, noise = sum(after) / len(after), bootstrap_noise(gains)
    peer = {"as left": sum(before) / len(before)}
    name = f"text left by {extractor}"
    data = f"{digest(folder)} {versions}"
    return Figure("clean", name, "word F1", value, len(after), noise, data, peer)
