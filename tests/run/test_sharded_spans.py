"""Large files of records, read in spans by several workers: the records of one that reads all."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.shards import texts
from tests.run.test_sharded import (
    OPTIONS,
    alone,
    assert_same,
    failures,
    in_shards,
    records,
    write_shards,
)
from textkit.errors import Failure
from textkit.read.sources import Source
from textkit.run.sharded import counting, shards
from textkit.run.sharded.counting import with_lines
from textkit.run.sharded.engine import Local
from textkit.run.sharded.shards import Shard, shard_tasks, shards_of, spans_of
from textkit.run.sharded.steps import Job
from textkit.run.tasks import WHOLE, tasks

BOM = b"\xef\xbb\xbf"


def spans_on_disk(path: Path, out: Path, largest: int) -> list[Shard]:
    """The spans of a file, with the lines before each counted as a run counts them."""
    source = Source(str(path), "jsonl")
    cut = spans_of(path.stat().st_size, largest)
    job = Job(str(out), OPTIONS, "", os.getcwd(), tuple(Shard(*s) for s in _numbered(source, cut)))
    return list(with_lines(Local(), job).shards)


def _numbered(source: Source, spans: list) -> list[tuple]:
    return [(number, (source,), span) for number, span in enumerate(spans)]


def said(found: list[Failure]) -> list[tuple[str, str]]:
    return [(failure.where, str(failure.error)) for failure in found]


LINES = st.lists(
    st.one_of(st.sampled_from([b"", b"\r", b" ", b"x" * 40, BOM]), st.binary(max_size=12)),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.booleans(), st.integers(1, 30), st.sampled_from([5, 16, 1000]))
def test_spans_give_the_lines_of_the_whole_file(tmp_path_factory, lines, ended, largest, most):
    folder = tmp_path_factory.mktemp("spans")
    path = folder / "a.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n" * ended)
    whole, parts = [], []
    expected = list(tasks([Source(str(path), "jsonl")], most, whole.append))
    cut = spans_on_disk(path, folder, largest)
    found = [task for shard in cut for task in shard_tasks(shard, most, parts.append)]
    assert found == expected
    assert said(parts) == said(whole)


def test_a_large_file_is_cut_and_its_records_are_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "LARGEST", 2000)
    folder = tmp_path / "in"
    rows = [{"text": t} for t in texts(40, seed=5, words=30)]
    rows[7]["id"], rows[9]["id"], rows[30]["text"] = "large-3", "own", "long " * 1200
    lines = [json.dumps(row).encode() for row in rows]
    lines[11:11] = [b"", b"  ", b"{broken", b"[1]"]
    folder.mkdir()
    (folder / "large.jsonl").write_bytes(BOM + b"\r\n".join(lines))  # no newline at the end
    write_shards(folder / "more", [{"text": "A small file."}, {"id": "own", "text": "Taken."}], 1)
    (folder / "page.txt").write_text("A text of its own.")
    tally = in_shards(tmp_path)
    alone(tmp_path)
    assert_same(tmp_path)
    assert "large-4" in {json.loads(line)["id"] for line in records(tmp_path / "shards")}
    assert len(failures(tmp_path / "shards")) == tally.failed == 4
    parts = sorted((tmp_path / "shards" / "articles").iterdir())
    assert len(parts) == len(spans_of((folder / "large.jsonl").stat().st_size, 2000)) + 2
    assert parts[0].stat().st_size
    assert not all(part.stat().st_size for part in parts)


def test_lines_above_the_limit_are_reported_once(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "LARGEST", 300)
    rows = [{"text": f"Text {n}."} for n in range(30)]
    rows[3]["text"] = rows[20]["text"] = "long " * 400
    write_shards(tmp_path / "in", rows, 1)
    options = replace(OPTIONS, max_bytes=500)
    in_shards(tmp_path, options=options)
    alone(tmp_path, options)
    assert_same(tmp_path)
    assert len(failures(tmp_path / "shards")) == 2


def test_a_file_that_can_not_be_opened_is_reported_once(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "LARGEST", 100)
    write_shards(tmp_path / "in", [{"text": f"Text {n}."} for n in range(60)], 2)

    def refuse(source: Source):
        if source.path.endswith("0.jsonl"):
            raise PermissionError(13, "Permission denied", source.path)
        return opened(source)

    opened = counting.open_input
    for module in (counting, sys.modules["textkit.run.tasks"]):
        monkeypatch.setattr(module, "open_input", refuse)
    for again in range(2):
        tally = in_shards(tmp_path)
        assert (tally.documents, tally.failed, tally.unchanged) == (30, 1, 30 * again)
    alone(tmp_path)
    assert_same(tmp_path)


def test_a_file_that_can_no_longer_be_opened_is_reported_once(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "LARGEST", 100)
    write_shards(tmp_path / "in", [{"text": f"Text {n}."} for n in range(60)], 1)

    def refuse(source: Source):
        raise PermissionError(13, "Permission denied", source.path)

    monkeypatch.setattr(sys.modules["textkit.run.tasks"], "open_input", refuse)  # once counted
    assert (in_shards(tmp_path).documents, in_shards(tmp_path).failed) == (0, 1)


def test_a_file_that_could_not_be_counted_is_read_in_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "LARGEST", 100)
    write_shards(tmp_path / "in", [{"text": f"Text {n}."} for n in range(60)], 1)
    count = counting._newlines

    def fail_once(source: Source, span) -> int:
        if span.start > 300:
            raise OSError(5, "Input/output error", source.path)
        return count(source, span)

    monkeypatch.setattr(counting, "_newlines", fail_once)
    assert in_shards(tmp_path).documents == 60
    alone(tmp_path)
    assert_same(tmp_path)


def test_spans_of_an_unchanged_file_are_not_done_again(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "LARGEST", 400)
    rows = [{"text": t} for t in texts(20, seed=5, words=30)]
    write_shards(tmp_path / "in", rows, 2)
    assert (in_shards(tmp_path).new, in_shards(tmp_path).unchanged) == (20, 20)
    with (tmp_path / "in" / "0.jsonl").open("r+b") as stream:  # a line more before all others
        data = stream.read()
        stream.seek(0)
        stream.write(b"\n" + data)
    tally = in_shards(tmp_path)
    assert (tally.new, tally.unchanged) == (10, 10)
    alone(tmp_path)
    assert_same(tmp_path)


@pytest.mark.parametrize("group", [3, 100])
def test_parquet_is_cut_by_row_groups(tmp_path, monkeypatch, group):
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra `ray`")
    import pyarrow as pa

    write_shards(tmp_path / "in", [{"text": t} for t in texts(20, seed=5, words=30)], 1)
    path = tmp_path / "in" / "0.jsonl"
    table = pa.Table.from_pylist([json.loads(line) for line in path.read_text().splitlines()])
    alone(tmp_path)
    path.unlink()
    parquet.write_table(table, path.with_suffix(".parquet"), row_group_size=group)
    (tmp_path / "in" / "bad.parquet").write_bytes(b"PAR1" + bytes(9000))
    monkeypatch.setattr(shards, "LARGEST", 1500)
    tally = in_shards(tmp_path)
    assert (tally.documents, tally.failed) == (20, 1)
    found = sorted((tmp_path / "shards" / "articles").glob("*.jsonl"))
    assert len([part for part in found if part.stat().st_size]) == (1 if group == 100 else 7)

    def plain(line: bytes) -> dict:
        return {k: v for k, v in json.loads(line).items() if k != "source"}

    ours, theirs = (map(plain, records(tmp_path / name)) for name in ("shards", "alone"))
    assert list(ours) == list(theirs)


def test_only_large_files_of_records_are_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "LARGEST", 100)
    for name, size in (("a.jsonl", 100), ("b.jsonl", 201), ("c.txt", 500)):
        (tmp_path / name).write_bytes(b"\n" * size)
    os.mkfifo(tmp_path / "d.jsonl")
    kinds = {"a.jsonl": "jsonl", "b.jsonl": "jsonl", "c.txt": "text", "d.jsonl": "jsonl"}
    sources = [Source(str(tmp_path / name), kind) for name, kind in kinds.items()]
    sources.append(Source(str(tmp_path / "b.jsonl"), "jsonl", "not to be read"))
    cut = [(Path(s.sources[0].path).name, s.span == WHOLE) for s in shards_of(sources)]
    whole = [("a.jsonl", True), *[("b.jsonl", False)] * 3, ("c.txt", True), ("d.jsonl", True)]
    assert cut == [*whole, ("b.jsonl", True)]
