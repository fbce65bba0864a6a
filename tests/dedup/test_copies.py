"""Near copies: what is dropped, what is kept as a variant, and what the reason says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import ROOT
from textkit.dedup import DedupOptions, dedup
from textkit.dedup.near.differences import align, text_of
from textkit.dedup.signatures.tokens import comparable_tokens
from textkit.document import Document

ROWS = [
    json.loads(line)
    for line in (ROOT / "fixtures/dedup/copies.jsonl").read_text("utf-8").splitlines()
]


def found(texts: list[str]) -> list[Any]:
    documents = [Document(str(n), "", text) for n, text in enumerate(texts)]
    return [d.dedup for d in dedup(documents, DedupOptions(story=False, passages=False))]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_case_table(row: dict[str, Any]) -> None:
    records = found(row["input"])
    dropped = [at for at, one in enumerate(records) if one.action == "drop"]
    if row["dropped"] is not None:
        assert dropped == row["dropped"], row["why"]
    if row["relation"]:
        assert any(one.relation == row["relation"] for one in records), row["why"]
    assert any(row["says"] in (one.reason or "") for one in records)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_what_is_dropped_stands_in_something_kept(row: dict[str, Any]) -> None:
    records = found(row["input"])
    for at, one in enumerate(records):
        if one.action == "drop":
            kept = records[int(one.canonical)]
            assert kept.action == "keep"
            assert one.canonical in one.reason
            own, other = (set(comparable_tokens(row["input"][n])) for n in (at, int(one.canonical)))
            assert len(own & other) >= 0.6 * len(own)


def test_alignment_finds_what_stands_in_each_others_place() -> None:
    first = text_of([1, 2, 3, 4, 5, 6, 7, 8], [10, 11, 12, 13, 14, 15])
    second = text_of([1, 2, 3, 9, 6, 7, 8], [10, 90, 91, 92, 15])
    result = align(first, second)
    assert [(list(a), list(b)) for a, b in result.replacements] == [([3, 4], [3])]
    assert result.changed == 3
    assert result.held == pytest.approx((6 / 8, 6 / 7))
