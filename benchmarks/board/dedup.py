"""Near copies and stories, beside MinHash and TF-IDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.board import peers
from benchmarks.board.figures import Figure, share_noise
from benchmarks.board.shared import command, digest, run_scorer

NEAR = ("neardup-dev", "neardup-look-alikes")
LANGUAGES = ("ar", "cs", "el", "en", "fr", "he", "hi")
STORIES = ("event-ecb-dev", "event-split-wcxb", *(f"event-ml11-{lang}" for lang in LANGUAGES))
NEAR_PEERS = {
    "minhash": ("datasketch",),
    "rensa": ("rensa",),
    "tfidf": ("scikit-learn",),
}
WRONG = ("sameevent (wrongly merged)", "sharedpara (wrongly merged)")


def figures(shared: Path) -> Iterator[Figure]:
    for name in NEAR:
        yield from near(shared, name)
    for name in STORIES:
        yield story(shared, name)


def near(shared: Path, name: str) -> Iterator[Figure]:
    """Pair F1 of copies, and how many texts that are no copies were merged all the same."""
    folder = shared / "dev" / "dedup" / name
    scores = measure(shared, name, ["--cmd", command("dedup -f jsonl {docs}")])
    others = {
        peer: peers.cached(
            f"dedup {peer}",
            versions,
            digest(folder),
            lambda peer=peer: shares(
                measure(shared, name, ["--callable", f"benchmarks.board.groupers:{peer}"])
            ),
        )
        for peer, packages in NEAR_PEERS.items()
        if (versions := peers.installed(*packages))
    }
    own = shares(scores)
    count = int(scores["n"])
    for measure_name, higher in (("pair F1", True), ("wrongly merged", False)):
        if measure_name in own:
            yield Figure(
                "dedup",
                name,
                measure_name,
                own[measure_name],
                count,
                share_noise(own[measure_name], count),
                digest(folder),
                {peer: values[measure_name] for peer, values in others.items()},
                higher,
            )


def shares(scores: dict[str, object]) -> dict[str, float]:
    """Return pair F1 and the share wrongly merged, in percent, out of a scorer's answer."""
    kinds = scores["kinds"]
    assert isinstance(kinds, dict)
    wrong = [tuple(map(int, kinds[kind].split("/"))) for kind in WRONG if kind in kinds]
    values = {"pair F1": 100 * float(str(scores["pair_f1"]))}
    if wrong:
        merged, total = map(sum, zip(*wrong, strict=True))
        values["wrongly merged"] = 100 * merged / total
    return values


def story(shared: Path, name: str) -> Figure:
    """B-cubed F1 of stories (Bagga and Baldwin, 1998) beside TF-IDF with average linkage."""
    folder = shared / "dev" / "dedup" / name
    source = ["--cmd", command("dedup -f jsonl {docs}"), "--cluster-field", "dedup.story"]
    scores = measure(shared, name, source)
    value = 100 * float(str(scores["b3_f1"]))
    others = {}
    if versions := peers.installed("scikit-learn"):
        others["TF-IDF"] = peers.cached(
            "stories TF-IDF",
            versions,
            digest(folder),
            lambda: 100 * float(str(tfidf(shared, name)["b3_f1"])),
        )
    count = int(str(scores["n"]))
    noise = share_noise(value, count)
    return Figure("dedup", name, "B3 F1 of stories", value, count, noise, digest(folder), others)


def tfidf(shared: Path, name: str) -> dict[str, object]:
    return measure(shared, name, ["--callable", "benchmarks.board.groupers:tfidf_stories"])


def measure(shared: Path, name: str, source: list[str]) -> dict[str, object]:
    """Return the scorer's answer for one set and one system."""
    folder = shared / "dev" / "dedup"
    printed = run_scorer(folder / "dedup_bench.py", "run", "--data", str(folder / name), *source)
    scores: dict[str, object] = json.loads(printed)
    return scores
