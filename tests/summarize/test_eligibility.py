"""Which sentences may be chosen, and the reason for each that may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from textkit.document import Dedup, Document, Passage, Repeat
from textkit.summarize import SummarizeOptions
from textkit.summarize.units import pool

CASES = Path(__file__).parents[2] / "fixtures" / "summarize" / "eligibility.jsonl"
FIRST = "The mayor of Leeds opened the new bridge over the river on Monday."
SECOND = "The bridge cost the town 3 million pounds and took two years."


def reasons(document, **options):
    units = pool([document], SummarizeOptions(**options)).units
    return ["leans" if u.verdict.leans else u.verdict.reason for u in units]


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["name"],
)
def test_cases(case):
    found = reasons(Document("a", "-", case["input"], lang=case["lang"]))
    assert found == case["expected"], case["why"]


def passage(start, end, lang="en", **fields):
    return Passage(start, end, lang, "Latn", 1.0, "model", "paragraph", **fields)


def test_what_dedup_marked_as_the_own_summary_or_as_said_before_is_out():
    text = f"{FIRST} {SECOND}"
    for kind, reason in [("embedded_summary", "the article's own summary"),
                         ("repeated", "said before"), ("related", "")]:  # fmt: skip
        repeat = Repeat(len(FIRST) + 1, len(text), "a", 0, len(FIRST), 0.8, kind)
        dedup = Dedup("keep", "a", repeats=(repeat,))
        assert reasons(Document("a", "-", text, dedup=dedup)) == ["", reason]


def test_the_records_title_is_no_candidate():
    document = Document("a", "-", f"{FIRST}\n\n{SECOND}", title=FIRST)
    assert reasons(document) == ["title", ""]
