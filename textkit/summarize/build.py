"""Summaries as records hold them: sentences with offsets, scores, ranks and reasons."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from textkit.document import Document, SummarySentence, source_spans
from textkit.summarize.eligibility import overlapping
from textkit.summarize.options import SummarizeOptions
from textkit.summarize.rank import Choice, method_of, rank
from textkit.summarize.select import UNLIMITED, Budget, counts_words
from textkit.summarize.units import Pool, Unit
from textkit.text.dates import date_key

SENTENCES, CORPUS_SENTENCES = 3, 8  # where no length is asked for


def summary_of(pool: Pool, options: SummarizeOptions, corpus: bool) -> list[SummarySentence]:
    """Return the summary of the documents of a pool, in the order asked for."""
    units = pool.candidates
    choice = choose(pool, options, corpus)
    if options.ratio is not None and not choice.order:  # a share smaller than any sentence
        options = replace(options, ratio=None, sentences=1)
        choice = choose(pool, options, corpus)
    method = method_of(pool, options, corpus)
    made = _sentences(pool, units, choice, method)
    order = options.order or ("date" if corpus else "text")
    return [s for _, s in sorted(made, key=lambda pair: _key(pool, pair[0], pair[1], order))]


def choose(pool: Pool, options: SummarizeOptions, corpus: bool) -> Choice:
    """Return what is taken. The share of a document is of what is taken, not of what was asked.

    Where other documents had too little to say, a document's limit is lowered, never below one;
    where words are counted, the room that is left is filled instead.
    """
    budget = budget_of(pool, options, corpus)
    choice = rank(pool, budget, options, corpus)
    if counts_words(budget):
        return choice
    while 1 < budget.per_document < UNLIMITED:
        most = max(1, math.floor(options.share * len(choice.order)))
        taken = Counter(pool.candidates[i].doc for i in choice.order)
        if not taken or max(taken.values()) <= most:
            break
        budget = replace(budget, per_document=min(most, budget.per_document - 1))
        choice = rank(pool, budget, options, corpus)
    return choice


def budget_of(pool: Pool, options: SummarizeOptions, corpus: bool) -> Budget:
    """Return how much the summary may hold."""
    sentences, words = UNLIMITED, UNLIMITED
    if options.words is not None:
        words = options.words
    elif options.ratio is not None:
        words = math.floor(options.ratio * sum(unit.words for unit in pool.units))
    else:
        default = CORPUS_SENTENCES if corpus else SENTENCES
        sentences = default if options.sentences is None else options.sentences
    return Budget(sentences, words, _per_document(pool, options, sentences, words, corpus))


def _per_document(
    pool: Pool, options: SummarizeOptions, sentences: int, words: int, corpus: bool
) -> int:
    """At most so many sentences of one document; no limit where too few documents share it."""
    documents = {unit.doc for unit in pool.candidates}
    if not corpus or len(documents) < 2:
        return UNLIMITED
    share = max(options.share, 2 / len(documents)) if words < UNLIMITED else options.share
    if len(documents) * share < 1:
        return UNLIMITED
    if sentences == UNLIMITED:
        lengths = sorted(unit.words for unit in pool.candidates)
        sentences = max(1, words // max(1, lengths[len(lengths) // 2]))
    return max(1, math.floor(share * sentences))


def _sentences(
    pool: Pool, units: Sequence[Unit], choice: Choice, method: str
) -> Iterable[tuple[Unit, SummarySentence]]:
    spans = _source_spans(pool, [units[i] for i in choice.order])
    for place, i in enumerate(choice.order):
        unit = units[i]
        document = pool.documents[unit.doc]
        passages = overlapping(document.passages, unit.start, unit.end)
        yield (
            unit,
            SummarySentence(
                text=unit.text,
                start=unit.start,
                end=unit.end,
                score=round(float(choice.scores[i]), 6),
                rank=place + 1,
                source_start=spans[place][0],
                source_end=spans[place][1],
                id=document.id,
                origin=next((p.origin for p in passages if p.origin), None),
                gloss=_gloss(document, unit) if any(p.gloss for p in passages) else None,
                reasons=_reasons(unit, method),
            ),
        )


def _gloss(document: Document, unit: Unit) -> str | None:
    from textkit.translate.gloss.beside import gloss_between

    return gloss_between(document, unit.start, unit.end)


def _source_spans(pool: Pool, chosen: Sequence[Unit]) -> list[tuple[int, int]]:
    """Return source spans, computed document by document."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for doc in {unit.doc for unit in chosen}:
        own = [(unit.start, unit.end) for unit in chosen if unit.doc == doc]
        for span, source in zip(own, source_spans(pool.documents[doc], own), strict=True):
            found[doc, span[0]] = source
    return [found[unit.doc, unit.start] for unit in chosen]


def _reasons(unit: Unit, method: str) -> tuple[str, ...]:
    reasons = [method, f"sentence {unit.position + 1} of the candidates"]
    if unit.facts >= 0.5:
        reasons.append("numbers and names")
    if unit.verdict.leans:
        reasons.append("with the sentence before it")
    return tuple(reasons)


def _key(pool: Pool, unit: Unit, sentence: SummarySentence, order: str) -> tuple[object, ...]:
    if order == "score":
        return (sentence.rank,)
    if order == "date":
        return (date_key(pool.documents[unit.doc].date), unit.doc, unit.index)
    return (unit.doc, unit.index)
