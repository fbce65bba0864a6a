"""Records of the seeds as the pipeline makes them, and pages made from records."""

from __future__ import annotations

from pathlib import Path

import pytest

from textkit.document import Document

SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def seeds() -> list[Document]:
    """The five articles after every stage; without a model, so with a gloss."""
    from textkit.clean import CleanOptions, clean
    from textkit.dedup import DedupOptions, dedup
    from textkit.detect import DetectOptions, detect
    from textkit.summarize import SummarizeOptions, summarize
    from textkit.translate import TranslateOptions, translate

    raw = [Document(path.stem, path.name, path.read_text(encoding="utf-8")) for path in SEEDS]
    found = detect(clean(raw, CleanOptions()), DetectOptions())
    glossed = translate(found, TranslateOptions(engine="gloss"))
    return list(summarize(dedup(glossed, DedupOptions()), SummarizeOptions()))


@pytest.fixture(scope="session")
def seeds_corpus(seeds: list[Document]) -> Document:
    """Their corpus summary."""
    from textkit.summarize import SummarizeOptions, summarize_corpus

    return summarize_corpus(seeds, SummarizeOptions(sentences=8))


@pytest.fixture(scope="session")
def seeds_page(seeds: list[Document], seeds_corpus: Document) -> str:
    """The report of the seeds."""
    from textkit.report import report_page

    return report_page(seeds, seeds_corpus)
