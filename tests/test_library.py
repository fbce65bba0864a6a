"""The front door: `import textkit`."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import textkit
from textkit.errors import TextkitError

PAGE = "0 views\n\nThe council met on Tuesday. It voted to close the old bridge in May.\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_stages_compose_and_every_options_argument_is_optional(folder):
    documents = textkit.read(folder)
    documents = textkit.translate(textkit.detect(textkit.clean(documents)))
    documents = list(textkit.summarize(textkit.dedup(documents)))
    assert [document.id for document in documents] == ["a", "b"]
    assert [document.lang for document in documents] == ["en", "en"]
    assert "0 views" not in documents[0].text
    assert [document.dedup.level for document in documents] == [None, "exact"]
    assert documents[0].summary
    assert textkit.summarize_corpus(documents).summary
    assert [document.text for document in textkit.undo(documents)] == [PAGE, PAGE]


def test_run_brings_a_folder_up_to_date(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "made"
    tally = textkit.run(folder, output=out)
    assert (tally.documents, tally.copies) == (2, 1)
    assert (out / "articles.jsonl").exists()


def test_what_cannot_be_read_raises_or_is_told(tmp_path):
    with pytest.raises(TextkitError):
        list(textkit.read(tmp_path / "missing.txt"))
    failures = []
    assert list(textkit.read(tmp_path / "missing.txt", on_failure=failures.append)) == []
    assert "missing.txt" in failures[0].where


def test_a_stage_is_its_package_too():
    assert textkit.clean.clean_text(PAGE).text == textkit.clean_text(PAGE).text


def test_every_public_name_is_there():
    assert set(dir(textkit)) == set(textkit.__all__)
    for name in textkit.__all__:
        assert callable(getattr(textkit, name)), name
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = textkit.no_such_name


def test_import_loads_nothing_heavy():
    code = "import json, sys, textkit; print(json.dumps(sorted(sys.modules)))"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    heavy = {"numpy", "scipy", "nltk", "sumy", "bs4", "lxml", "trafilatura", "msgspec"}
    assert not heavy & set(json.loads(printed))
