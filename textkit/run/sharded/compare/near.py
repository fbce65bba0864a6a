"""The near level over blocks: whole groups meet with the statistics of their terms."""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from textkit.dedup.analysis import mark_judged
from textkit.dedup.anchors import Anchors
from textkit.dedup.candidates import heads_of
from textkit.dedup.facts import unpacked
from textkit.dedup.features import PERMUTATIONS, Features
from textkit.dedup.near import groups, judge
from textkit.dedup.options import DedupOptions
from textkit.dedup.records import Finding
from textkit.dedup.sorting import distinct, heads
from textkit.dedup.statistics import RARE_RUN, Frequencies, Statistics, run_hashes
from textkit.dedup.tokens import I64, U64
from textkit.dedup.verify import Verifier, least_containment
from textkit.run.sharded.compare.blocks import SIZE, Block, block_rows, by_block, load
from textkit.run.sharded.compare.components import components
from textkit.run.sharded.engine import Batch, Data, Engine, blobs, only
from textkit.run.sharded.steps import Job

PAIR, LABEL = 0, 2  # flags 0 and 1 are of pairs
WORD, RUN = 0, 1
NOT_CODED = np.zeros(0, np.uint64)


def mark_near(engine: Engine, job: Job, count: int, pairs: Data) -> None:
    """Write what is found about the documents that candidate pairs connect."""
    labels = engine.map(_as_labels, components(engine, engine.map(_without_flag, pairs)))
    linked = engine.map(_blocked, engine.both(pairs, labels))
    members = engine.keep(engine.group_by_key(_members, linked, "block"))
    grouped = engine.group_by_key(_representatives, members, "label")
    engine.gather(engine.group_by_key(partial(by_block, job, "grouped"), grouped, "block"))
    statistics(engine, job, count)
    documents = engine.map(partial(_with_words, job), block_rows(count))
    together = engine.both(engine.map(_pairs_only, members), documents)
    single = _singles(engine, job, count)
    judged = engine.group_by_key(partial(_judge, job.options.dedup, single), together, "label")
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


# statistics


def _singles(engine: Engine, job: Job, count: int) -> int:
    found = engine.gather(engine.map(partial(_single_count, job), block_rows(count)))
    return int(found["count"].sum()) if found else 0


def _single_rows(job: Job, number: int) -> tuple[Features, I64, NDArray[np.bool_], I64]:
    """The features of a block's kept documents, their ranks, which count, and which are grouped."""
    block = Block(job, number)
    features = block.features()
    rows = block.kept(features)
    at = block.at[rows]
    found = load(job, "grouped", number)
    members = found.get("at", np.zeros(0, np.int64))
    copies = members[~found["single"]] if found else members
    return features.words_of(rows), at, ~np.isin(at, copies), np.flatnonzero(np.isin(at, members))


def _single_count(job: Job, batch: Batch) -> Batch:
    return {"count": np.array([_single_rows(job, n)[2].sum() for n in batch["block"].tolist()])}


def statistics(engine: Engine, job: Job, count: int) -> None:
    """Write, for each block, in how many documents of the corpus the terms of its groups stand."""
    terms = engine.map(partial(_terms, job), block_rows(count))
    counted = engine.group_by_key(_counted, terms, "term")
    engine.gather(engine.group_by_key(partial(_write_statistics, job), counted, "block"))


def _terms(job: Job, batch: Batch) -> Batch:
    """The terms of each block: how many of its documents have each, how often, and who asks."""
    parts = []
    for number in batch["block"].tolist():
        features, _, single, grouped = _single_rows(job, number)
        hashes, starts = run_hashes(features)
        both = ((WORD, features.words.astype(np.uint64), features.starts), (RUN, hashes, starts))
        parts += [_block_terms(number, *one, single, grouped) for one in both]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _block_terms(
    number: int, kind: int, values: U64, starts: I64, single: NDArray[np.bool_], grouped: I64
) -> Batch:
    owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    terms, at = np.unique(values, return_inverse=True)
    counts = single[owners]
    times = np.bincount(at[counts], minlength=len(terms))
    pairs = distinct((at[counts].astype(np.int64) << 32) | owners[counts])
    asked = np.zeros(len(terms), dtype=np.bool_)
    asked[at[np.isin(owners, grouped)]] = True
    return {
        "term": terms,
        "kind": np.full(len(terms), kind, dtype=np.int8),
        "block": np.full(len(terms), number),
        "documents": np.bincount(pairs >> 32, minlength=len(terms)),
        "times": times,
        "asked": asked,
    }


def _counted(batch: Batch) -> Batch:
    """The sums of each term over all blocks, for the blocks that ask; what is in one needs none."""
    order = np.lexsort((batch["term"], batch["kind"]))
    rows = only(batch, order)
    new = heads(rows["term"]) | heads(rows["kind"])
    which = np.cumsum(new) - 1
    documents = np.bincount(which, rows["documents"]).astype(np.int64)[which]
    times = np.bincount(which, rows["times"]).astype(np.int64)[which]
    kept = rows["asked"] & ((documents > 1) | (times > RARE_RUN))
    return {
        "term": rows["term"][kept],
        "kind": rows["kind"][kept],
        "block": rows["block"][kept],
        "documents": documents[kept],
        "common": (times > RARE_RUN)[kept] & (rows["kind"][kept] == RUN),
    }


def _write_statistics(job: Job, batch: Batch) -> Batch:
    return by_block(job, "statistics", {**batch, "at": batch["term"].view(np.int64)})


def _statistics_of(job: Job, number: int, single: int) -> Statistics:
    found = load(job, "statistics", number)
    if not found:
        found = {
            "term": NOT_CODED, "kind": np.zeros(0, np.int8), "documents": np.zeros(0, np.int64),
            "common": np.zeros(0, np.bool_),
        }  # fmt: skip
    rows = only(found, np.argsort(found["term"]))
    return Statistics(
        _frequencies(rows, WORD, single), _frequencies(rows, RUN, single),
        rows["term"][rows["common"]],
    )  # fmt: skip


def _frequencies(rows: Batch, kind: int, single: int) -> Frequencies:
    mine = (rows["kind"] == kind) & (rows["documents"] > 1)
    terms: NDArray[Any] = rows["term"][mine]
    if kind == WORD:
        terms = terms.astype(np.uint32)
    return Frequencies(single, terms, rows["documents"][mine].astype(np.int32))


# verification


def _with_words(job: Job, batch: Batch) -> Batch:
    """The documents of groups with their words, the statistics of these, and their facts."""
    rows: dict[str, list[Any]] = {name: [] for name in ("label", "at", *_TEXTS)}
    for number in batch["block"].tolist():
        features, at, _, grouped = _single_rows(job, number)
        if not len(grouped):
            continue
        labels = load(job, "grouped", number)["label"]
        features, known = features.words_of(grouped), _statistics_of(job, number, 0)
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
    return unpacked(packed[row].decode("utf-8", "surrogatepass"))


def _features(documents: Batch, single: int) -> tuple[Features, Statistics]:
    """Documents as they came, and the statistics that came with them."""

    def column(name: str, kind: Any) -> NDArray[Any]:
        return np.frombuffer(b"".join(documents[name].tolist()), dtype=kind)

    count = len(documents["one"])
    sizes = [len(words) // 4 for words in documents["words"]]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    none = np.zeros(count + 1, dtype=np.int64)
    features = Features(
        np.zeros((count, 2), np.uint64), column("words", np.uint32), starts,
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
