"""De-duplication and the corpus summary over shards: the findings of one process."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.shards import texts
from tests.run.test_sharded import (
    OPTIONS,
    alone,
    assert_same,
    counted,
    in_shards,
    records,
    write_shards,
)
from textkit.dedup import DedupOptions
from textkit.dedup.story import across_scripts as across
from textkit.errors import OutputError
from textkit.run.sharded import compare


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of 300, and what the run without shards makes of it."""
    base = tmp_path_factory.mktemp("told")
    rows = [{"id": f"doc-{n}", "text": t} for n, t in enumerate(texts(300, seed=3, words=60))]
    write_shards(base / "in", rows, 4)
    alone(base)
    return base


def test_records_are_those_of_the_run_without_shards(told):
    tally = in_shards(told)
    assert_same(told)
    assert counted(tally) == counted(alone(told)) or tally.documents == 300
    found = [json.loads(line)["dedup"] for line in records(told / "shards")]
    assert {f.get("level") for f in found} == {"exact", "near", "story", None}
    assert any(f.get("relation") == "contains" for f in found)


def test_the_summary_of_the_corpus_is_the_same(told):
    in_shards(told, "again")
    ours = (told / "again" / "corpus.md").read_text().split("## ")[0]
    theirs = (told / "alone" / "corpus.md").read_text().split("## ")[0]

    def said(page: str) -> list[str]:
        return [line.rsplit(" ", 1)[0] for line in page.splitlines() if line.startswith("- ")]

    assert said(ours) == said(theirs)
    assert len(said(ours)) > 4


def test_packs_are_not_made_again_where_the_comparison_failed(told, monkeypatch):
    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(compare, "dedup_packed", failing)
        with pytest.raises(OutputError):
            in_shards(told, "taken-up")
    packs = sorted((told / "taken-up" / ".textkit" / "sharded" / "packed").iterdir())
    before = [path.stat().st_mtime_ns for path in packs]
    in_shards(told, "taken-up")
    assert_same(told, "taken-up")
    assert [path.stat().st_mtime_ns for path in packs] == before != []


def test_nothing_is_compared_again_where_nothing_changed(told, monkeypatch):
    in_shards(told, "twice")
    monkeypatch.setattr(compare, "dedup_packed", None)
    in_shards(told, "twice")
    assert_same(told, "twice")
    monkeypatch.undo()
    in_shards(told, "twice", replace(OPTIONS, dedup=DedupOptions(story=False)))  # all anew
    assert not any(b'"story"' in line for line in records(told / "twice"))


@pytest.mark.parametrize("dedup", [DedupOptions(near=False), DedupOptions(story=False)])
def test_levels_can_be_left_out(tmp_path, dedup):
    rows = [{"id": str(n), "text": t} for n, t in enumerate(texts(50, seed=8, words=40))]
    write_shards(tmp_path / "in", rows, 2)
    options = replace(OPTIONS, dedup=dedup)
    in_shards(tmp_path, options=options)
    alone(tmp_path, options)
    assert_same(tmp_path)


ALPHABETS = ("abcdefghij", "абвгдежзик", "ابتثجحخدذر", "的一是不了在人有我他")


def told_in_scripts(count: int) -> list[dict]:
    """Events told in up to four scripts: words of their own, the same figures and Latin names."""
    rng, rows = random.Random(4), []
    for event in range(count):
        names = [f"{rng.choice('BCDFG')}{rng.choice('aeiou') * 2}x{event % 9}" for _ in "ab"]
        marks = [f"{rng.randint(1100, 999_999)}" for _ in range(5)] + ["2026", *names]
        for script, letters in enumerate(ALPHABETS[: rng.randint(1, 4)]):
            lines = [
                " ".join(["".join(rng.choices(letters, k=5)) for _ in range(4)] + [mark])
                for mark in rng.sample(marks, rng.randint(5, len(marks)))
            ]
            date = f"2026-0{1 + event % 9}-{10 + 5 * script}" if event % 3 else None
            rows.append({"id": f"{event}-{script}", "text": ". ".join(lines) + ".", "date": date})
    return rows


@pytest.mark.parametrize("days", [None, 7])
def test_stories_in_several_scripts_are_found_alike(tmp_path, monkeypatch, days):
    monkeypatch.setattr(across, "COMMON_MARK", 40)  # fewer texts than have the year
    write_shards(tmp_path / "in", told_in_scripts(60), 3)
    options = replace(OPTIONS, dedup=DedupOptions(story_days=days))
    in_shards(tmp_path, options=options)
    alone(tmp_path, options)
    assert_same(tmp_path)
    scripts: dict[str, set[str]] = {}
    for row in map(json.loads, records(tmp_path / "shards")):
        if event := row["dedup"].get("story"):
            scripts.setdefault(event, set()).add(row["id"][-1])
    assert sum(len(some) > 1 for some in scripts.values()) > 20
