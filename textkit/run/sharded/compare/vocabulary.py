"""What comparing stories must know of the corpus: in how many documents words and facts stand.

It grows as the vocabulary does, is counted block by block and added up by term, and lies in one
file that every worker reads.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.frequencies import Frequencies, word_tally
from textkit.dedup.arrays.sorting import heads, tally
from textkit.dedup.signatures.features import Features
from textkit.dedup.signatures.tokens import I64
from textkit.dedup.story.fact_keys import fact_keys
from textkit.dedup.story.groups import cheap_words
from textkit.run.sharded.compare.blocks import Block, block_path, load, read_facts, save
from textkit.run.sharded.compare.results import near_findings
from textkit.run.sharded.engine import Batch, joined, only
from textkit.run.sharded.steps import Job

WORD, FACT = 0, 1
STATISTICS = "story-statistics"


class Rows(NamedTuple):
    """Documents that stand for their cluster and hold one story, with what comparing needs."""

    at: I64
    features: Features
    facts: list[bytes]
    dates: list[bytes]


def rows_of(job: Job, number: int) -> Rows:
    """Return those of a block."""
    block, known = Block(job, number), near_findings(job, number)
    features = block.features()
    chosen = []
    for row in block.kept(features).tolist():
        finding = known.get(int(block.at[row]))
        if finding is None or (finding.cluster == block.at[row] and not finding.held):
            chosen.append(row)
    rows = np.array(chosen, dtype=np.int64)
    facts, dates = block.strings("facts"), block.strings("dates")
    return Rows(
        block.at[rows], features.words_of(rows),
        [facts[row] for row in chosen], [dates[row] for row in chosen],
    )  # fmt: skip


def date_of(stamp: bytes) -> str | None:
    """Return the date that a block keeps as bytes."""
    date = stamp.decode("utf-8", "surrogatepass")
    return None if date == "\U0010ffff" else date


def keys_of(facts: list[bytes]) -> tuple[NDArray[np.uint64], I64]:
    """Return the keys of facts, end to end, and where each document's begin."""
    return fact_keys(map(read_facts, facts))


def tallies(job: Job, batch: Batch) -> Batch:
    """In how many documents of a block each word and each fact stands, and how many there are."""
    parts = []
    for number in batch["block"].tolist():
        rows = rows_of(job, number)
        words, counts = word_tally(rows.features)
        facts, times = tally(keys_of(rows.facts)[0])
        parts.append({
            "term": np.concatenate([words.astype(np.uint64), facts, np.zeros(1, np.uint64)]),
            "kind": np.repeat([WORD, FACT, _ALL], [len(words), len(facts), 1]).astype(np.int8),
            "count": np.concatenate([counts, times, [len(rows.at)]]).astype(np.int64),
        })  # fmt: skip
    return joined(parts)


_ALL, _SINGLE = 2, 3  # of documents; of words that stand in one


def sums(batch: Batch) -> Batch:
    """The sums; of words that stand in one document, only how many there are."""
    order = np.lexsort((batch["term"], batch["kind"]))
    rows = only(batch, order)
    starts = np.flatnonzero(heads(rows["term"]) | heads(rows["kind"]))
    counts = np.add.reduceat(rows["count"], starts)
    terms, kinds = rows["term"][starts], rows["kind"][starts]
    kept = (counts > 1) | (kinds == _ALL)
    single = int((~kept & (kinds == WORD)).sum())
    return {
        "one": np.zeros(int(kept.sum()) + 1, np.int64),
        "term": np.append(terms[kept], np.uint64(0)),
        "kind": np.append(kinds[kept], np.int8(_SINGLE)),
        "count": np.append(counts[kept], single),
    }


def write_statistics(job: Job, batch: Batch) -> Batch:
    """Add up what is left and write the statistics; return how many documents there are."""
    order = np.lexsort((batch["term"], batch["kind"]))
    rows = only(batch, order)
    kind = rows["kind"]
    documents = int(rows["count"][kind == _ALL].sum())
    words = Frequencies(
        documents, rows["term"][kind == WORD].astype(np.uint32),
        rows["count"][kind == WORD].astype(np.int32), int(rows["count"][kind == _SINGLE].sum()),
    )  # fmt: skip
    save(block_path(job, STATISTICS, 0), {
        "documents": np.array([documents]), "single": np.array([words.single]),
        "words": words.terms, "word_counts": words.counts,
        "facts": rows["term"][kind == FACT],
        "fact_counts": rows["count"][kind == FACT].astype(np.int32),
        "cheap": cheap_words(words, documents),
    })  # fmt: skip
    return {"documents": np.array([documents])}


class Known(NamedTuple):
    """The statistics of the corpus, and the words by which candidates are looked for."""

    words: Frequencies
    facts: Frequencies
    cheap: NDArray[np.uint32]


def known(job: Job) -> Known:
    """Return the statistics."""
    found = load(job, STATISTICS, 0)
    documents = int(found["documents"][0])
    words = Frequencies(documents, found["words"], found["word_counts"], int(found["single"][0]))
    return Known(
        words, Frequencies(documents, found["facts"], found["fact_counts"]), found["cheap"]
    )
