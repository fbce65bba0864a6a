"""`corpus.md` of a run over shards: the corpus summary, its stories, and where the records are.

Up to SINGLE documents are summarised as a run on one machine does it. Of more, each group of them
names those that its own summary draws on, and the summary is of these.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from textkit.document import Document, decode
from textkit.report.markdown import escape
from textkit.run.corpus import sentence_lines
from textkit.run.sharded.engine import Batch, Engine, blobs
from textkit.run.sharded.files import Done, write
from textkit.run.sharded.steps import Job
from textkit.run.sharded.tables import lines_of
from textkit.summarize import SummarizeOptions, summarize_corpus
from textkit.summarize.units import is_copy

SINGLE = 20_000  # documents
GROUP = 2_000
DRAWN = 4  # a group names so many times the sentences that are wanted


class Page(NamedTuple):
    """What the page says besides the summary."""

    done: list[Done]  # of each shard
    warnings: list[str]  # of the whole run


def write_corpus(engine: Engine, job: Job, done: list[Done], warnings: list[str]) -> None:
    """Write the page."""
    page = Page(done, warnings)
    chosen: list[Batch] = [{"shard": np.arange(len(job.shards))}]
    if sum(d.documents for d in done) > SINGLE:
        shards = [{"shard": np.array([n])} for n in range(len(job.shards))]
        drawn = engine.map(partial(_drawn, job), shards)
        engine.gather(engine.group_by_key(partial(_page_of_drawn, job, page), drawn, "one"))
        return
    engine.gather(engine.map(partial(_page, job, page), chosen))


def _all(job: Job, numbers: Iterator[int] | range) -> Iterator[Document]:
    for number in numbers:
        for line in lines_of(job.article_path(job.shards[number])):
            yield decode(line)


def _drawn(job: Job, batch: Batch) -> Batch:
    """The documents that the summaries of groups of a shard draw on, with their order."""
    wanted = job.options.corpus
    more = SummarizeOptions(sentences=DRAWN * (wanted.sentences or 1))
    lines: list[bytes] = []
    order: list[tuple[int, int]] = []
    for number in batch["shard"].tolist():
        group: list[tuple[int, bytes]] = []
        for place, line in enumerate(lines_of(job.article_path(job.shards[number]))):
            group.append((place, line))
            if len(group) == GROUP:
                _draw(group, more, number, lines, order)
                group = []
        _draw(group, more, number, lines, order)
    return {
        "one": np.zeros(len(lines), np.int64),
        "shard": np.array([s for s, _ in order], dtype=np.int64),
        "number": np.array([n for _, n in order], dtype=np.int64),
        "record": blobs(lines),
    }


def _draw(
    group: list[tuple[int, bytes]],
    options: SummarizeOptions,
    shard: int,
    lines: list[bytes],
    order: list[tuple[int, int]],
) -> None:
    summary = summarize_corpus((decode(line) for _, line in group), options).summary
    ids = {sentence.id for sentence in summary}
    for place, line in group:
        document = decode(line)
        if document.id in ids and not is_copy(document):
            order.append((shard, place))
            lines.append(line)


def _page_of_drawn(job: Job, page: Page, batch: Batch) -> Batch:
    order = np.lexsort((batch["number"], batch["shard"])).tolist()
    documents = (decode(batch["record"][at]) for at in order)
    return _write(job, page, summarize_corpus(documents, job.options.corpus))


def _page(job: Job, page: Page, batch: Batch) -> Batch:
    numbers = range(len(job.shards)) if len(batch["shard"]) else range(0)
    return _write(job, page, summarize_corpus(_all(job, numbers), job.options.corpus))


def _write(job: Job, page: Page, corpus: Document) -> Batch:
    links = {s.id: escape(s.id or "") for s in corpus.summary if s.id}
    pieces = ["# Corpus summary", "\n".join(sentence_lines(corpus.summary, links))]
    pieces += [f"> {escape(warning)}" for warning in (*corpus.warnings, *page.warnings)]
    pieces += ["## Articles", "\n".join(_rows(job, page.done))]
    text = "\n\n".join(piece for piece in pieces if piece) + "\n"
    write(os.path.join(job.out, "corpus.md"), [text.encode("utf-8", "replace")])
    return {"written": np.ones(1)}


def _rows(job: Job, done: list[Done]) -> Iterator[str]:
    yield "| records | articles | copies | stories told more than once |"
    yield "| --- | --: | --: | --: |"
    for shard, found in zip(job.shards, done, strict=True):
        name = os.path.basename(job.article_path(shard))
        numbers = (found.counts.get(n, 0) for n in ("documents", "copies", "stories"))
        yield f"| [{name}](<articles/{name}>) | " + " | ".join(map(str, numbers)) + " |"
