"""Facts that people listed for the five real articles, and which of them the summaries tell."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

import pytest

from textkit.dedup import dedup
from textkit.document import Document
from textkit.summarize import SummarizeOptions, summarize_corpus, summarize_document

FOLDER = Path(__file__).parents[2] / "fixtures" / "summarize"


def read():
    paths = sorted((FOLDER / "seeds").glob("*.txt"))
    return [Document(p.stem[:3], p.name, p.read_text(encoding="utf-8")) for p in paths]


@functools.cache
def summaries():
    documents = read()
    made = [summarize_document(document, SummarizeOptions()) for document in documents]
    made.append(summarize_corpus(documents, SummarizeOptions()))
    return {d.id: "\n".join(s.text for s in d.summary) for d in made}


def test_stories_known_to_deduplication_tell_as_much():
    documents = summarize_corpus(dedup(read()), SummarizeOptions()).summary
    text = "\n".join(sentence.text for sentence in documents)
    facts = [json.loads(line) for line in (FOLDER / "facts.jsonl").read_text("utf-8").splitlines()]
    wanted = [row for row in facts if row["id"] == "corpus"]
    missing = [row["name"] for row in wanted if not re.search(row["expected"], text, re.DOTALL)]
    assert (len(wanted), missing) == (5, [])


def rows(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return pytest.mark.parametrize(
        "row", [json.loads(line) for line in lines], ids=lambda row: row["name"]
    )


@rows("facts.jsonl")
def test_the_summary_tells_the_fact(row):
    assert re.search(row["expected"], summaries()[row["id"]], re.DOTALL), row["why"]


@rows("facts-known-failures.jsonl")
@pytest.mark.xfail(strict=True, reason="known failure")
def test_facts_not_told_yet(row):
    assert re.search(row["expected"], summaries()[row["id"]], re.DOTALL), row["why"]
