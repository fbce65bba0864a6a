"""What is new: summaries of later documents that leave out what earlier ones told.

`since` summarises what was published from a day on, beside what was known before it (the update
task of DUC 2007); a timeline takes one sentence per day, beside all days before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from textkit.document import Document, SummarySentence
from textkit.summarize.build import summary_of
from textkit.summarize.concepts import CORPUS, concepts
from textkit.summarize.options import SummarizeOptions
from textkit.summarize.units import Pool, pool
from textkit.text.dates import day_of


def split_by_day(
    documents: Iterable[Document], since: date
) -> tuple[list[Document], list[Document]]:
    """Return the documents before a day, and those of it and later; one without a date is new."""
    before: list[Document] = []
    after: list[Document] = []
    for document in documents:
        day = day_of(document.date)
        (before if day and day < since else after).append(document)
    return before, after


def told_by(documents: Pool) -> frozenset[str]:
    """Return the concepts of all sentences of some documents."""
    return frozenset(
        name
        for unit in documents.units
        for name in concepts(unit, documents.langs[unit.doc], CORPUS.kinds)
    )


def what_is_new(
    documents: Iterable[Document], options: SummarizeOptions
) -> tuple[Pool, list[SummarySentence]]:
    """Return the documents since `options.since`, and a summary of what only they tell."""
    assert options.since is not None
    before, after = split_by_day(documents, options.since)
    candidates = pool(after, options)
    candidates.known = told_by(pool(before, options))
    return candidates, summary_of(candidates, options, corpus=True)


def timeline(
    documents: Iterable[Document], options: SummarizeOptions
) -> tuple[Pool, list[SummarySentence]]:
    """Return the dated documents, and one sentence per day that says what was new on it."""
    dated = [(day, d) for d in documents if (day := day_of(d.date)) is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].id))
    one = options.replace(sentences=1, words=None, ratio=None)
    known: frozenset[str] = frozenset()
    chosen: list[SummarySentence] = []
    for day, group in groupby(dated, key=lambda pair: pair[0]):
        candidates = pool([document for _, document in group], options)
        candidates.known = known
        summary = summary_of(candidates, one, corpus=True)
        chosen += [replace(sentence, date=day.isoformat()) for sentence in summary]
        known |= told_by(candidates)
    return pool([document for _, document in dated], options), chosen
