"""`corpus.md` of a run over shards: the corpus summary, and where the records are.

The summary is the one that a run on one machine makes: of all articles where they are few, and of
those that win a tournament where they are many. Its groups are played on the engine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial

import numpy as np

from textkit.document import Document, decode
from textkit.report.markdown import escape
from textkit.run.cards import card_of, read_card
from textkit.run.corpus import sentence_lines
from textkit.run.sharded.engine import Batch, Data, Engine, blobs, joined, only
from textkit.run.sharded.files import Done, write
from textkit.run.sharded.steps import Job
from textkit.run.sharded.tables import lines_of
from textkit.run.shortlist import MOST, Group, entry, groups_of, play
from textkit.summarize import SummarizeOptions, summarize_corpus


def write_corpus(engine: Engine, job: Job, done: list[Done]) -> None:
    """Write the page."""
    shards = [{"shard": np.array([number])} for number in range(len(job.shards))]
    final = _finalists(engine, job, engine.map(partial(_entries, job), shards))
    engine.gather(engine.map(partial(_page, job, done, final), [{"x": final[:1]}]))


def _finalists(engine: Engine, job: Job, left: Data) -> np.ndarray:
    """Play round after round; return the places of those that are read in whole, in order."""
    while True:
        left = engine.keep(left)
        count = int(engine.gather(engine.map(_count, left)).get("count", np.zeros(1)).sum())
        if count <= MOST:
            break
        groups = groups_of(count)
        dealt = engine.map(partial(_deal, groups), left)
        won = engine.keep(engine.group_by_key(partial(_play, job.options.corpus), dealt, "group"))
        still = int(engine.gather(engine.map(_count, won)).get("count", np.zeros(1)).sum())
        if still in (0, count):
            break
        left = won
    places: np.ndarray = engine.gather(engine.map(_places, left)).get("place", np.zeros(0, int))
    return np.sort(places)[:MOST]


def _entries(job: Job, batch: Batch) -> Batch:
    """The cards of a shard's articles, copies left out, with their lots."""
    lots, places, cards = [], [], []
    for number in batch["shard"].tolist():
        for row, line in enumerate(lines_of(job.article_path(job.shards[number]))):
            data = card_of(decode(line))
            card = read_card(data)
            if not card.copy_of:
                lots.append(entry(0, card).lot)
                places.append(number << 32 | row)
                cards.append(data)
    return {
        "lot": np.array(lots, dtype=np.uint64),
        "place": np.array(places, dtype=np.int64),
        "card": blobs(cards),
    }


def _count(batch: Batch) -> Batch:
    return {"count": np.array([len(batch["place"])])}


def _places(batch: Batch) -> Batch:
    return {"place": batch["place"]}


def _deal(groups: int, batch: Batch) -> Batch:
    return {**batch, "group": (batch["lot"] % np.uint64(groups)).astype(np.int64)}


def _play(options: SummarizeOptions, batch: Batch) -> Batch:
    """The winners of each group."""
    rows, parts = only(batch, np.argsort(batch["place"])), []
    for number in np.unique(rows["group"]).tolist():
        some = only(rows, rows["group"] == number)
        _, won = play(options, Group("", some["place"].tolist(), some["card"].tolist()))
        parts.append(only(some, np.isin(some["place"], np.array(won, dtype=np.int64))))
    return {name: column for name, column in joined(parts).items() if name != "group"}


def _page(job: Job, done: list[Done], final: np.ndarray, _: Batch) -> Batch:
    corpus = summarize_corpus(_documents(job, final), job.options.corpus)
    pieces = ["# Corpus summary", "\n".join(sentence_lines(corpus.summary, {}))]
    pieces += [f"> {escape(warning)}" for warning in corpus.warnings]
    pieces += ["## Articles", "\n".join(_rows(job, done))]
    text = "\n\n".join(piece for piece in pieces if piece) + "\n"
    write(os.path.join(job.out, "corpus.md"), [text.encode("utf-8", "replace")])
    return {"written": np.ones(1)}


def _documents(job: Job, final: np.ndarray) -> Iterator[Document]:
    for number in np.unique(final >> 32).tolist():
        rows = set((final[final >> 32 == number] & 0xFFFFFFFF).tolist())
        for row, line in enumerate(lines_of(job.article_path(job.shards[number]))):
            if row in rows:
                yield decode(line)


def _rows(job: Job, done: list[Done]) -> Iterator[str]:
    yield "| records | articles | copies | stories told more than once |"
    yield "| --- | --: | --: | --: |"
    for shard, found in zip(job.shards, done, strict=True):
        name = os.path.basename(job.article_path(shard))
        numbers = (found.counts.get(n, 0) for n in ("documents", "copies", "stories"))
        yield f"| [{name}](<articles/{name}>) | " + " | ".join(map(str, numbers)) + " |"
