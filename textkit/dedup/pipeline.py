"""The whole comparison of a corpus: map, group by key, verify, components, story by story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from msgspec.structs import replace

from textkit.dedup.arrays.frequencies import Base, count
from textkit.dedup.exact import exact_copies
from textkit.dedup.near.candidates import by_bands, by_sentences, representatives, split, union
from textkit.dedup.near.criteria import min_containment
from textkit.dedup.near.judge import Judged, groups, judge
from textkit.dedup.near.variants import MAX_NAMED
from textkit.dedup.near.verify import NO_SCORES, Scores, Verifier, joined
from textkit.dedup.options import DedupOptions
from textkit.dedup.passages.own_summary import embedded_summaries
from textkit.dedup.passages.repeats import MOST_DOCUMENTS, passages
from textkit.dedup.passages.statements import Said, said
from textkit.dedup.ranking import ranked
from textkit.dedup.records import Finding, dedup_record
from textkit.dedup.signatures.features import Features, batches, features_of, gather
from textkit.dedup.signatures.tokens import I64
from textkit.dedup.story.fact_keys import packed, unpacked
from textkit.dedup.story.groups import group_stories
from textkit.dedup.story.key_facts import Anchors, anchors
from textkit.document import Dedup, Document, Repeat

PART = 0.8  # of the other one's words: what is shorter is a part of it
FactsOf = Callable[[int], Anchors]
Findings = list[Finding] | dict[int, Finding]  # by position
PassagesOf = Callable[[int], tuple[Said, Sequence[Repeat]]]
_CACHED = 1 << 12  # documents whose facts are sets


@dataclass(frozen=True)
class Analysis:
    """What was found out about a corpus; positions count in the order of rank."""

    order: list[int]  # where each document stood in the input
    documents: list[Document]
    findings: list[Finding]
    scores: Scores  # of every candidate pair, where they were asked for


def analyse(
    documents: Iterable[Document], options: DedupOptions, with_scores: bool = True
) -> Analysis:
    """Compare all documents with each other. The order of the input changes nothing."""
    given = list(documents)
    order = ranked(given, options)
    chosen = [given[at] for at in order]
    del given
    features = map_features((d.text for d in chosen), options.jobs)
    findings, scores = compare(chosen, features, options, with_scores=with_scores)
    del features
    mark_passages(findings, chosen, lambda at: passages_in(chosen[at]), options)
    return Analysis(order, chosen, findings, scores)


def map_features(texts: Iterable[str], jobs: int = 1) -> Features:
    """Return the features of all texts; the only step that more processes make quicker."""
    if jobs == 1:
        return gather(features_of(batch) for batch in batches(texts))
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as pool:
        return gather(pool.map(features_of, batches(texts)))


def compare(
    documents: Sequence[Document],
    features: Features,
    options: DedupOptions,
    base: Base | None = None,
    stored: Scores | None = None,
    facts: Sequence[str] | None = None,
    with_scores: bool = True,
) -> tuple[list[Finding], Scores]:
    """Return what is found about ranked documents, and the scores of all candidate pairs.

    `base` is what was counted before; with `stored` scores of pairs no pair is scored again;
    `facts` are those of all documents, where their texts are not at hand.
    """
    findings = [Finding(cluster=at, kept=at) for at in range(len(documents))]
    kept = _mark_exact(findings, features)

    @cache
    def found(at: int) -> str:
        return (
            packed(anchors(documents[at].text, documents[at].lang)) if facts is None else facts[at]
        )

    @lru_cache(_CACHED)
    def facts_of(at: int) -> Anchors:
        return unpacked(found(at))

    scores = NO_SCORES
    if options.near:
        least = 0.0 if with_scores else min_containment(options)
        every = _mark_near(findings, features, kept, options, base, stored, facts_of, least)
        scores = joined([some for some in every if with_scores])
    if options.story:
        _mark_stories(findings, features, documents, options, base, facts_of)
    return findings, scores


def _mark_exact(findings: list[Finding], features: Features) -> I64:
    """Mark exact copies; return the positions of the rest."""
    first = exact_copies(features)
    for at in np.flatnonzero(first != np.arange(len(first))).tolist():
        findings[at] = Finding(
            "exact", int(first[at]), int(first[at]), int(first[at]), 1.0, 1.0, "duplicate"
        )  # fmt: skip
    return np.flatnonzero((first == np.arange(len(first))) & (features.sizes > 0))


def _mark_near(
    findings: list[Finding],
    features: Features,
    kept: I64,
    options: DedupOptions,
    base: Base | None,
    stored: Scores | None,
    facts_of: FactsOf,
    least: float,
) -> Iterator[Scores]:
    """Mark near copies and pages that hold several stories; yield the scores of pairs.

    Pairs with a containment of less than `least` are left out.
    """
    some = features.take(kept)
    codes = union([by_bands(some), by_sentences(some)])
    single = representatives(some.signatures, codes)
    statistics = count(some, single, None if base is None else base.of(kept))
    known = None if stored is None else _among(stored, kept)
    pairs = split(codes) if known is None else known.pairs
    del codes
    for rows, at in groups(pairs, some.sizes):
        verifier = Verifier(some.words_of(rows), statistics)
        local = np.searchsorted(rows, pairs[at])
        scores = verifier.scores(local, least) if known is None else known.only(at).called(local)
        where = kept[rows]
        judged = judge(verifier, scores, _facts_at(facts_of, where), options)
        mark_judged(findings, where, judged, verifier.sizes)
        yield scores.called(where[scores.pairs])
    for finding in findings:  # copies of a copy
        if finding.level == "exact" and findings[finding.cluster].level == "near":
            finding.kept = findings[finding.kept].kept
            finding.cluster = findings[finding.cluster].cluster


def _facts_at(facts_of: FactsOf, rows: I64) -> FactsOf:
    """Return what gives the facts of some of the documents, by their places among those."""
    return lambda row: facts_of(int(rows[row]))


def _among(stored: Scores, kept: I64) -> Scores:
    """Return the stored scores of pairs of kept documents, by their places among those."""
    inside = np.isin(stored.pairs[:, 0], kept) & np.isin(stored.pairs[:, 1], kept)
    chosen = stored.only(inside)
    return chosen.called(np.searchsorted(kept, chosen.pairs))


def mark_judged(findings: Findings, rows: I64, judged: Judged, sizes: I64) -> None:
    """Mark what was found among the documents `rows`."""
    for page, parts in judged.pages.items():
        findings[rows[page]].held = tuple(int(rows[part]) for part in parts)
        findings[rows[page]].relation = "contains"
    _mark_clusters(findings, rows, judged, sizes)
    for page, parts in judged.pages.items():
        for part in parts:
            findings[rows[part]].inside = findings[rows[part]].inside or int(rows[page])


def _mark_clusters(findings: Findings, rows: I64, judged: Judged, sizes: I64) -> None:
    """Mark each member of a cluster with what is kept in its place, or else the most alike."""
    best: dict[int, tuple[bool, float, int]] = {}
    edges, cluster, kept = judged.edges, judged.clusters, judged.kept
    strength = np.round(edges.cosine, 6).tolist()
    for at, (first, second) in enumerate(edges.pairs.tolist()):
        for one, other in ((first, second), (second, first)):
            if cluster[one] == cluster[other]:
                match = (kept[one] == other, strength[at], at)
                best[one] = max(best.get(one, match), match, key=lambda m: (m[0], m[1], -m[2]))
    for one, (_, _, at) in best.items():
        first, second = edges.pairs[at].tolist()
        other = second if one == first else first
        mine, theirs = edges.first_held[at], edges.second_held[at]
        if one == second:
            mine, theirs = theirs, mine
        finding = findings[rows[one]]
        finding.level, finding.cluster = "near", int(rows[cluster[one]])
        finding.kept = int(rows[kept[one]])
        finding.matched, finding.similarity = int(rows[other]), float(edges.cosine[at])
        finding.containment = float(mine if sizes[one] <= sizes[other] else theirs)
        varies = kept[one] == one != cluster[one] and bool(judged.differences[at])
        relation = "variant" if varies else _relation(one, other, sizes)
        finding.relation = finding.relation or relation
        finding.measure = _measure(judged, at, finding.containment, one == second)


def _measure(judged: Judged, at: int, containment: float, turned: bool) -> str:
    """Say which criterion a pair meets, by which scores, and what it tells differently."""
    found = judged.differences[at]
    if turned:
        found = tuple(" -> ".join(reversed(one.split(" -> "))) for one in found)
    more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
    differs = f"; differs: {', '.join(found[:MAX_NAMED])}{more}" if found else ""
    score = f"cosine {judged.edges.cosine[at]:.2f}, {containment:.0%} contained"
    return f"{judged.criteria[at]} ({score}){differs}"


def _relation(one: int, other: int, sizes: I64) -> str:
    """Say how one document relates to another that it was matched with."""
    if sizes[one] < PART * sizes[other]:
        return "contained_in"
    return "contains" if sizes[other] < PART * sizes[one] else "duplicate"


def _mark_stories(
    findings: list[Finding],
    features: Features,
    documents: Sequence[Document],
    options: DedupOptions,
    base: Base | None,
    facts_of: FactsOf,
) -> None:
    """Mark the story groups of what is kept; the copies tell their canonical's story."""
    chosen = [
        at for at, f in enumerate(findings)
        if f.kept == at and not f.held and features.sizes[at] > 0
    ]  # fmt: skip
    if len(chosen) < 2:
        return
    rows = np.array(chosen)
    known = None if base is None else base.of(rows)
    dates = [documents[at].date for at in chosen]
    some = features.take(rows)
    for link in group_stories(some, _facts_at(facts_of, rows), dates, options, known):
        finding = findings[chosen[link.row]]
        finding.story = chosen[link.group]
        if finding.level is None:
            finding.level, finding.relation = "story", finding.relation or "same_story"
            finding.matched, finding.similarity = chosen[link.matched], link.similarity
            finding.measure = link.measure
    for finding in findings:
        told = {findings[part].story for part in finding.held}
        if finding.story is None and len(told) == 1:  # a page of several reports of one story
            (finding.story,) = told
    for finding in findings:
        if finding.story is None:
            finding.story = findings[finding.kept].story


