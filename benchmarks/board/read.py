"""Main text of pages: word F1, and wanted and unwanted pieces, beside the extractors."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.board import peers
from benchmarks.board.figures import Figure, bootstrap_noise, share_noise
from benchmarks.board.shared import command, digest, run_scorer

SETS = (
    "clean",
    "pages/fundus",
    "pages/wcxb-more",
    "pages/readability-js",
    "pages/snippets-first-half",
    "pages/defuddle",
)
SNIPPETS = "pages/snippets-first-half"
PEERS = {
    "trafilatura": ("trafilatura",),
    "trafilatura-precision": ("trafilatura",),
    "readability-lxml": ("readability-lxml",),
    "html-text": ("html-text",),
    "resiliparse": ("resiliparse",),
}


def figures(shared: Path) -> Iterator[Figure]:
    for name in SETS:
        folder = shared / "dev" / name
        snippets = name == SNIPPETS
        scores, pages = measure(shared, folder, ["--batch-cmd", command("read -f jsonl {in}")])
        value = percent(scores, snippets)
        noise = share_noise(value, len(pages)) if snippets else bootstrap_noise(pages)
        yield Figure(
            "read",
            name.removeprefix("pages/").replace("clean", "wcxb"),
            "wanted and unwanted pieces right" if snippets else "word F1",
            value,
            len(pages),
            noise,
            digest(folder),
            peer_values(shared, folder, snippets),
        )


def measure(shared: Path, folder: Path, source: list[str]) -> tuple[dict[str, float], list[float]]:
    """Return a system's scores on a set of pages and its word F1 page by page, in percent."""
    with tempfile.TemporaryDirectory() as scratch:
        totals, pages = Path(scratch, "totals.json"), Path(scratch, "pages.json")
        run_scorer(
            shared / "dev" / "clean" / "clean_bench.py",
            *("--kind", "wcxb", "--data", str(folder), "--split", "dev", *source),
            *("--json", str(totals), "--per-page", str(pages)),
        )
        by_page = json.loads(pages.read_text("utf-8"))
        return json.loads(totals.read_text("utf-8")), [100 * f1 for f1 in by_page.values()]


def of_builtin(shared: Path, folder: Path, name: str) -> dict[str, float]:
    """Return a peer's scores; the scorer knows how to call it."""
    return measure(shared, folder, ["--builtin", name])[0]


def percent(scores: dict[str, float], snippets: bool) -> float:
    """The figure of a set: word F1, or the mean of wanted pieces found and unwanted kept out."""
    return 50 * (scores["with"] + scores["without"]) if snippets else 100 * scores["f1"]


def peer_values(shared: Path, folder: Path, snippets: bool) -> dict[str, float]:
    """Return each installed extractor's figure on a set of pages."""
    values = {}
    for name, packages in PEERS.items():
        if versions := peers.installed(*packages):
            values[name] = peers.cached(
                f"read {name}",
                versions,
                digest(folder),
                lambda name=name: percent(
                    measure(shared, folder, ["--builtin", name])[0], snippets
                ),
            )
    return values
