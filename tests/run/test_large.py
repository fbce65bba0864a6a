"""What a run does where there is more than anybody looks at: bounds, and what each leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from benchmarks.corpus import articles, paragraphs
from tests.conftest import ROOT
from tests.run.conftest import tree
from textkit.read import plan
from textkit.run import MOST_REPORTED, Progress, RunOptions, corpus, run, shortlist
from textkit.run.cards import Card, Line, read_card
from textkit.run.executors import InProcess
from textkit.summarize import SummarizeOptions

COUNT = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of articles, so large that every bound is met."""
    (tmp_path / "in").mkdir()
    for number, text in enumerate(articles(COUNT, paragraphs(ROOT / "seeds"), seed=3)):
        (tmp_path / "in" / f"{number:03}.txt").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def low_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortlist, "MOST", 8)
    monkeypatch.setattr(shortlist, "WINNERS", 2)
    monkeypatch.setattr(corpus, "MAX_ENTRIES", 5)
    monkeypatch.setattr("textkit.run.MOST_REPORTED", 10)


def run_over(folder: Path, out: str = "out", **options) -> dict[str, bytes]:
    found = plan([str(folder / "in")], "auto")
    run(found, str(folder / out), RunOptions(translate=None, **options), Progress())
    return tree(folder / out)


def test_a_large_corpus_gets_no_report_unless_asked(folder):
    assert "report.html" not in run_over(folder)
    assert "report.html" in run_over(folder, "asked", report=True)


def test_the_help_names_the_number_of_articles_that_get_a_report(textkit):
    assert f"for up to {MOST_REPORTED} articles" in " ".join(textkit("run", "--help").out.split())


def test_a_long_page_says_how_many_it_leaves_out(folder):
    made = run_over(folder)
    page = made["corpus.md"].decode()
    kept = [r for r in map(json.loads, made["articles.jsonl"].splitlines())
            if r["dedup"]["action"] == "keep"]  # fmt: skip
    assert f"## Articles ({len(kept)})" in page
    assert page.count("\n### ") == 5
    assert f"\nand {len(kept) - 5} more in [articles.jsonl](articles.jsonl)\n" in page


def test_a_large_corpus_is_summarised_by_a_few_of_its_articles(folder, monkeypatch):
    read: list[int] = []
    whole = shortlist.summarize_corpus

    def counted(documents, options):
        documents = list(documents)
        read.append(len(documents))
        return whole(documents, options)

    monkeypatch.setattr(shortlist, "summarize_corpus", counted)
    monkeypatch.setattr("textkit.run.summarize_corpus", counted)
    page = run_over(folder)["corpus.md"].decode()
    assert page.split("## ")[0].count("\n- ") == 8
    assert max(read[:-1]) < COUNT / 3
    assert read[-1] <= 8


@pytest.mark.parametrize("change", ["edit", "add", "remove"])
def test_after_a_change_all_files_equal_those_of_a_fresh_run(folder, change):
    run_over(folder)
    target = folder / "in" / ("900.txt" if change == "add" else "031.txt")
    if change == "remove":
        target.unlink()
    else:
        target.write_text("Rain fell on the town for two days. The river rose by 3 metres.\n")
    assert run_over(folder) == run_over(folder, "fresh")


def test_a_change_plays_only_its_own_group_again(monkeypatch):
    cards = [_card(n) for n in range(64)]
    first, outcomes = _finalists(cards, {})
    assert 0 < len(first) <= 8
    played = []
    play = shortlist.play
    monkeypatch.setattr(shortlist, "play", lambda *given: played.append(1) or play(*given))
    assert _finalists(cards, outcomes)[0] == first
    assert not played
    cards[5] = _card(5, "Nobody came to the fair on Sunday because of the storm.")
    _finalists(cards, outcomes)
    assert 1 <= len(played) <= 3 < len(outcomes)


def test_articles_without_a_summary_do_not_stop_a_tournament():
    cards = [_card(n, "") for n in range(64)]
    numbers, _ = _finalists(cards, {})
    assert numbers == list(range(8))


def _finalists(cards, known):
    entries = [shortlist.entry(n, read_card(card)) for n, card in enumerate(cards)]
    find, options = cards.__getitem__, SummarizeOptions()
    return shortlist.finalists(entries, find, options, known, InProcess())


def _card(number: int, text: str | None = None) -> bytes:
    if text is None:
        text = f"The town of number {number} counted {number * 37} visitors at its fair in May."
    return msgspec.json.encode(Card(f"a{number}", lang="en", summary=(Line(text, None),)))
