"""Centroid ranking: how near a sentence is to what the text is about (Radev et al., 2004).

What a text is about is told by its sentences, the early ones a little more, and by what can't be
chosen itself but names what matters: the title, bullets, and the article's own summary (cue and
title words: Edmundson, 1969). On top come the sentence's place, its numbers and names, and how
well it agrees with one line of those.

The weights for a corpus were chosen on three languages of a set of news topics with human
summaries and confirmed on four others; those for a single document on five articles with lists
of the facts that matter, so that on the news topics' articles they are level with lead.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from textkit.summarize.matrix import (
    Rows,
    TermMatrix,
    Vector,
    column_sums,
    row_maxima,
    row_sums,
    scaled_rows,
    term_matrix,
    unit_rows,
)
from textkit.summarize.units import Unit


@dataclass(frozen=True)
class Weights:
    """What counts for how much."""

    pair: float  # a pair of words, beside a single word
    even: bool  # do short sentences count as much for the centroid as long ones?
    early: float  # sentence n counts 1/n**early in the centroid
    title: float  # the title's share of the centroid
    items: float
    own_summary: float
    facts: float  # what numbers and names add, as a share of the score
    position: float  # what sentence n gains, divided by n**falloff
    falloff: float
    support: float  # agreement with a line of the title, bullets or own summary
    relevance: float  # against similarity to what is chosen (Carbonell & Goldstein, 1998)
    contained: float  # a sentence of whose words more than this are said already says nothing new
    repeated: float  # as of its word triples


DOCUMENT = Weights(
    pair=0.3, even=True, early=0.15, title=0.5, items=0.5, own_summary=0.5, facts=2.0,
    position=0.5, falloff=0.5, support=1.0, relevance=0.8, contained=0.5, repeated=0.1,
)  # fmt: skip
CORPUS = Weights(
    pair=0.5, even=True, early=0.0, title=0.0, items=0.0, own_summary=0.0, facts=0.1,
    position=1.0, falloff=0.5, support=0.0, relevance=0.8, contained=0.5, repeated=0.1,
)  # fmt: skip
_EVIDENCE = {"title": "title", "list item": "items", "the article's own summary": "own_summary"}
_SUPPORT = {"title": 0.5, "list item": 1.0, "the article's own summary": 1.0, "table row": 0.5}


def centroid_scores(
    units: Sequence[Unit], evidence: Sequence[Unit], matrix: TermMatrix, weights: Weights
) -> tuple[Vector, Rows]:
    """Return a score for each sentence and the sentences as unit vectors."""
    idf = term_weights(matrix, weights.pair)
    plain = weighted(matrix, idf)
    rows = unit_rows(plain)
    other = term_matrix(evidence, known=matrix.terms)
    theme = _theme(units, evidence, rows if weights.even else plain, other, idf, weights)
    near = rows.times(theme)
    near = near / (near.max(initial=0) or 1)
    concrete = np.array([unit.facts for unit in units])
    place = np.array([(1.0 + unit.position) ** -weights.falloff for unit in units])
    scores = near * (1 + weights.facts * concrete) + weights.position * place
    if weights.support and len(evidence):
        scores = scores + weights.support * _support(units, evidence, rows, other, idf)
    return np.asarray(scores), rows


def term_weights(matrix: TermMatrix, pair: float) -> Vector:
    """Return the inverse sentence frequency of each term, pairs weighing less."""
    spread = np.bincount(matrix.counts.indices, minlength=matrix.counts.columns)
    return np.asarray(
        np.log(1 + matrix.counts.height / np.maximum(spread, 1))
        * np.where(matrix.is_pair, pair, 1.0)
    )


def weighted(matrix: TermMatrix, idf: Vector) -> Rows:
    """Return damped tf-idf: the square root of the count times the term's weight."""
    counts = matrix.counts
    return counts._replace(data=np.sqrt(counts.data) * idf.take(counts.indices))


def _theme(
    units: Sequence[Unit], evidence: Sequence[Unit], rows: Rows, other: TermMatrix, idf: Vector,
    weights: Weights,
) -> Vector:  # fmt: skip
    """The centroid of the sentences, pulled towards the lines that name what matters."""
    early = np.array([(1.0 + unit.position) ** -weights.early for unit in units])
    theme = _normed(column_sums(rows, early))
    lines = weighted(other, idf)
    for reason, name in _EVIDENCE.items():
        share = getattr(weights, name)
        of_kind = np.array([unit.verdict.reason == reason for unit in evidence], float)
        if share and of_kind.any():
            theme = theme + share * _normed(column_sums(lines, of_kind))
    return _normed(theme)


def _normed(vector: Vector) -> Vector:
    return np.asarray(vector / (math.sqrt(float((vector * vector).sum())) or 1))


def _lines(units: Sequence[Unit], evidence: Sequence[Unit], other: TermMatrix, idf: Vector) -> Rows:
    """The lines as unit vectors; words that no sentence has make a line less like any of them."""
    plain = weighted(other, idf)
    known = row_sums(other.counts, other.counts.data)
    unknown = np.array([max(0, 2 * len(unit.terms) - 1) for unit in evidence]) - known
    lengths = np.sqrt(row_sums(plain, plain.data**2) + unknown * np.log(1 + len(units)) ** 2)
    return scaled_rows(plain, 1 / np.where(lengths > 0, lengths, 1))


def _support(
    units: Sequence[Unit], evidence: Sequence[Unit], rows: Rows, other: TermMatrix, idf: Vector
) -> Vector:
    """The best agreement of each sentence with one line of its own document."""
    share = np.array([_SUPPORT.get(unit.verdict.reason, 0.0) for unit in evidence])
    lines = scaled_rows(_lines(units, evidence, other, idf), share).sparse()
    sentences = rows.sparse()
    found = np.zeros(len(units))
    docs = np.array([unit.doc for unit in units])
    lines_of: dict[int, list[int]] = {}
    for place, unit in enumerate(evidence):
        if share[place]:
            lines_of.setdefault(unit.doc, []).append(place)
    for doc, places in lines_of.items():
        own = np.flatnonzero(docs == doc)
        if len(own) * len(places) > 10**7:  # a book of headings: what it is about tells more
            del places[10**7 // len(own) :]
        mine = sentences if len(own) == len(units) else sentences[own]
        theirs = lines if len(places) == len(evidence) else lines[places]
        found[own] = row_maxima((mine @ theirs.T).tocsr())
    return found
