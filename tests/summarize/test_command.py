"""`textkit summarize` and `textkit evaluate summary` as a user starts them."""

from __future__ import annotations

import json

import pytest

from tests.conftest import SEEDS


def test_one_text_gives_text_a_sentence_a_line(textkit):
    result = textkit("summarize", SEEDS[1])
    assert (result.code, result.err) == (0, "")
    assert len(result.out.splitlines()) == 3


def test_records_through_a_pipe_keep_their_fields(textkit):
    records = textkit("read", *SEEDS[:2]).out
    result = textkit("summarize", "--sentences", 2, input=records)
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert [len(row["summary"]) for row in rows] == [2, 2]
    assert [row["text"] for row in rows] == [json.loads(x)["text"] for x in records.splitlines()]


def test_a_corpus_gives_one_record_or_readable_text(textkit):
    record = json.loads(textkit("summarize", "--corpus", *SEEDS).out)
    assert (record["id"], record["source"], len(record["summary"])) == ("corpus", "-", 8)
    lines = textkit("summarize", "--corpus", "-f", "text", *SEEDS).out.splitlines()
    assert [line.rsplit(" [", 1)[0] for line in lines] == record["text"].splitlines()
    assert all(line.endswith("]") for line in lines)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--ratio", "120%"], "at most 1"),
        (["--ratio", "nan"], "is not above 0"),
        (["--ratio", "x"], "neither like 0.2 nor like 20%"),
        (["--words", "0"], "0 is not in the range"),
        (["--words", "5", "--sentences", "2"], "give one of"),
        (["--method", "best"], "'best' is not one of"),
        (["--explain", "-f", "md"], "--explain writes text"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(textkit, arguments, message):
    result = textkit("summarize", *arguments, SEEDS[0])
    assert result.code == 2
    assert message in result.err
    assert result.err.count("\n") == 1


def test_an_empty_result_is_never_silent(textkit):
    result = textkit("summarize", input="Only a Title\n")
    assert (result.code, result.out) == (0, "")
    assert "none of 1 sentences is eligible (1 heading)" in result.err


def test_explain_gives_every_sentence_a_reason(textkit):
    result = textkit("summarize", "--explain", SEEDS[4])
    assert "the article's own summary" in result.out
    assert "taken, rank 1" in result.out
    assert "title" in result.out


DROPPED = {"action": "drop", "cluster": "a", "canonical": "a"}


def test_explain_tells_of_copies_too(textkit):
    text = "The mayor of Leeds opened the new bridge over the river on Monday."
    record = {"id": "b", "text": text, "dedup": DROPPED}
    alone = textkit("summarize", "--explain", input=json.dumps(record))
    assert "taken, rank 1" in alone.out
    shared = textkit("summarize", "--corpus", "--explain", input=json.dumps(record))
    assert shared.out.startswith("b:1:1 ")
    assert "a duplicate of a" in shared.out


def test_the_same_bytes_on_any_hash_seed(textkit):
    outs = {
        textkit("summarize", "--corpus", "--keywords", 5, *SEEDS, PYTHONHASHSEED=seed).out
        for seed in ("1", "2")
    }
    assert len(outs) == 1


def test_evaluate_scores_summaries_against_their_references(textkit, tmp_path):
    (tmp_path / "refs" / "a").mkdir(parents=True)
    (tmp_path / "refs" / "a" / "1.txt").write_text("Η βροχή έπεσε όλη μέρα.", "utf-8")
    (tmp_path / "refs" / "a" / "2.txt").write_text("Όλη μέρα έβρεχε.", "utf-8")
    (tmp_path / "a.txt").write_text("Η βροχή έπεσε όλη μέρα.", "utf-8")
    result = textkit("evaluate", "summary", "--reference", tmp_path / "refs", tmp_path / "a.txt")
    assert result.code == 0
    head, row, *_ = result.out.splitlines()
    assert head.split()[:4] == ["id", "R1-R", "R1-P", "R1-F"]
    assert row.split()[:2] == ["a", "83.33"]


def test_a_summary_without_a_reference_is_reported(textkit, tmp_path):
    (tmp_path / "refs").mkdir()
    (tmp_path / "b.txt").write_text("It rained.")
    result = textkit("evaluate", "summary", "--reference", tmp_path / "refs", tmp_path / "b.txt")
    assert (result.code, result.out) == (2, "")
    assert "no reference for b" in result.err


def test_records_with_an_empty_summary_score_nothing(textkit, tmp_path):
    (tmp_path / "a.txt").write_text("It rained.")
    record = {"id": "a", "text": "It rained.", "summary": []}
    result = textkit("evaluate", "summary", "--reference", tmp_path, input=json.dumps(record))
    assert result.out.splitlines()[1].split()[:2] == ["a", "0.00"]
    assert "records without a summary, which score 0: 1" in result.err
    plain = textkit("evaluate", "summary", "--reference", tmp_path, tmp_path / "a.txt")
    assert plain.out.splitlines()[1].split()[:2] == ["a", "100.00"]


def test_evaluate_alone_shows_what_to_evaluate(textkit):
    result = textkit("evaluate")
    assert (result.code, result.out) == (2, "")
    assert "ROUGE of summaries" in result.err
