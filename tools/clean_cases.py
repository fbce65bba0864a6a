"""The case tables of cleaning: read `fixtures/clean/*.jsonl`, whose rows name parts of an article.

A row has a name, `why`, the `rules` that apply, and `page`: the blocks of a text, which blank
lines part. `@en.title` stands for a block of parts.json. `goes` lists the blocks that go; where
more changes, `expected` is the page that is left; where neither stands, nothing changes. Rows
about characters have `input` and `expected` as they are.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "fixtures" / "clean"


@cache
def _parts() -> dict[str, str]:
    return dict(json.loads((FOLDER / "parts.json").read_text(encoding="utf-8")))


def cases(table: str) -> list[dict[str, Any]]:
    """Return the rows of a table, each with `input`, `expected` and `rules` written out."""
    lines = (FOLDER / f"{table}.jsonl").read_bytes().decode().split("\n")
    return [_written_out(json.loads(line)) for line in lines if line]


def _written_out(row: dict[str, Any]) -> dict[str, Any]:
    if "page" not in row:
        return row
    page: list[str] = row["page"]
    gone = set(row.get("goes", ()))
    left = row.get("expected", [part for index, part in enumerate(page) if index not in gone])
    rules = row.get("rules", [])
    return {**row, "input": _text(page), "expected": _text(left), "rules": rules}


def _text(page: list[str]) -> str:
    return "\n\n".join(_parts()[part[1:]] if part[:1] == "@" else part for part in page) + "\n"
