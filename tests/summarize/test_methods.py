"""Every method: its scores beside sumy's, and that it gives a summary without any download."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from textkit.document import Document
from textkit.summarize import (
    METHODS,
    SummarizeOptions,
    graph,
    summarize_corpus,
    summarize_document,
)
from textkit.summarize.classic import sumy_scores
from textkit.summarize.graph import lexrank, textrank
from textkit.summarize.units import pool

FOLDER = Path(__file__).parents[2] / "fixtures" / "summarize" / "seeds"
DOCUMENTS = [Document(p.stem, p.name, p.read_text("utf-8")) for p in sorted(FOLDER.glob("*.txt"))]


def seed_terms():
    return [unit.terms for unit in pool(DOCUMENTS, SummarizeOptions()).candidates][:120]


def random_terms(seed):
    draw = random.Random(seed)
    words = [f"w{int(draw.paretovariate(1))}" for _ in range(400)]
    return [draw.sample(words, draw.randint(0, 12)) for _ in range(40)] + [[], ["w1"], ["w1"]]


@pytest.mark.parametrize("method", ["lexrank", "textrank"])
@pytest.mark.parametrize("sentences", [seed_terms(), random_terms(1), random_terms(2), [["a"]]])
def test_sparse_scores_are_sumys(method, sentences):
    own = {"lexrank": lexrank, "textrank": textrank}[method](sentences)
    theirs = sumy_scores(method, sentences)
    assert np.abs(own - theirs).max() <= 1e-6


@pytest.mark.parametrize("cells", [1, 40, 1000])
def test_terms_taken_in_parts_give_the_same_scores(monkeypatch, cells):
    sentences = random_terms(3)
    whole = textrank(sentences)
    monkeypatch.setattr(graph, "MOST_CELLS", cells)
    assert np.abs(textrank(sentences) - whole).max() <= 1e-12


@pytest.mark.parametrize(
    "sentences", [[[]], [[], []], [["a"], ["a"]], [["a", "a", "b"], ["a"], ["b"]], [["a"] * 50]]
)
def test_textrank_of_odd_sentences_is_sumys(sentences):
    assert np.abs(textrank(sentences) - sumy_scores("textrank", sentences)).max() <= 1e-6


@pytest.mark.parametrize("method", METHODS)
def test_every_method_summarises_a_document_and_a_corpus(method):
    options = SummarizeOptions(sentences=2, method=method)
    first = summarize_document(DOCUMENTS[1], options)
    assert len(first.summary) == 2
    assert first == summarize_document(DOCUMENTS[1], options)
    assert 1 <= len(summarize_corpus(DOCUMENTS[:2], options).summary) <= 2


@pytest.mark.parametrize("method", METHODS)
def test_every_method_takes_one_sentence(method):
    document = Document("a", "-", "The mayor of Leeds opened the new bridge over the river.")
    assert len(summarize_document(document, SummarizeOptions(method=method)).summary) == 1
