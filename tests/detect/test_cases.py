"""Tables of cases: what each text is made of."""

import json
from pathlib import Path
from typing import Any

import pytest

from textkit.detect import analyse

FIXTURES = Path(__file__).parents[2] / "fixtures" / "detect"


def _cases(*kinds: str) -> list[Any]:
    rows = []
    for kind in kinds:
        for line in (FIXTURES / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            marks = [pytest.mark.xfail(reason=row["why"])] if kind == "known-failures" else []
            rows.append(pytest.param(row, id=f"{kind}: {row['name']}", marks=marks))
    return rows


@pytest.mark.parametrize("case", _cases("in-the-wild", "synthetic", "known-failures"))
def test_passages(case: dict[str, Any]) -> None:
    text = case["input"]
    passages = [finding.passage for finding in analyse(text)]
    assert [[p.lang, text[p.start : p.end]] for p in passages] == case["expected"]


@pytest.mark.parametrize("case", _cases("negative"))
def test_no_false_switch(case: dict[str, Any]) -> None:
    assert sorted({f.passage.lang for f in analyse(case["input"])}) == case["expected"]
