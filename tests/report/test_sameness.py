"""Passages that are shown as saying the same do say the same: the case table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textkit.document import Document
from textkit.report.sameness import content_of, say_same

TABLE = Path(__file__).resolve().parents[2] / "fixtures" / "report" / "sameness.jsonl"
ROWS = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_passages_say_the_same(row: dict[str, Any]) -> None:
    lang = row.get("lang", "en")
    one, two = (Document("a", "-", text, lang=lang) for text in row["input"])
    first = content_of(one, 0, len(one.text))
    second = content_of(two, 0, len(two.text))
    assert say_same(first, second) is row["expected"]
    assert say_same(second, first) is row["expected"]
