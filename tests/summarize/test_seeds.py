"""The five real articles, cleaned: what their summaries must and must never hold."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from textkit.document import Document
from textkit.summarize import SummarizeOptions, summarize_corpus, summarize_document

FOLDER = Path(__file__).parents[2] / "fixtures" / "summarize" / "seeds"
PATHS = sorted(FOLDER.glob("*.txt"))
LEANING = re.compile(r"(This|That|He|It|Such|These|However|Instead(?! of))\b")


def documents():
    return [Document(p.stem[:3], p.name, p.read_text(encoding="utf-8")) for p in PATHS]


def forbidden(document, start, end, taken):
    """What `golden` lists as never in a summary, told independently of the rules' code."""
    text = document.text
    line_start = text.rfind("\n", 0, start) + 1
    line = text[line_start : text.find("\n", end) if "\n" in text[end:] else len(text)]
    sentence = text[start:end]
    found = []
    if not re.search(r"[.。”\"]$", line):
        found.append("heading")
    if line.startswith("•"):
        found.append("bullet")
    if 5 <= text[:start].count("\n") <= 11 and document.id == "000":
        found.append("table row")
    if document.id == "004" and text[:start].count("\n") >= 34:
        found.append("own summary")
    if sentence.startswith('"') and sentence.endswith('"'):
        found.append("quotation without its speaker")
    if LEANING.match(sentence) and text[:start].rstrip()[-40:] not in "".join(taken):
        found.append("leans on a sentence not taken")
    if "url=" in sentence or text[:start].count("\n") == 0:
        found.append("address or title")
    return found


@pytest.mark.parametrize("document", documents(), ids=lambda d: d.id)
def test_three_sentences_of_an_article_hold_nothing_forbidden(document):
    summary = summarize_document(document, SummarizeOptions()).summary
    assert len(summary) == 3
    taken = [s.text for s in summary]
    assert [forbidden(document, s.start, s.end, taken) for s in summary] == [[], [], []]
    assert all(document.text[s.start : s.end] == s.text for s in summary)


def test_eight_sentences_of_the_corpus_hold_nothing_forbidden_and_favour_no_document():
    by_id = {d.id: d for d in documents()}
    record = summarize_corpus(by_id.values(), SummarizeOptions())
    assert (record.id, record.source, len(record.summary)) == ("corpus", "-", 8)
    assert record.text == "".join(s.text + "\n" for s in record.summary)
    taken = [s.text for s in record.summary]
    assert [forbidden(by_id[s.id], s.start, s.end, taken) for s in record.summary] == [[]] * 8
    shares = Counter(s.id for s in record.summary)
    assert max(shares.values()) <= 0.4 * 8
    assert len(shares) == 5
