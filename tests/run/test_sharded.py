"""A run over shards on this machine's processes: the same records as the run without shards."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.shards import texts
from tests.conftest import clean_environment
from textkit.cli.run_command import command
from textkit.errors import OutputError
from textkit.read.sources import Source, plan
from textkit.run import Progress, RunOptions, Tally, run, sharded
from textkit.run.sharded import attempts, run_sharded, shards
from textkit.run.sharded.engine import Local
from textkit.run.sharded.files import Done
from textkit.run.sharded.shards import shards_of
from textkit.run.sharded.steps import Job

OPTIONS = RunOptions(translate=None, report=False)


def write_shards(folder: Path, rows: list[dict], shards: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for shard in range(shards):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows[shard::shards]]
        (folder / f"{shard}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def in_shards(base: Path, out: str = "shards", options: RunOptions = OPTIONS, engine=None) -> Tally:
    sources = list(plan([str(base / "in")]).sources)
    progress = Progress()
    tally = run_sharded(sources, str(base / out), options, progress, engine=engine or Local())
    assert tally.failed == len(progress.failures)
    return tally


def alone(base: Path, options: RunOptions = OPTIONS) -> Tally:
    return run(plan([str(base / "in")]), str(base / "alone"), options, Progress())


def records(out: Path) -> list[bytes]:
    files = sorted((out / "articles").glob("*.jsonl")) or [out / "articles.jsonl"]
    return sorted(line for path in files for line in path.read_bytes().splitlines())


def failures(out: Path) -> list[str]:
    path = out / "failures.jsonl"
    return sorted(path.read_text().splitlines()) if path.exists() else []


def assert_same(base: Path, out: str = "shards") -> None:
    assert records(base / out) == records(base / "alone")
    assert failures(base / out) == failures(base / "alone")


def counted(tally: Tally) -> Tally:
    return replace(tally, languages=dict(sorted(tally.languages.items())))


def test_ids_that_meet_are_told_apart_as_without_shards(tmp_path):
    ids = ["a", "a-2", None, "b", "a", "b-2", None, "a-2-2", "a-3", "b", "c-1", "a-x", "c-1-2"]
    rows = [{"text": f"Text number {n} is short."} for n in range(len(ids))]
    for row, id in zip(rows, ids, strict=True):
        if id:
            row["id"] = id
    write_shards(tmp_path / "in", rows, 3)
    for folder in ("a", "b", "c"):
        for stem in ("a", "a-2", "0-2", "index", "b-2"):
            path = tmp_path / "in" / folder / f"{stem}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"A page in {folder} that is called {stem}.", "utf-8")
    in_shards(tmp_path)
    alone(tmp_path)
    assert_same(tmp_path)
    assert failures(tmp_path / "shards")


def test_bad_shards_are_reported_and_the_rest_is_done(tmp_path):
    write_shards(tmp_path / "in", [{"id": str(n), "text": f"Text {n}."} for n in range(6)], 2)
    with (tmp_path / "in" / "0.jsonl").open("a") as stream:
        stream.write('{"text": "cut off\n{"id": 3, "text": 4}\n')
    (tmp_path / "in" / "x.jsonl").write_bytes(b"\xff\xfe\x00garbage\n" * 3)
    (tmp_path / "in" / "y.jsonl").write_bytes(b"")
    os.symlink("nowhere", tmp_path / "in" / "z.jsonl")
    tally = in_shards(tmp_path)
    alone(tmp_path)
    assert_same(tmp_path)
    assert (tally.documents, tally.failed) == (6, 6)


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are UTF-8")
def test_files_whose_names_are_not_utf_8(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "LARGEST", 60)
    write_shards(tmp_path / "in", [{"text": f"Text {n}."} for n in range(6)], 1)
    folder = os.fsencode(tmp_path / "in")
    os.rename(os.path.join(folder, b"0.jsonl"), os.path.join(folder, b"\xff.jsonl"))
    Path(os.fsdecode(os.path.join(folder, b"\xfe.txt"))).write_text("A text of its own.")
    assert in_shards(tmp_path, engine=Local(2)).documents == 7
    alone(tmp_path)
    assert_same(tmp_path)


def test_a_corpus_without_a_document_is_no_crash(tmp_path):
    write_shards(tmp_path / "in", [], 2)
    assert in_shards(tmp_path).documents == 0
    assert records(tmp_path / "shards") == []


def test_texts_without_words_are_kept(tmp_path):
    rows = [{"id": str(n), "text": text} for n, text in enumerate(["", " ", "...", "Word.", ""])]
    write_shards(tmp_path / "in", rows, 2)
    in_shards(tmp_path)
    alone(tmp_path)
    assert_same(tmp_path)


def test_what_is_done_is_not_done_again(tmp_path):
    rows = [{"id": str(n), "text": t} for n, t in enumerate(texts(40, seed=5, words=30))]
    write_shards(tmp_path / "in", rows, 4)
    assert (in_shards(tmp_path).new, in_shards(tmp_path).unchanged) == (40, 40)
    steps = [tmp_path / "shards" / ".textkit" / "sharded" / s for s in ("prepared", "translated")]
    stamps = [(step / "part-00000.jsonl").stat().st_mtime_ns for step in steps]
    with (tmp_path / "in" / "3.jsonl").open("a") as stream:
        stream.write(json.dumps({"id": "more", "text": "One more text stands here."}) + "\n")
    tally = in_shards(tmp_path)
    assert (tally.new, tally.unchanged) == (11, 30)
    assert [(step / "part-00000.jsonl").stat().st_mtime_ns for step in steps] == stamps
    alone(tmp_path)
    assert_same(tmp_path)


def test_a_shard_that_is_gone_leaves_no_file(tmp_path):
    rows = [{"id": str(n), "text": t} for n, t in enumerate(texts(12, seed=5, words=30))]
    write_shards(tmp_path / "in", rows, 3)
    in_shards(tmp_path)
    (tmp_path / "in" / "1.jsonl").unlink()
    assert in_shards(tmp_path).documents == 8
    alone(tmp_path)
    assert_same(tmp_path)


def test_a_document_that_kills_its_worker_is_reported(tmp_path, monkeypatch):
    write_shards(tmp_path / "in", [{"id": str(n), "text": f"Text {n}."} for n in range(4)], 1)
    marker = tmp_path / "shards" / ".textkit" / "sharded" / "attempts" / "part-00000"
    marker.parent.mkdir(parents=True)
    marker.write_bytes(b"." * (attempts.ALONE - 1))  # as an engine that has tried before leaves it
    monkeypatch.setattr("textkit.run.sharded.steps.prepare", kill_on_two)
    tally = in_shards(tmp_path)
    assert (tally.documents, tally.failed) == (3, 1)
    assert "worker process died" in failures(tmp_path / "shards")[0]
    assert not marker.exists()


def kill_on_two(options, task):
    from textkit.run.work import prepare

    if b"Text 2" in task.data:
        os.kill(os.getpid(), 9)
    return prepare(options, task)


def test_a_document_that_no_summary_can_be_made_of_is_told_by_its_place(tmp_path, monkeypatch):
    rows = [{"id": "same" if n < 2 else str(n), "text": f"Text {n}."} for n in range(4)]
    write_shards(tmp_path / "in", rows, 1)
    monkeypatch.setattr("textkit.run.work.summarize_document", fail_on_three)
    in_shards(tmp_path)
    alone(tmp_path)
    assert_same(tmp_path)
    assert any("0.jsonl:4" in line for line in failures(tmp_path / "shards"))


def fail_on_three(document, options):
    from textkit.summarize import summarize_document

    if "Text 3" in document.text:
        raise ValueError("no way")
    return summarize_document(document, options)


def test_parquet_in_and_out(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra `ray`")
    import pyarrow as pa

    rows = [{"id": str(n), "text": t} for n, t in enumerate(texts(20, seed=5, words=30))]
    write_shards(tmp_path / "in", rows, 2)
    alone(tmp_path)
    for path in (tmp_path / "in").glob("*.jsonl"):
        table = pa.Table.from_pylist([json.loads(line) for line in path.read_text().splitlines()])
        parquet.write_table(table, path.with_suffix(".parquet"))
        path.unlink()
    (tmp_path / "in" / "bad.parquet").write_bytes(b"PAR1 no more")
    tally = in_shards(tmp_path, options=replace(OPTIONS, shard_format="parquet"))
    assert (tally.documents, tally.failed) == (20, 1)
    tables = [parquet.read_table(p) for p in (tmp_path / "shards" / "articles").glob("*.parquet")]
    found = sorted(r["record"].encode() for table in tables for r in table.to_pylist())

    def plain(line: bytes) -> dict:
        return {k: v for k, v in json.loads(line).items() if k != "source"}

    assert [plain(line) for line in found] == [plain(line) for line in records(tmp_path / "alone")]
    (tmp_path / "next" / "in").mkdir(parents=True)
    for path in (tmp_path / "shards" / "articles").glob("*.parquet"):
        path.rename(tmp_path / "next" / "in" / path.name)
    assert in_shards(tmp_path / "next").documents == 20


def test_workers_are_not_sent_the_paths_of_all_inputs():
    sources = [Source(f"some/folder/of/texts/{n}.txt", "text") for n in range(5000)]
    job = Job("out", OPTIONS, "1", "/", tuple(shards_of(sources)))
    sent = pickle.dumps(job)
    assert len(sent) < 2000
    names = [job.path("prepared", shard) for shard in job.shards]
    other = pickle.loads(sent)
    assert [other.path("prepared", shard) for shard in other.shards] == names


def test_texts_share_shards_and_records_do_not():
    texts = [Source(f"{n}.txt", "text") for n in range(3)]
    found = shards_of([texts[0], Source("a.jsonl", "jsonl"), *texts[1:]])
    assert [[s.path for s in shard.sources] for shard in found] == [
        ["0.txt"], ["a.jsonl"], ["1.txt", "2.txt"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--executor", "ray", "--dry-run"], "--dry-run and --report need --executor local"),
        (["--ray-address", "auto"], "need --executor ray"),
        (["--shard-format", "parquet"], "need --executor ray"),
    ],
)
def test_options_that_do_not_go_together(tmp_path, options, said):
    (tmp_path / "a.txt").write_text("A text.")
    found = CliRunner().invoke(
        command, [str(tmp_path / "a.txt"), "-o", str(tmp_path / "o"), *options]
    )
    assert found.exit_code == 2
    assert said in found.output


def test_a_folder_of_the_other_executor_is_left_alone(tmp_path):
    write_shards(tmp_path / "in", [{"id": "a", "text": "A text."}], 1)
    alone(tmp_path)
    sources = plan([str(tmp_path / "in")]).sources
    for force in (False, True):
        with pytest.raises(OutputError, match="another executor"):
            run_sharded(
                sources, str(tmp_path / "alone"), OPTIONS, Progress(), force, engine=Local()
            )
    assert (tmp_path / "alone" / "articles" / "a.txt").exists()


def test_nodes_that_write_elsewhere_are_told_of(tmp_path, monkeypatch):
    write_shards(tmp_path / "in", [{"id": "a", "text": "A text."}], 1)
    monkeypatch.setattr(sharded, "do_all", lambda *_: [Done("as another node has it", 1)])
    with pytest.raises(OutputError, match="what other nodes wrote is not there") as caught:
        in_shards(tmp_path)
    assert "same view" in caught.value.hint


def test_without_the_extra_one_line_says_what_to_install(tmp_path):
    (tmp_path / "a.txt").write_text("A text.")
    code = (
        "import sys; sys.modules['ray'] = None; sys.argv[0] = 'textkit';"
        "from textkit.__main__ import main; main()"
    )
    command = [sys.executable, "-c", code, "run", "a.txt", "-o", "out", "--executor", "ray"]
    env = clean_environment(tmp_path)
    done = subprocess.run(
        command, check=False, cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install 'textkit[ray]'" in done.stderr
    assert not (tmp_path / "out").exists()
