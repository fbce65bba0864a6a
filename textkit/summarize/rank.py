"""From candidates to the chosen ones, by the method asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from textkit.summarize.centroid import CORPUS, DOCUMENT, centroid_scores
from textkit.summarize.corpus import corpus_scores, stories
from textkit.summarize.coverage import choose
from textkit.summarize.matrix import Vector, term_matrix
from textkit.summarize.options import SUMY, SummarizeOptions
from textkit.summarize.query import query_scores
from textkit.summarize.select import Budget, greedy
from textkit.summarize.units import Pool, Unit


class Choice(NamedTuple):
    """Indexes of the chosen candidates, best first, and a score for every candidate."""

    order: list[int]
    scores: Vector


def rank(pool: Pool, budget: Budget, options: SummarizeOptions, corpus: bool) -> Choice:
    """Return which of the candidates make the summary."""
    units = pool.candidates
    if not units:
        return Choice([], np.zeros(0))
    matrix = term_matrix(units)
    if method_of(options, corpus) == "coverage" and not options.query:
        return Choice(*choose(units, matrix, budget))
    weights = CORPUS if corpus else DOCUMENT
    if corpus:
        scores, rows = corpus_scores(pool, units, matrix)
    else:
        scores, rows = centroid_scores(units, pool.evidence, matrix, weights)
    if options.method not in ("auto", "centroid", "coverage"):
        scores = _scores_of(options.method, units, pool.evidence)
    gains = None
    if corpus and options.method in ("auto", "centroid") and not options.query:
        from textkit.summarize.gains import Gains  # it takes scipy, which one text can do without

        gains = Gains(units, pool.evidence, matrix, budget)
    if options.query:
        scores = query_scores(options.query, pool, units, scores)
    first = stories(pool, units) if corpus else None
    return Choice(greedy(units, scores, rows, budget, weights, first, gains), scores)


def method_of(options: SummarizeOptions, corpus: bool) -> str:
    """Return the method that is meant by `auto`.

    A few sentences of an article are best chosen by the facts in them; where words are counted,
    long sentences full of facts crowd out what else the opening says, and coverage is best.
    """
    if options.method != "auto":
        return options.method
    counted = options.words is not None or options.ratio is not None
    return "coverage" if counted and not corpus and not options.query else "centroid"


def _scores_of(method: str, units: Sequence[Unit], evidence: Sequence[Unit]) -> Vector:
    """Scores of the methods that look at words alone, the best being 1."""
    terms = [unit.terms for unit in units]
    if method in SUMY:
        from textkit.summarize.classic import sumy_scores

        title = [t for unit in evidence if unit.verdict.reason == "title" for t in unit.terms]
        return _scaled(sumy_scores(method, terms, title))
    if method == "lead":
        return np.array([1 / (1 + unit.position) for unit in units])
    from textkit.summarize.graph import lexrank, textrank

    return _scaled(lexrank(terms) if method == "lexrank" else textrank(terms))


def _scaled(scores: Vector) -> Vector:
    """Move and stretch scores to lie between 0 and 1, as the choice expects them."""
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.ones(len(scores))
