"""Foreign passages: which, where, how many letters, and whether anything translates them."""

from __future__ import annotations

import json

import pytest

from tests.conftest import ROOT
from textkit.check import CheckOptions, check
from textkit.check.languages import same_language

ENGLISH = "The council met on Tuesday and approved the budget for the coming year.\n"
CASES = [
    json.loads(line)
    for line in (ROOT / "fixtures/check/languages.jsonl").read_text("utf-8").splitlines()
]


def findings(path, text, **options):
    path.write_text(text, "utf-8")
    chosen = CheckOptions(**{"select": ("TK4",), **options})
    return list(check([str(path)], chosen))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case_table(tmp_path, case):
    found = findings(tmp_path / "a.txt", case["input"], main=(case.get("main", "en"),))
    assert [
        [f.line, f.col, int(f.message.split()[0]), f.message.split()[3].strip(",")] for f in found
    ] == case["expected"]


def package(folder, source, target):
    """An installed package as far as anyone looks who does not translate."""
    made = folder / f"translate-{source}_{target}-1_0"
    (made / "model").mkdir(parents=True)
    (made / "model" / "model.bin").write_bytes(b"")
    (made / "sentencepiece.model").write_bytes(b"")
    fields = {"from_code": source, "to_code": target, "package_version": "1.0"}
    (made / "metadata.json").write_text(json.dumps(fields))


def test_an_installed_model_makes_another_code_that_has_to_be_asked_for(tmp_path):
    text = ENGLISH + "\n市议会周二开会，批准了明年的预算。\n"
    models = tmp_path / "models"
    package(models, "zh", "en")
    path = tmp_path / "a.txt"
    assert [f.code for f in findings(path, text)] == ["TK401"]
    (found,) = findings(path, text, models_dir=(str(models),))
    assert found.code == "TK402"
    assert "translate-zh_en-1_0 translates them" in found.message
    assert findings(path, text, select=(), ignore=("TK5",), models_dir=(str(models),)) == []


def test_a_model_for_another_pair_is_no_way(tmp_path):
    package(tmp_path / "models", "fr", "en")
    text = ENGLISH + "\n市议会周二开会，批准了明年的预算。\n"
    (found,) = findings(tmp_path / "a.txt", text, models_dir=(str(tmp_path / "models"),))
    assert found.code == "TK401"


def test_places_are_those_of_the_source_text_not_of_the_cleaned_one(tmp_path):
    text = "0 views\n\n" + ENGLISH + "\n" + "  市议会周二开会，批准了明年的预算。\n"
    (found,) = findings(tmp_path / "a.txt", text)
    assert (found.line, found.col) == (5, 3)


@pytest.mark.parametrize(
    ("lang", "main", "same"),
    [("en", "en", True), ("en", "EN-gb", True), ("zh-Hans", "zh", True),
     ("zh-Hant", "zh-Hans", False), ("de", "en", False), ("ens", "en", False)],
)  # fmt: skip
def test_a_main_language_without_script_takes_any(lang, main, same):
    assert same_language(lang, main) is same
