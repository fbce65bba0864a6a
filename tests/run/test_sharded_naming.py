"""Ids over shards: those that a single namer gives, in the order of the input."""

from __future__ import annotations

import json
import tempfile

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.run.test_sharded import (
    OPTIONS,
    alone,
    assert_same,
    failures,
    in_shards,
    records,
    write_shards,
)
from textkit.read.sources import Namer
from textkit.run.sharded.engine import Local
from textkit.run.sharded.files import write
from textkit.run.sharded.naming import families, name_all
from textkit.run.sharded.shards import Shard
from textkit.run.sharded.steps import Job, Name, renames_of

Wanted = list[tuple[str, bool]]  # names, and whether they are a record's own


def over_shards(shards: list[Wanted]) -> list[list[str | None]]:
    """What each record is called in the end; None where its own name is taken."""
    with tempfile.TemporaryDirectory() as out:
        job = Job(out, OPTIONS, "", out, tuple(Shard(n, ()) for n in range(len(shards))))
        for shard, wanted in zip(job.shards, shards, strict=True):
            names = [Name("", name, own) for name, own in wanted]
            write(job.path("prepared", shard, ".names"), [msgspec.json.encode(names)])
        name_all(Local(), job)
        renames = [renames_of(job, shard) for shard in job.shards]
    return [
        [found.get(at, name) for at, (name, _) in enumerate(wanted)]
        for found, wanted in zip(renames, shards, strict=True)
    ]


def one_by_one(shards: list[Wanted]) -> list[list[str | None]]:
    namer = Namer()
    return [[None if own and namer.has(n) else namer.take(n) for n, own in s] for s in shards]


NAMES = st.builds(
    lambda stem, endings: stem + "".join(f"-{ending}" for ending in endings),
    st.sampled_from(["a", "a", "b", "", "a-x", "新闻"]),
    st.lists(st.sampled_from(["1", "2", "2", "3", "4", "02", "0", "10", "٢", ""]), max_size=3),
)


def named(text: str) -> list[Wanted]:
    """Shards, a word a record; `!` before a record's own name."""
    return [[(n.lstrip("!"), n.startswith("!")) for n in s.split()] for s in text.split("|")]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.tuples(NAMES, st.booleans()), max_size=8), min_size=1, max_size=4))
@example(named("a a | a-2 a-2-2"))
@example(named("a-2 | a | a-2-2 a | a-2"))
@example(named("!a-2 | a a | !a-3 a | a-2-2 !a-2-2 !a"))
@example(named("a-2-2-2 | a-2-2 | a-2 a-2-2 | a a a-2"))
@example(named("a-2-2 a-2-2 | a-2 | a-2 a-3"))
@example(named("x | y y | | z-2 z"))
def test_names_are_those_of_one_namer(shards):
    assert over_shards(shards) == one_by_one(shards)


def test_only_shards_with_other_names_are_told(tmp_path):
    shards = named("a | b b-2 c-2 | c c | d-2")
    job = Job(str(tmp_path), OPTIONS, "", str(tmp_path), tuple(Shard(n, ()) for n in range(4)))
    for shard, wanted in zip(job.shards, shards, strict=True):
        names = [Name("", name, own) for name, own in wanted]
        write(job.path("prepared", shard, ".names"), [msgspec.json.encode(names)])
    name_all(Local(), job)
    folder = tmp_path / ".textkit" / "sharded" / "names"
    assert [path.name for path in folder.iterdir()] == ["part-00002.json"]
    assert renames_of(job, job.shards[2]) == {1: "c-3"}


def test_chains_over_several_shards(tmp_path):
    ids = ["a", "a-2", "a-2-2", None, "a-2", "a", "a-2-2-2", "a-3", None, "a-2"]
    rows = [{"text": f"Text number {n} is short."} for n in range(len(ids))]
    for row, id in zip(rows, ids, strict=True):
        if id:
            row["id"] = id
    write_shards(tmp_path / "in", rows, 4)
    for folder in ("x", "y", "z"):
        for stem in ("a", "a-2", "a-2-2"):
            path = tmp_path / "in" / folder / f"{stem}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"A page in {folder} that is called {stem}.", "utf-8")
    tally = in_shards(tmp_path)
    alone(tmp_path)
    assert_same(tmp_path)
    assert len(failures(tmp_path / "shards")) == tally.failed == 3
    found = {json.loads(line)["id"] for line in records(tmp_path / "shards")}
    assert {"a-2", "a-2-2", "a-4", "a-2-3"} <= found


@pytest.mark.parametrize("name", ["a" + "-1" * 100_000, "-" * 100_000, "1-" * 100_000])
def test_the_work_grows_with_the_length_of_a_name(name):
    assert len(families(name)) == (100_001 if name.startswith("a") else 1)
