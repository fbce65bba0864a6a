"""One fact, one place: sentence marks, script ranges and months are spelt in textkit/text alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from textkit.text.calendar import names_of
from textkit.text.marks import marks

ROOT = Path(__file__).parents[2] / "textkit"
MODULES = [path for path in sorted(ROOT.rglob("*.py")) if ROOT / "text" not in path.parents]
CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
RANGE = re.compile(r"[\u0530-\uffff]-[\u0530-\uffff]")
# Ranges that are no script: emoji, arrows and other signs, surrogates, marks, private use, digits.
SIGNS = re.compile(r"[\u2000-\u2bff\ud800-\uf8ff\ufe00-\ufe0f\uff10\ufff0-\uffff]-")
MONTHS = {name for name in names_of("month") if len(name) > 3}
FINAL = set(marks(shared=False).replace("\\", ""))


def strings(path: Path) -> Iterator[str]:
    """Yield the string constants of a module that are no docstrings, with escapes decoded."""
    tree = ast.parse(path.read_text("utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), node.value)


def faults(text: str) -> list[str]:
    """Return what a string spells that has a place of its own."""
    result = []
    if any(len(FINAL.intersection(found)) > 1 for found in CLASS.findall(text)):
        result.append("sentence marks: textkit.text.marks")
    if any(not SIGNS.match(found) for found in RANGE.findall(text)):
        result.append("a script's range: textkit.text.scripts")
    if len(MONTHS.intersection(re.findall(r"[^\W\d_]+", text.lower()))) > 1:
        result.append("months: textkit.text.calendar")
    return result


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_facts_are_spelt_in_one_place(path: Path) -> None:
    found = [(text[:80], fault) for text in strings(path) for fault in faults(text)]
    assert not found


@pytest.mark.parametrize(
    "text", [r"[.!?。！？।]+", r"[\u3040-\u30ff]", "[ก-๛]", "January February March", "[가-힣]{2}"]
)
def test_a_second_place_is_seen(text: str) -> None:
    text = ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
    assert len(faults(text)) == 1


@pytest.mark.parametrize("text", ["[.!?]", r"[\U0001f300-\U0001faff\u2600-\u27bf]", "in May"])
def test_what_has_no_place_is_free(text: str) -> None:
    text = ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), text)
    assert not faults(text)