def mark_passages(
    findings: list[Finding],
    documents: Sequence[Document],
    passages_of: PassagesOf,
    options: DedupOptions,
    first: int = 0,
) -> None:
    """Mark the passages of kept documents that repeat others, from the document `first` on."""
    rows = [at for at, found in enumerate(findings) if found.kept == at and at >= first]
    if options.passages is False or (options.passages is None and len(rows) > MOST_DOCUMENTS):
        return
    every, summaries = zip(*map(passages_of, rows), strict=True) if rows else ((), ())
    found = [list(marks) for marks in summaries]
    for row, repeat in passages(every, [documents[at].id for at in rows], options):
        found[row].append(repeat)
    for row, repeats in zip(rows, found, strict=True):
        repeats.sort(key=lambda r: (r.start, r.end, -r.similarity, r.id))
        findings[row].repeats = tuple(repeats)


def passages_in(document: Document) -> tuple[Said, list[Repeat]]:
    """Return what a document says, and the marks of its embedded summaries."""
    return said(document), embedded_summaries(document)


def compare_texts(first: str, second: str) -> Dedup | None:
    """Return what is found about the one of two texts that is dropped; None where both are kept.

    This is the comparison of a corpus of these two.
    """
    options = DedupOptions(story=False, passages=False)
    pair = [Document("first", "", first), Document("second", "", second)]
    found = (one.dedup for one in results(analyse(pair, options, with_scores=False)))
    return next((one for one in found if one and one.action == "drop"), None)


def results(analysis: Analysis) -> Iterator[Document]:
    """Yield the documents with what was found, in the order of the input."""
    for at in np.argsort(analysis.order).tolist():
        found = dedup_record(at, analysis.findings, analysis.documents)
        yield replace(analysis.documents[at], dedup=found)
