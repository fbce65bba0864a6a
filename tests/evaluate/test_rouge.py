"""ROUGE beside the usual package, and what that package can't do."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textkit.document import Document, SummarySentence
from textkit.errors import ConfigError, InputError
from textkit.evaluate.rouge import common_length, rouge
from textkit.evaluate.summary import (
    cut,
    interval,
    references_of,
    repeated_triples,
    score_document,
    summary_text,
    table,
)

WORDS = "the cat sat on mat dog ran far and near".split()


def test_scores_are_those_of_the_usual_package():
    scorer = pytest.importorskip("rouge_score.rouge_scorer").RougeScorer(
        ["rouge1", "rouge2", "rougeL"]
    )
    draw = random.Random(3)
    for _ in range(30):
        a, b = (" ".join(draw.choices(WORDS, k=draw.randint(1, 30))) for _ in "ab")
        own, theirs = rouge([a], b), scorer.score(a, b)
        for measure, score in own.items():
            assert score.recall == pytest.approx(theirs[measure].recall)
            assert score.f1 == pytest.approx(theirs[measure].fmeasure)


@pytest.mark.parametrize("text", ["Η βροχή έπεσε", "هطل المطر اليوم", "今天下雨了", "आज बारिश हुई"])
def test_any_script_scores(text):
    assert rouge([text], text)["rouge2"].f1 == pytest.approx(1)


@pytest.mark.parametrize(
    ("reference", "summary"),
    [
        ("สภาเมืองลงมติเมื่อวันอังคารให้ปิดสะพาน", "เมื่อวันอังคารสภาเมืองลงมติให้ปิดสะพาน"),
        ("ក្រុមប្រឹក្សាក្រុងបានបោះឆ្នោតកាលពីថ្ងៃអង្គារ", "កាលពីថ្ងៃអង្គារក្រុមប្រឹក្សាក្រុងបានបោះឆ្នោត"),
    ],
)
def test_scripts_without_blanks_score_by_their_characters(reference, summary):
    scores = rouge([reference], summary)
    assert scores["rouge1"].f1 == pytest.approx(1)
    assert 0.8 < scores["rouge2"].f1 < 1


def test_several_references_are_averaged():
    assert rouge(["a b", "a c"], "a b")["rouge1"].recall == 0.75


def test_empty_texts_score_nothing():
    assert rouge([""], "")["rougeL"].f1 == 0
    assert rouge(["a"], "")["rouge1"].recall == 0


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_the_common_length_is_that_of_the_textbook(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = (
                table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
            )
    assert common_length(a, b) == table[-1][-1]


def test_the_budget_cuts_after_whole_words():
    assert cut("一二三四", 2) == "一二"
    assert cut("one two", 5) == "one two"
    assert cut("one two", None) == "one two"
    assert cut("one two", 0) == ""


def test_the_budget_counts_the_words_of_a_run_without_blanks():
    run = "ฝนตกหนักตลอดทั้งวัน"  # about three words
    assert cut(f"rain {run} fell", 4) == f"rain {run}"
    assert cut(f"rain {run} fell", 2) == f"rain {run[: len(run) // 3]}"


def test_repetition_counts_within_and_between_lines():
    assert repeated_triples("a b c\na b c") == 0.5
    assert repeated_triples("a b") == 0


def test_the_interval_holds_the_mean_and_is_the_same_each_time():
    low, high = interval([1.0, 2.0, 3.0, 4.0])
    assert low <= 2.5 <= high
    assert (low, high) == interval([1.0, 2.0, 3.0, 4.0])


def test_references_in_each_layout(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.A.txt").write_text("y")
    (tmp_path / "b.B.txt").write_text("z")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "1.txt").write_text("w")
    assert references_of(str(tmp_path), "a") == ["x"]
    assert references_of(str(tmp_path), "b") == ["y", "z"]
    assert references_of(str(tmp_path), "c") == ["w"]
    with pytest.raises(InputError, match="no reference for d"):
        references_of(str(tmp_path), "d")


def test_the_references_of_another_id_are_not_taken(tmp_path):
    for name in ("a", "a.A", "a.b", "a.b.A"):
        (tmp_path / f"{name}.txt").write_text(name)
    assert references_of(str(tmp_path), "a", {"a", "a.b"}) == ["a.A", "a"]
    assert references_of(str(tmp_path), "a.b", {"a", "a.b"}) == ["a.b.A", "a.b"]
    assert references_of(str(tmp_path), "a") == ["a.A", "a.b.A", "a.b", "a"]


def test_a_record_without_a_summary_scores_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("a b")
    document = Document("a", "-", "a b")
    assert score_document(document, str(tmp_path)).scores["rouge1"].f1 == 0
    assert score_document(document, str(tmp_path), plain=True).scores["rouge1"].f1 == 1


def test_a_record_is_scored_by_its_summary(tmp_path):
    (tmp_path / "a.txt").write_text("b")
    sentence = SummarySentence("b", 2, 3, 1.0, 1, 2, 3)
    document = Document("a", "-", "a b", summary=(sentence,))
    assert summary_text(document) == "b"
    row = score_document(document, str(tmp_path))
    assert (row.words, row.scores["rouge1"].f1) == (1, 1.0)
    assert table([row]).startswith("id ")
    with pytest.raises(ConfigError):
        table([])
