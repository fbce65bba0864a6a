"""What is new since a day, and one sentence per day."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

from textkit.document import Document, encode
from textkit.summarize import SummarizeOptions, summarize_corpus

OLD = "Engineers found cracks in the old bridge of Leeds and the council closed it to lorries."
NEW = "A tunnel for trams and cyclists will be dug under the river from autumn onwards."


def news(id, day, text):
    return Document(id, f"{id}.txt", text, date=day, lang="en")


DOCUMENTS = [
    news("a", "2024-05-01", OLD),
    news("b", "2024-05-02", f"{OLD} It will stay closed for lorries until the cracks are mended."),
    news("c", "2024-05-09", f"{OLD} {NEW}"),
    news("d", None, "Nobody knows when this report about the harbour ferry was written at all."),
]


def test_what_is_new_leaves_out_what_earlier_documents_told():
    plain = SummarizeOptions(sentences=1)
    assert OLD in summarize_corpus(DOCUMENTS[:3], plain).text
    fresh = SummarizeOptions(sentences=1, since=date(2024, 5, 9))
    assert summarize_corpus(DOCUMENTS[:3], fresh).text == NEW + "\n"


def test_a_document_without_a_date_counts_as_new():
    summary = summarize_corpus(DOCUMENTS, SummarizeOptions(since=date(2024, 5, 9))).summary
    assert {sentence.id for sentence in summary} == {"c", "d"}


def test_where_nothing_is_new_it_says_so():
    record = summarize_corpus(DOCUMENTS[:3], SummarizeOptions(since=date(2024, 6, 1)))
    assert (record.text, len(record.warnings)) == ("", 1)


def test_a_timeline_has_one_sentence_per_day_that_was_not_told_before():
    record = summarize_corpus(DOCUMENTS, SummarizeOptions(timeline=True))
    assert [s.date for s in record.summary] == ["2024-05-01", "2024-05-02", "2024-05-09"]
    assert [s.id for s in record.summary] == ["a", "b", "c"]
    assert record.summary[2].text == NEW
    backwards = summarize_corpus(DOCUMENTS[::-1], SummarizeOptions(timeline=True))
    assert backwards.text == record.text


def test_the_command_shows_the_day_in_front(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_bytes(b"".join(map(encode, DOCUMENTS)))
    argv = [sys.executable, "-m", "textkit", "summarize", "--corpus", "-f", "text", str(path)]

    def lines(*more):
        done = subprocess.run([*argv, *more], capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    assert lines("--timeline")[2] == f"2024-05-09  {NEW} [c]"
    assert f"{NEW} [c]" in lines("--since", "2024-05-09", "--sentences", "2")
    refused = subprocess.run([*argv[:4], "--timeline", str(path)], capture_output=True, check=False)
    assert refused.returncode == 2
