"""From candidates to the chosen ones, by the method asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textkit.summarize import concepts
from textkit.summarize.centroid import CORPUS, DOCUMENT, centroid_scores
from textkit.summarize.corpus import corpus_scores, stories
from textkit.summarize.coverage import choose
from textkit.summarize.matrix import Vector, term_matrix
from textkit.summarize.options import SUMY, SummarizeOptions
from textkit.summarize.query import query_relevance, query_scores
from textkit.summarize.select import Budget, greedy
from textkit.summarize.units import Pool, Unit

# Words of a brief. Of 250 words and fewer, three sentences by coverage have ROUGE-2 F1 51.9 on
# Bengali news (46.1 by centroid) and are nearer the first three on Indonesian; of longer articles
# the centroid tells more of the facts that people listed.
MAX_BRIEF = 250


class Choice(NamedTuple):
    """Indexes of the chosen candidates, best first, and a score for every candidate."""

    order: list[int]
    scores: Vector


def rank(pool: Pool, budget: Budget, options: SummarizeOptions, corpus: bool) -> Choice:
    """Return which of the candidates make the summary."""
    units = pool.candidates
    if not units:
        return Choice([], np.zeros(0))
    first = stories(pool, units) if corpus else None
    if method_of(pool, options, corpus) == "coverage":
        return _by_coverage(pool, units, budget, options, first)
    matrix = term_matrix(units)
    weights = CORPUS if corpus else DOCUMENT
    if corpus:
        scores, rows = corpus_scores(pool, units, matrix)
    else:
        scores, rows = centroid_scores(units, pool.evidence, matrix, weights)
    if options.method not in ("auto", "centroid"):
        scores = _scores_of(options.method, units, pool.evidence)
    gains = None
    if corpus and options.method in ("auto", "centroid") and not options.query:
        from textkit.summarize.gains import Gains  # it takes scipy, which one text can do without

        gains = Gains(units, pool.evidence, matrix)
    if options.query:
        scores = query_scores(options.query, pool, units, scores)
    return Choice(greedy(units, scores, rows, budget, weights, first, gains), scores)


def _by_coverage(
    pool: Pool,
    units: Sequence[Unit],
    budget: Budget,
    options: SummarizeOptions,
    first: npt.NDArray[np.int64] | None,
) -> Choice:
    weights = concepts.DOCUMENT if len(pool.documents) == 1 else concepts.CORPUS
    relevance = query_relevance(options.query, pool, units) if options.query else None
    space = concepts.space(pool, units, weights, relevance)
    return Choice(*choose(units, space, budget, weights.length, first))


def method_of(pool: Pool, options: SummarizeOptions, corpus: bool) -> str:
    """Return the method that is meant by `auto`.

    Where words are counted, and for a brief, coverage is best. A few sentences out of a longer
    article are best chosen by the facts in them, since its opening holds only the first of them.
    """
    if options.method != "auto":
        return options.method
    if options.words is not None or options.ratio is not None:
        return "coverage"
    if options.since is not None or options.timeline:
        return "coverage"  # the one method that knows what was told before
    brief = not corpus and sum(unit.words for unit in pool.candidates) <= MAX_BRIEF
    return "coverage" if brief and not options.query else "centroid"


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
