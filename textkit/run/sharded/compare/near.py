"""The near level over blocks: whole groups meet with the statistics of their terms."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.frequencies import Frequencies, Statistics, run_hashes
from textkit.dedup.arrays.sorting import distinct
from textkit.dedup.near.candidates import heads_of
from textkit.dedup.near.judge import groups, judge
from textkit.dedup.near.verify import Verifier, least_containment
from textkit.dedup.options import DedupOptions
from textkit.dedup.pipeline import mark_judged
from textkit.dedup.records import Finding
from textkit.dedup.signatures.features import PERMUTATIONS, Features
from textkit.dedup.signatures.tokens import I64
from textkit.dedup.story.key_facts import Anchors
from textkit.run.sharded.compare.blocks import (
    SIZE,
    Block,
    block_rows,
    by_block,
    end_to_end,
    load,
    read_facts,
)
from textkit.run.sharded.compare.components import components
from textkit.run.sharded.compare.pairing import candidates
from textkit.run.sharded.compare.terms import (
    NOT_CODED,
    single_rows,
    singles,
    statistics,
    statistics_of,
)
from textkit.run.sharded.engine import Batch, Engine, blobs, only
from textkit.run.sharded.steps import Job

PAIR, LABEL = 0, 2  # flags 0 and 1 are of pairs


def mark_near(engine: Engine, job: Job, count: int, kept: int) -> None:
    """Write what is found about the documents that candidate pairs connect."""
    pairs = candidates(engine, job, count, kept)
    labels = engine.map(_as_labels, components(engine, engine.map(_without_flag, pairs)))
    linked = engine.map(_blocked, engine.both(pairs, labels))
    members = engine.keep(engine.group_by_key(_members, linked, "block"))
    grouped = engine.group_by_key(_representatives, members, "label")
    engine.gather(engine.group_by_key(partial(by_block, job, "grouped"), grouped, "block"))
    statistics(engine, job, count)
    documents = engine.map(partial(_with_words, job), block_rows(count))
    together = engine.both(engine.map(_pairs_only, members), documents)
    counting = singles(engine, job, count)
    judged = engine.group_by_key(partial(_judge, job.options.dedup, counting), together, "label")
    engine.gather(engine.group_by_key(partial(by_block, job, "near"), judged, "block"))


def _without_flag(batch: Batch) -> Batch:
    return {"one": batch["one"], "other": batch["other"]}


def _as_labels(batch: Batch) -> Batch:
    return {**batch, "flag": np.full(len(batch["one"]), LABEL, dtype=np.int8)}


def _blocked(batch: Batch) -> Batch:
    return {**batch, "block": batch["one"] // SIZE}


def _members(batch: Batch) -> Batch:
    """Each pair with the label of its group, and each document of a group as a pair of its own.

    The least of a group has no label but is the first of pairs.
    """
    is_label = batch["flag"] == LABEL
    order = np.argsort(batch["one"][is_label])
    nodes, names = batch["one"][is_label][order], batch["other"][is_label][order]
    one, other = batch["one"][~is_label], batch["other"][~is_label]
    every = distinct(np.concatenate([nodes, one]))

    def label(values: I64) -> I64:
        at = np.minimum(np.searchsorted(nodes, values), max(len(nodes) - 1, 0))
        if not len(nodes):
            return values
        return np.where(nodes[at] == values, names[at], values)

    return {
        "label": np.concatenate([label(one), label(every)]),
        "one": np.concatenate([one, every]),
        "other": np.concatenate([other, every]),
        "flag": np.concatenate([batch["flag"][~is_label], np.zeros(len(every), np.int8)]),
    }


def _representatives(batch: Batch) -> Batch:
    """The documents of groups, and whether each stands for those that are surely like it."""
    nodes = distinct(batch["one"])
    alike = batch["flag"] > 0
    pairs = np.stack([batch[name][alike] for name in ("one", "other")], axis=1)
    local = np.searchsorted(nodes, pairs).reshape(-1, 2)
    single = heads_of(local, len(nodes)) == np.arange(len(nodes))
    own = batch["one"] == batch["other"]
    order = np.argsort(batch["one"][own])
    label = batch["label"][own][order]
    return {"at": nodes, "label": label, "single": single, "block": nodes // SIZE}


def _with_words(job: Job, batch: Batch) -> Batch:
    """The documents of groups with their words, the statistics of these, and their facts."""
    rows: dict[str, list[Any]] = {name: [] for name in ("label", "at", *_TEXTS)}
    for number in batch["block"].tolist():
        features, at, _, grouped = single_rows(job, number)
        if not len(grouped):
            continue
        labels = load(job, "grouped", number)["label"]
        features, known = features.words_of(grouped), statistics_of(job, number, 0)
        hashes, starts = run_hashes(features)
        words = known.words.of(features.words).astype(np.int32)
        runs = known.runs.of(hashes).astype(np.int32)
        common = np.isin(hashes, known.common_runs)
        block = Block(job, number)
        facts = block.strings("facts")
        for row, place in enumerate(grouped.tolist()):
            own = slice(*features.starts[row : row + 2].tolist())
            mine = slice(*starts[row : row + 2].tolist())
            rows["label"].append(labels[row])
            rows["at"].append(at[place])
            rows["words"].append(features.words[own].tobytes())
            rows["word_counts"].append(words[own].tobytes())
            rows["run_counts"].append(runs[mine].tobytes())
            rows["common"].append(common[mine].tobytes())
            rows["facts"].append(facts[int(at[place] - block.at[0])])
    one = np.array(rows["at"], dtype=np.int64)
    return {
        "label": np.array(rows["label"], dtype=np.int64),
        "one": one,
        "other": one,
        **{name: blobs(rows[name]) for name in _TEXTS},
    }


_TEXTS = ("words", "word_counts", "run_counts", "common", "facts")


def _pairs_only(batch: Batch) -> Batch:
    pairs = batch["one"] != batch["other"]
    rows = {name: batch[name][pairs] for name in ("label", "one", "other")}
    return {**rows, **{name: blobs([b""] * int(pairs.sum())) for name in _TEXTS}}


def _judge(options: DedupOptions, single: int, batch: Batch) -> Batch:
    """Judge whole groups; return what is found about each of their documents."""
    own = batch["one"] == batch["other"]
    documents = only(batch, np.flatnonzero(own)[np.argsort(batch["one"][own])])
    at: I64 = documents["one"]
    codes = distinct((batch["one"][~own] << 32) | batch["other"][~own])
    pairs = np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1)
    pairs = np.searchsorted(at, pairs).reshape(-1, 2)
    features, known = _features(documents, single)
    findings = {int(one): Finding(cluster=int(one)) for one in at.tolist()}
    for rows, which in groups(pairs, features.sizes):
        verifier = Verifier(features.words_of(rows), known)
        local = np.searchsorted(rows, pairs[which]).reshape(-1, 2)
        scores = verifier.scores(local, least_containment(options))
        judged = judge(verifier, scores, partial(_facts, documents["facts"][rows]), options)
        mark_judged(findings, at[rows], judged, verifier.sizes)
    found = [f for f in findings.items() if f[1] != Finding(cluster=f[0])]
    places = np.array([one for one, _ in found], dtype=np.int64)
    return {
        "at": places,
        "block": places // SIZE,
        "finding": blobs([msgspec.json.encode(finding) for _, finding in found]),
    }


def _facts(packed: NDArray[Any], row: int) -> Anchors:
    return read_facts(packed[row])


def _features(documents: Batch, single: int) -> tuple[Features, Statistics]:
    """Documents as they came, and the statistics that came with them."""

    def column(name: str, kind: Any) -> NDArray[Any]:
        return np.frombuffer(b"".join(documents[name].tolist()), dtype=kind)

    count = len(documents["one"])
    none = np.zeros(count + 1, dtype=np.int64)
    features = Features(
        np.zeros((count, 2), np.uint64), *end_to_end(documents["words"], np.uint32),
        np.zeros((count, PERMUTATIONS), np.uint32), NOT_CODED, none,
    )  # fmt: skip
    hashes = run_hashes(features)[0]
    words, at = np.unique(features.words, return_index=True)
    runs, first = np.unique(hashes, return_index=True)
    common = column("common", np.bool_)
    return features, Statistics(
        Frequencies(single, words, column("word_counts", np.int32)[at]),
        Frequencies(single, runs, column("run_counts", np.int32)[first]),
        runs[common[first]],
    )
