"""Differences in numbers and names: the case tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from textkit.document import Document
from textkit.report.differences import compare
from textkit.report.statements import statements
from textkit.report.values import values

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "report"


def cases(kind: str) -> list[Any]:
    path = FIXTURES / f"differences-{kind}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    strict = [pytest.mark.xfail(strict=True)] if kind == "known-failures" else []
    return [pytest.param(row, id=row["name"], marks=strict) for row in rows]


@pytest.mark.parametrize(
    "row",
    [
        case
        for kind in ("in-the-wild", "synthetic", "negative", "known-failures")
        for case in cases(kind)
    ],
)
def test_differences(row: dict[str, Any]) -> None:
    texts = row["input"]
    said = {
        n: statements(n, Document(str(n), "-", text, lang=row.get("lang", "en")))
        for n, text in enumerate(texts)
    }
    found = compare(said, across=len(texts) > 1)
    assert [[side.value for side in difference.sides] for difference in found] == row["expected"]
    for difference in found:
        for side in difference.sides:
            for saying in side.sayings:
                text = texts[saying.article][saying.value_start : saying.value_end]
                assert side.value.casefold() == " ".join(text.split()).casefold()


def test_order_of_the_articles_changes_only_the_order_of_sides() -> None:
    texts = [
        "Rescuers said 12 miners were trapped below.",
        "Rescuers said 14 miners were trapped below.",
    ]
    both = []
    for order in ((0, 1), (1, 0)):
        said = {
            n: statements(n, Document(str(n), "-", texts[i], lang="en"))
            for n, i in enumerate(order)
        }
        both.append({side.value for d in compare(said, across=True) for side in d.sides})
    assert both[0] == both[1] == {"12", "14"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1000亿美元", [("USD", 1e11)]),
        ("10-gigawatt", [("power", 1e10)]),
        ("265% to $22.1 billion", [("percent", 265.0), ("USD", 22.1e9)]),
        ("the 2nd of 3 runs", [("count run", 3.0)]),
        ("1,5 Millionen Euro", [("EUR", 1.5e6)]),
        ("a 12-year-old", [("age", 12 * 31557600.0)]),
        ("$5xy", []),
        ("", []),
    ],
)
def test_values(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(value.unit, value.amount) for value in values(text)] == expected
