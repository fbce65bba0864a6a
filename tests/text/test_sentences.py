"""The splitter: case tables by language, and laws that hold for any text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textkit.text.sentences import sentences

FOLDER = Path(__file__).parents[2] / "fixtures" / "text"


def cases(name):
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def split(text, lang=None):
    return [text[s.start : s.end] for s in sentences(text, lang)]


CASES = cases("sentences.jsonl")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case):
    assert split(case["input"], case["lang"]) == case["expected"], case["why"]


@pytest.mark.parametrize(
    "case", cases("sentences-known-failures.jsonl"), ids=lambda case: case["name"]
)
@pytest.mark.xfail(strict=True, reason="known failure")
def test_known_failures(case):
    assert split(case["input"], case["lang"]) == case["expected"], case["why"]


def test_the_table_is_wide_enough():
    assert len(CASES) >= 150
    assert len({case["lang"] for case in CASES if case["lang"]}) >= 20


marks = st.sampled_from(list(".!?…。！？؟।\"'”“«»」)] \n\tabcABC中ก0•-"))


@given(st.text(alphabet=marks, max_size=60) | st.text(max_size=60))
def test_sentences_are_ordered_disjoint_and_hold_every_character_but_blanks(text):
    at = 0
    for start, end, _ in sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert not text[start].isspace()
        at = end
    assert not text[at:].strip()


@given(st.text(alphabet=marks, max_size=60))
def test_a_language_changes_no_law(text):
    for lang in ("el", "de", "th", "xx"):
        spans = sentences(text, lang)
        assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(
            text.split()
        )


def test_the_time_grows_no_faster_than_the_text():
    """Straight marks at wide stops were once counted from the start of the block at each."""
    text = '他走了。"真的。"' * 40_000
    before = time.process_time()
    assert len(split(text)) == 80_000
    assert time.process_time() - before < 2.5
