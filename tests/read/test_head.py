"""What stands above an article: parted from its text, and nothing of the text with it."""

from __future__ import annotations

import json
import os

import pytest

from textkit.read import ReadOptions, read_bytes

FOLDER = os.path.join(os.path.dirname(__file__), "../../fixtures/read")
with open(os.path.join(FOLDER, "heads.jsonl"), encoding="utf-8") as stream:
    CASES = [json.loads(line) for line in stream]
PARAMS = [
    pytest.param(
        case,
        id=case["name"],
        marks=[pytest.mark.xfail(strict=True, reason=case["known_failure"])]
        if "known_failure" in case
        else [],
    )
    for case in CASES
]
PROSE = [
    "It rained for the whole of May, and the river rose by more than two metres in a week.",
    "The town expects more of it, says the mayor, and has ordered four hundred sand bags.",
    "On Friday the sun is to come back, if only for a few hours, say those who should know.",
    "Schools stay closed until Thursday, and buses run every hour only, the county said.",
]


@pytest.mark.parametrize("fast", [True, False], ids=["fast", "vote"])
@pytest.mark.parametrize("case", PARAMS)
def test_the_head_is_parted_from_the_text(case, fast):
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
    markup = f"<html><head>{case['head']}</head><body><article>{case['input']}{prose}</article>"
    document = read_bytes(markup.encode(), "a", "a.html", "html", ReadOptions(fast=fast))
    lines = [line for line in document.text.split("\n") if line]
    assert lines == case["expected"] + PROSE
    said = (document.title, document.author, document.date)
    assert said == (case["title"], case["author"], case["date"])
