"""De-duplication and the corpus summary over shards: the findings of one process."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.shards import FURNITURE, texts
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
from textkit.dedup.story import groups as story
from textkit.errors import OutputError
from textkit.run.sharded import compare, engine
from textkit.run.sharded.compare import blocks, linkage, near, pairing, passages, results, stories
from textkit.run.sharded.compare.components import components
from textkit.run.sharded.engine import Local


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of 300, and what the run without shards makes of it."""
    base = tmp_path_factory.mktemp("told")
    rows = [{"id": f"doc-{n}", "text": t} for n, t in enumerate(texts(300, seed=3, words=60))]
    write_shards(base / "in", rows, 4)
    alone(base)
    return base


def test_records_are_those_of_the_run_without_shards(told, monkeypatch):
    for module in (blocks, pairing, near, results, stories, passages, linkage):
        monkeypatch.setattr(module, "SIZE", 64)  # several blocks, also of so few
    monkeypatch.setattr(blocks, "PIECES", 3)
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


def test_dedup_is_taken_up_at_the_step_where_it_was(told, monkeypatch):
    calls = []

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def counted_near(*arguments: object) -> None:
        calls.append("near")
        near.mark_near(*arguments)

    monkeypatch.setattr(compare, "mark_near", counted_near)
    with monkeypatch.context() as patched:
        patched.setattr(compare, "mark_stories", failing)
        with pytest.raises(OutputError):
            in_shards(told, "taken-up")
    steps = told / "taken-up" / ".textkit" / "sharded" / "compare"
    assert {path.stem for path in steps.glob("*.done")} == {"blocks", "exact", "near", "copies"}
    in_shards(told, "taken-up")
    assert_same(told, "taken-up")
    assert calls == ["near"]
    assert not steps.exists()
    in_shards(told, "taken-up", replace(OPTIONS, dedup=DedupOptions(story=False)))
    assert calls == ["near", "near"]  # other options: all anew


@pytest.mark.parametrize("size", [2048, 60, 20])  # hot in its block; in one of two; in none
def test_hot_keys_are_capped_and_said(tmp_path, monkeypatch, size):
    for module in (blocks, pairing, near, results, stories, passages, linkage):
        monkeypatch.setattr(module, "SIZE", size)
    rows = [{"id": str(n), "text": t} for n, t in enumerate(texts(70, seed=6, words=40))]
    for row in rows:
        row["text"] += "\n\n" + FURNITURE
    write_shards(tmp_path / "in", rows, 2)
    said = in_shards(tmp_path).warnings
    assert any("'sentence' left out; the largest is shared by 6" in line for line in said)
    assert any(
        "hot key" in line for line in (tmp_path / "shards/corpus.md").read_text().split("\n")
    )
    alone(tmp_path)
    assert_same(tmp_path)
    for row in rows:
        row["text"] = f"{rows[0]['text']} The end came to number{row['id']}."
    write_shards(tmp_path / "in", rows, 2)
    monkeypatch.setattr(pairing, "MOST", 30)
    said = in_shards(tmp_path).warnings
    assert any("'band' cut" in line and "by 70 documents" in line for line in said)


def test_hot_keys_are_counted_once_by_a_run_that_is_taken_up_in_other_parts(tmp_path, monkeypatch):
    rows = [{"id": str(n), "text": t} for n, t in enumerate(texts(70, seed=6, words=40))]
    for row in rows:
        row["text"] += f"\n\n{FURNITURE}\n\nThe first of all these notes has to stand below."
    write_shards(tmp_path / "in", rows, 2)
    said = in_shards(tmp_path, "at-once").warnings

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(near, "statistics", failing)
        with pytest.raises(OutputError):
            in_shards(tmp_path)
    monkeypatch.setattr(engine, "PARTITIONS", 7)
    assert in_shards(tmp_path).warnings == said != []


def test_a_run_that_was_stopped_at_its_last_removal_leaves_no_steps(tmp_path):
    write_shards(tmp_path / "in", [{"id": "a", "text": "A text."}], 1)
    in_shards(tmp_path)
    left = tmp_path / "shards" / ".textkit" / "sharded" / "compare"
    left.mkdir()
    (left / "block-0.npz").write_bytes(b"of a run that was stopped")
    in_shards(tmp_path)
    assert not left.exists()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=60))
def test_components_are_those_of_a_forest(edges):
    parent = list(range(41))

    def find(item: int) -> int:
        while parent[item] != item:
            item = parent[item]
        return item

    for one, other in edges:
        first, second = sorted((find(one), find(other)))
        parent[second] = first
    rows = [{"one": np.array([a]), "other": np.array([b])} for a, b in edges if a != b]
    found = Local().gather(components(Local(), rows)) or {"one": [], "other": []}
    labels = dict(zip(list(found["one"]), list(found["other"]), strict=True))
    assert [labels.get(n, n) for n in range(41)] == [find(n) for n in range(41)]


def test_a_chain_is_one_component():
    rows = [{"one": np.array([n]), "other": np.array([n + 1])} for n in range(400)]
    found = Local().gather(components(Local(), rows))
    assert sorted(found["one"].tolist()) == list(range(1, 401))
    assert set(found["other"].tolist()) == {0}


def test_components_that_no_worker_holds_are_cut_alike(told, tmp_path, monkeypatch):
    monkeypatch.setattr(story, "LARGEST", 3)
    monkeypatch.setattr(linkage, "GIANT", 4)
    os.symlink(told / "in", tmp_path / "in")
    in_shards(tmp_path)
    alone(tmp_path)
    assert_same(tmp_path)
    assert records(tmp_path / "alone") != records(told / "alone")


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
    for module in (blocks, pairing, near, results, stories, passages, linkage):
        monkeypatch.setattr(module, "SIZE", 16)
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
