"""A run: what it writes, what it does again, and what it leaves alone."""

from __future__ import annotations

import json
import os

import pytest

from tests.conftest import ROOT
from tests.run.conftest import COUNT, finish, start, tree


def test_the_bytes_do_not_depend_on_the_number_of_jobs(corpus, undisturbed):
    code, err = finish(start(corpus, jobs=3))
    assert code == 0, err
    assert tree(corpus / "out") == undisturbed


def test_the_bytes_do_not_depend_on_the_hash_seed(textkit, tmp_path):
    for number in "12":
        result = textkit("run", ROOT / "seeds", "-o", f"out{number}", PYTHONHASHSEED=number)
        assert result.code == 0, result.err
    assert tree(tmp_path / "out1") == tree(tmp_path / "out2") != {}


def test_the_seeds_become_articles_summaries_and_a_corpus_page(textkit, tmp_path):
    result = textkit("run", ROOT / "seeds", "-o", "out")
    assert result.code == 0, result.err
    out = tmp_path / "out"
    ids = sorted(path.stem for path in (ROOT / "seeds").glob("*.txt"))
    assert sorted(p.stem for p in (out / "articles").iterdir()) == ids
    records = [json.loads(line) for line in (out / "articles.jsonl").read_text().splitlines()]
    assert [record["id"] for record in records] == ids
    assert all(len(record["summary"]) == 3 for record in records)
    for record in records:
        lines = [sentence["text"] for sentence in record["summary"]]
        assert (out / "summaries" / f"{record['id']}.txt").read_text().splitlines() == lines
    page = (out / "corpus.md").read_text()
    assert page.startswith("# Corpus summary\n")
    assert all(f"articles/{id}.txt" in page for id in ids)
    stories = {record["dedup"]["story"] for record in records if record["dedup"].get("story")}
    assert len(stories) == 1


def test_a_second_run_does_nothing_again(finished):
    written = [p for p in (finished / "out").rglob("*") if ".textkit" not in p.parts]
    stamps = {path: path.stat().st_mtime_ns for path in written}
    code, err = finish(start(finished))
    assert code == 0
    assert f"0 new or changed, {COUNT} unchanged" in err
    assert stamps == {path: path.stat().st_mtime_ns for path in written}


def test_what_changed_is_done_again_and_what_is_gone_goes(finished):
    (finished / "in" / "005.txt").write_text("A new story. It has two sentences about rain.\n")
    (finished / "in" / "006.txt").unlink()
    code, err = finish(start(finished, jobs=1))
    assert code == 0
    assert f"1 new or changed, {COUNT - 2} unchanged" in err
    assert "A new story." in (finished / "out" / "articles" / "005.txt").read_text()
    assert not (finished / "out" / "articles" / "006.txt").exists()
    finish(start(finished, jobs=1, out="fresh"))
    assert tree(finished / "out") == tree(finished / "fresh")


def test_a_changed_option_gives_what_a_fresh_run_gives(finished):
    code, err = finish(start(finished, "--sentences", "2", jobs=1))
    assert code == 0
    assert f"0 new or changed, {COUNT} unchanged" in err
    finish(start(finished, "--sentences", "2", jobs=1, out="fresh"))
    assert tree(finished / "out") == tree(finished / "fresh")


def test_a_file_that_somebody_damaged_is_written_again(finished, undisturbed):
    (finished / "out" / "articles" / "001.txt").write_text("damaged")
    (finished / "out" / "corpus.md").unlink()
    finish(start(finished, jobs=1))
    assert tree(finished / "out") == undisturbed


def test_files_that_are_not_ours_stay(finished, undisturbed):
    (finished / "out" / "articles" / "notes.md").write_text("mine")
    finish(start(finished, "--force", jobs=1))
    assert tree(finished / "out") == {**undisturbed, "articles/notes.md": b"mine"}


def test_output_inside_the_input_is_not_read_again(textkit, tmp_path):
    (tmp_path / "a.txt").write_text("A story. It has two sentences.\n")
    for _ in range(2):
        result = textkit("run", ".", "-o", "out")
        assert result.code == 0, result.err
        assert "1 article " in result.err


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(textkit, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("A story.\n")
    assert (
        textkit("run", "in", "-o", "out", "--dry-run").out
        == f"new\t{os.path.join('in', 'a.txt')}\n"
    )
    assert not (tmp_path / "out").exists()


def test_bad_input_is_reported_counted_and_costs_nothing_else(textkit, tmp_path):
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "good.txt").write_text("A story. It has two sentences.\n")
    (folder / "sub" / "good.txt").write_text("Another story. It has two sentences.\n")
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(32)) * 40)
    (folder / "-rf.txt").write_text("A dashed story. It has two sentences.\n")
    (folder / "line\nbreak.txt").write_text("A broken name. It has two sentences.\n")
    (folder / ("x" * 251 + ".txt")).write_text("A long name. It has two sentences.\n")
    (folder / "big.txt").write_text("Large. " * 1000)
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to("nowhere")
    (folder / "records.jsonl").write_text(
        '{"id":"../../evil","text":"An evil id. It has two sentences."}\n'
        "{broken\n"
        '{"id":"r","text":7}\n'
        '{"id":"good","text":"A taken id. It has two sentences."}\n'
        '{"id":"r","text":"A record. It has two sentences."}\n'
    )
    result = textkit("run", "in", "-o", "out", "--max-bytes", "2000")
    assert result.code == 1
    assert "Traceback" not in result.err
    out = tmp_path / "out"
    failures = [json.loads(line) for line in (out / "failures.jsonl").read_text().splitlines()]
    where = {failure["input"].removeprefix("in/") for failure in failures}
    assert where == {"binary.txt", "big.txt", "dangling.txt", "records.jsonl:2", "records.jsonl:3",
                     "records.jsonl:4"}  # fmt: skip
    ids = {json.loads(line)["id"] for line in (out / "articles.jsonl").read_text().splitlines()}
    assert ids == {"good", "good-2", "empty", "-rf", "line\nbreak", "x" * 251, "../../evil", "r"}
    assert {p.name for p in tmp_path.iterdir()} == {"in", "out"}
    assert all(p.is_relative_to(out) for p in out.rglob("*"))


@pytest.mark.parametrize("args", [("in",), ("-", "-o", "out"), ("-o", "out")])
def test_wrong_usage_is_exit_2(textkit, tmp_path, args):
    (tmp_path / "in").mkdir()
    result = textkit("run", *args)
    assert result.code == 2
    assert result.err.count("\n") == 1
