"""Faults of runs that were found once, each named by what went wrong."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.run.conftest import children, finish, start, tree
from textkit.document import Document
from textkit.read.sources import Namer, plan
from textkit.run import Progress, RunOptions
from textkit.run.cards import Card, card_of, read_card
from textkit.run.corpus import corpus_page
from textkit.run.names import file_stem
from textkit.run.sharded import run_sharded
from textkit.run.sharded.engine import Local

STORY = "The first story is about {}. It has two sentences."


def ids(out: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (out / "articles.jsonl").read_text().splitlines()]


def test_names_that_are_not_utf8_are_two_articles(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    for end, what in ((b"\xff", "apples"), (b"\xfe", "trains")):
        path = os.fsencode(tmp_path) + b"/in/a" + end + b".txt"
        Path(os.fsdecode(path)).write_text(STORY.format(what))
    result = textkit("run", "in", "-o", "out")
    assert result.code == 0, result.err
    assert len(ids(tmp_path / "out")) == 2


def test_a_path_named_twice_is_read_once(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY.format("rain"))
    assert textkit("run", "in", "./in/", "-o", "out").code == 0
    assert ids(tmp_path / "out") == ["a"]


def test_a_missing_folder_takes_no_output_away(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY.format("rain"))
    textkit("run", "in", "-o", "out")
    before = tree(tmp_path / "out")
    assert textkit("run", "inn", "-o", "out").code == 2
    assert tree(tmp_path / "out") == before


def test_records_without_ids_in_two_folders_are_all_read(textkit, tmp_path):
    for name in "ab":
        (tmp_path / "in" / name).mkdir(parents=True)
        record = json.dumps({"text": STORY.format(name * 5)})
        (tmp_path / "in" / name / "x.jsonl").write_text(record + "\n")
    result = textkit("run", "in", "-o", "out")
    assert result.code == 0, result.err
    assert ids(tmp_path / "out") == ["x-1", "x-1-2"]


def test_an_id_made_to_look_like_a_marked_name_meets_no_other():
    marked = file_stem("a?", set())
    taken = set()
    assert len({file_stem(marked, taken), file_stem("a?", taken)}) == 2


def test_naming_many_equal_stems_is_linear():
    namer = Namer()
    started = time.process_time()
    names = {namer.take("index") for _ in range(50_000)}
    assert len(names) == 50_000
    assert time.process_time() - started < 2


@pytest.mark.parametrize("args", [("pipe.txt",), ("-i", "jsonl", "/dev/zero")])
def test_a_pipe_or_device_is_refused_and_not_waited_for(textkit, tmp_path, args):
    os.mkfifo(tmp_path / "pipe.txt")
    result = textkit("run", *args, "-o", "out")
    assert "not a regular file" in result.err


def test_a_run_over_its_own_output_is_refused(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY.format("rain"))
    textkit("run", "in", "-o", "out")
    result = textkit("run", "out", "-o", "again")
    assert result.code == 2
    assert "nothing to read but what a run wrote" in result.err


def test_a_dry_run_reads_a_state_that_may_not_be_written(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY.format("rain"))
    textkit("run", "in", "-o", "out")
    state = tmp_path / "out" / ".textkit" / "state.sqlite"
    before = state.read_bytes()
    result = textkit("run", "in", "-o", "out", "--dry-run", "--to", "de")
    assert "1 unchanged, 0 removed; 1 of the unchanged translated anew" in result.err
    assert state.read_bytes() == before


def test_a_state_of_an_older_version_is_made_anew(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY.format("rain"))
    folder = tmp_path / "out" / ".textkit"
    folder.mkdir(parents=True)
    with sqlite3.connect(folder / "state.sqlite") as db:
        db.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        db.execute("INSERT INTO meta VALUES ('version', '0')")
        db.execute("CREATE TABLE records (x)")
    db.close()
    assert textkit("run", "in", "-o", "out").code == 0
    assert ids(tmp_path / "out") == ["a"]


def test_half_files_of_a_killed_run_are_removed(finished, undisturbed):
    (finished / "out" / "articles" / ".textkit-abc.part").write_text("half")
    (finished / "in" / "000.txt").touch()
    finish(start(finished, jobs=1))
    assert tree(finished / "out") == undisturbed


def test_a_killed_run_leaves_no_workers(corpus):
    process = start(corpus)
    deadline = time.monotonic() + 30
    family: list[int] = []
    while not family and time.monotonic() < deadline:
        family = [w for server in children(process.pid) for w in children(server)]
        time.sleep(0.05)
    assert family
    os.kill(process.pid, signal.SIGKILL)
    finish(process)
    deadline = time.monotonic() + 15
    while any(Path(f"/proc/{pid}").exists() for pid in family) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []


def test_a_document_that_failed_once_is_tried_again(tmp_path, monkeypatch):
    from textkit.read import plan
    from textkit.run import Progress, RunOptions, run, work

    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.txt").write_text(STORY.format(name * 5))
    found, out = plan([str(tmp_path / "in")]), str(tmp_path / "out")
    summarize = work.summarize_document

    def fail_on_b(document, options):
        if document.id == "b":
            raise MemoryError
        return summarize(document, options)

    monkeypatch.setattr(work, "summarize_document", fail_on_b)
    assert run(found, out, RunOptions(translate=None), Progress()).failed == 1
    monkeypatch.setattr(work, "summarize_document", summarize)
    assert run(found, out, RunOptions(translate=None), Progress()).failed == 0
    assert ids(tmp_path / "out") == ["a", "b", "c"]


def test_ids_made_up_for_records_do_not_depend_on_earlier_runs(textkit, tmp_path):
    def day(name):
        (tmp_path / "in" / name).mkdir(parents=True)
        record = {"text": STORY.format(name)}
        (tmp_path / "in" / name / "articles.jsonl").write_text(json.dumps(record) + "\n")

    day("2")
    day("3")
    textkit("run", "in", "-o", "out")
    day("1")
    assert textkit("run", "in", "-o", "out").code == 0
    shutil.rmtree(tmp_path / "in" / "2")
    assert textkit("run", "in", "-o", "out").code == 0
    assert textkit("run", "in", "-o", "fresh").code == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_files_of_a_run_that_died_go_with_their_source(tmp_path, monkeypatch):
    from textkit.read import plan
    from textkit.run import Progress, RunOptions, outputs, run

    (tmp_path / "in").mkdir()
    texts = ("Rain fell on the old harbour.", "Nobody bought a ticket.", "Two owls moved house.")
    for name, text in zip("abc", texts, strict=True):
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    stamp, written = outputs._stamp, []

    def die_after_the_fourth(path):
        written.append(path)
        if len(written) == 4:
            raise KeyboardInterrupt
        return stamp(path)

    options, out = RunOptions(translate=None), str(tmp_path / "out")
    monkeypatch.setattr(outputs, "_stamp", die_after_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        run(plan([str(tmp_path / "in")]), out, options, Progress())
    monkeypatch.setattr(outputs, "_stamp", stamp)
    assert (tmp_path / "out" / "articles" / "b.txt").exists()
    (tmp_path / "in" / "b.txt").unlink()
    run(plan([str(tmp_path / "in")]), out, options, Progress())
    articles = sorted(path.name for path in (tmp_path / "out" / "articles").iterdir())
    assert articles == ["a.txt", "c.txt"]


def test_files_of_a_state_of_another_version_stay_ours(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Rain fell on the old harbour.")
    (tmp_path / "in" / "b.txt").write_text("Nobody bought a ticket.")
    textkit("run", "in", "-o", "out")
    with closing(sqlite3.connect(tmp_path / "out" / ".textkit" / "state.sqlite")) as db, db:
        db.execute("UPDATE meta SET value = '0' WHERE name = 'version'")
    (tmp_path / "in" / "b.txt").unlink()
    textkit("run", "in", "-o", "out")
    assert [path.name for path in (tmp_path / "out" / "articles").iterdir()] == ["a.txt"]


@pytest.mark.parametrize("more", [[], ["--force"], ["--dry-run"]])
def test_a_folder_of_the_other_executor_is_refused(textkit, tmp_path, more):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY.format("rain"))
    found = plan([str(tmp_path / "in")])
    options = RunOptions(translate=None)
    run_sharded(found.sources, str(tmp_path / "out"), options, Progress(), engine=Local())
    before = files_below(tmp_path / "out")
    result = textkit("run", "in", "-o", "out", *more)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "out: holds a run of another executor" in result.err
    assert files_below(tmp_path / "out") == before


def files_below(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_force_forgets_what_the_report_remembered(textkit, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY.format("rain"))
    textkit("run", "in", "-o", "out")
    before = (tmp_path / "out" / "report.html").read_bytes()
    with closing(sqlite3.connect(tmp_path / "out" / ".textkit" / "state.sqlite")) as db, db:
        assert db.execute("UPDATE memo SET data = CAST('[]' AS BLOB)").rowcount
    textkit("run", "in", "-o", "out", "--force")
    assert (tmp_path / "out" / "report.html").read_bytes() == before


def test_a_story_named_after_an_empty_id_is_a_story():
    cards = [Card("", story=""), Card("b", story="")]
    page = corpus_page(Document("corpus", "-", ""), ((card, card.id or "x") for card in cards))
    assert "## Stories told more than once" in page


def test_a_title_with_a_lone_surrogate_makes_a_card():
    card = read_card(card_of(Document("a", "-", "Text.", title="A\ud800B")))
    assert card.title == "A?B"


def test_a_record_with_a_lone_surrogate_in_a_field_stops_no_other(tmp_path):
    good, bad = '{"id":"a","text":"One ferry left."}', '{"id":"b","text":"Two.","x":"\\ud800"}'
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "in.jsonl").write_text(f"{good}\n{bad}\n")
    code, err = finish(start(tmp_path, jobs=1))
    assert code == 0, err
    assert (tmp_path / "out" / "articles" / "a.txt").exists()
    assert (tmp_path / "out" / "articles" / "b.txt").exists()
