"""The case tables: what goes, what stays, what is known to fail."""

from __future__ import annotations

from collections import Counter

import pytest

from textkit.clean import clean_text, phrases
from textkit.clean.registry import registry
from textkit.edits import apply, undo
from tools import phrases as packed
from tools.clean_cases import cases as rows

LANGUAGES = "en de fr es pt it nl pl ru uk tr ar fa hi id vi th zh ja ko".split()
BLANKS = {"TK308", "TK309", "TK310"}


def cases(*tables):
    return [pytest.param(row, id=row["name"]) for table in tables for row in rows(table)]


def check(row):
    result = clean_text(row["input"])
    assert result.text == row["expected"]
    rules = {edit.rule for edit in result.edits}
    assert rules - BLANKS == set(row["rules"]) - BLANKS
    for fact in ("title", "author", "date"):
        if fact in row:
            assert getattr(result, fact) == row[fact]
    assert apply(row["input"], result.edits) == result.text
    assert undo(result.text, result.edits) == row["input"]


@pytest.mark.parametrize("row", cases("in-the-wild", "synthetic"))
def test_residue_goes_and_the_rest_stays(row):
    check(row)


@pytest.mark.parametrize("row", cases("in-the-wild", "synthetic"))
def test_cleaning_again_changes_nothing(row):
    if row["name"] == "char-amp-once":  # the one exception, a row of the known failures
        return
    again = clean_text(row["expected"])
    assert again.text == row["expected"]
    assert not again.edits


@pytest.mark.parametrize("row", cases("negative"))
def test_text_that_looks_like_residue_stays(row):
    check(row)


@pytest.mark.parametrize("row", cases("known-failures"))
@pytest.mark.xfail(strict=True, raises=AssertionError)
def test_known_failures(row):
    check(row)


def test_tables_are_as_large_as_they_claim():
    synthetic, negative = rows("synthetic"), rows("negative")
    assert len(synthetic) >= 300
    assert len(negative) >= 200
    families = Counter(rule for row in synthetic for rule in row["rules"])
    by_rule = {code for code in registry() if not code.startswith("TK13")}  # see test_model.py
    assert by_rule <= set(families)
    for table in (synthetic, negative):
        assert {row["name"].partition("-")[0] for row in table} >= set(LANGUAGES)
    for table in ("in-the-wild", "synthetic", "negative", "known-failures"):
        names = [row["name"] for row in rows(table)]
        assert len(set(names)) == len(names)


def test_the_packed_phrases_are_those_of_the_table():
    """After a change of phrases.tsv: `python -m tools.phrases`."""
    assert packed.table() == phrases.table()
