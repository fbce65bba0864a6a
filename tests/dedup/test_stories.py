"""Stories: what two short reports need in common, and how the reason says it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from tests.conftest import ROOT
from textkit.dedup import DedupOptions, dedup
from textkit.dedup.story.score import CHANCE, chances
from textkit.document import Document

LINES = (ROOT / "fixtures/dedup/stories.jsonl").read_text("utf-8").splitlines()
ROWS = [json.loads(line) for line in LINES]


def found(texts: list[str], **options: Any) -> list[Any]:
    documents = [Document(str(n), "", text) for n, text in enumerate(texts)]
    return [d.dedup for d in dedup(documents, DedupOptions(passages=False, **options))]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_case_table(row: dict[str, Any]) -> None:
    groups = {one.story for one in found(row["texts"])} - {None}
    assert len(groups) == row["stories"], row["why"]


def test_reasons_spell_facts_as_the_text_does() -> None:
    reason = found(ROWS[1]["texts"])[0].reason
    assert "$48 million" in reason
    assert "Ines Holm" in reason or "Velmar" in reason


def test_chance_is_the_prior_where_texts_are_few_and_the_mean_where_they_are_many() -> None:
    few = chances(sparse.csr_matrix(np.ones((2, 1))))
    many = chances(sparse.csr_matrix(np.ones((500, 1))))
    assert few.tolist() == [CHANCE, CHANCE]
    assert many.min() > 0.97


def test_running_stories_have_a_lower_threshold() -> None:
    event, running = DedupOptions(), DedupOptions(stories="running")
    assert running.story_threshold < event.story_threshold
    assert DedupOptions(stories="running", story_similarity=0.3).story_threshold == 0.3
