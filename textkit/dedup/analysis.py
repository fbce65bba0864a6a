"""The whole comparison of a corpus: map, group by key, verify, components, story by story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from textkit.dedup.anchors import Anchors, anchors, other_subject
from textkit.dedup.candidates import Pairs, by_bands, by_sentences, representatives, split, union
from textkit.dedup.components import clusters
from textkit.dedup.exact import exact_copies
from textkit.dedup.features import Features, batches, features_of, gather
from textkit.dedup.guard import merge_pages
from textkit.dedup.options import DedupOptions
from textkit.dedup.passages import MOST_DOCUMENTS, passages
from textkit.dedup.ranking import ranked
from textkit.dedup.records import Finding, dedup_record
from textkit.dedup.story import group_stories
from textkit.dedup.tokens import I64
from textkit.dedup.vectors import Base
from textkit.dedup.verify import NO_SCORES, SURELY_KEPT, Scores, Verifier, is_near
from textkit.document import Document

PART = 0.8  # of the other one's words: what is shorter is a part of it
MEASURES = ("cosine", "jaccard", "first_held", "second_held", "spread")


@dataclass(frozen=True)
class Analysis:
    """What was found out about a corpus; positions count in the order of rank."""

    order: list[int]  # where each document stood in the input
    documents: list[Document]
    findings: list[Finding]
    scores: Scores  # of every candidate pair


def analyse(documents: Iterable[Document], options: DedupOptions) -> Analysis:
    """Compare all documents with each other. The order of the input changes nothing."""
    given = list(documents)
    order = ranked(given, options)
    chosen = [given[at] for at in order]
    features = map_features((d.text for d in chosen), options.jobs)
    findings, scores = compare(chosen, features, options)
    mark_passages(findings, chosen, options)
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
    facts: Mapping[int, Anchors] | None = None,
) -> tuple[list[Finding], Scores]:
    """Return what is found about ranked documents, and the scores of all candidate pairs.

    `base` is what was counted before; with `stored` scores of pairs no pair is scored again;
    `facts` are those of documents whose text is not at hand.
    """
    findings = [Finding(cluster=at) for at in range(len(documents))]
    kept = _mark_exact(findings, features)
    if options.near:
        known = facts or {}
        facts_of = cache(lambda at: known[at] if at in known else anchors(documents[at].text))
        scores = _mark_near(findings, features, kept, options, base, stored, facts_of)
    else:
        scores = NO_SCORES
    if options.story:
        _mark_stories(findings, features, documents, options, base, facts or {})
    return findings, scores


def _mark_exact(findings: list[Finding], features: Features) -> I64:
    """Mark exact copies; return the positions of the rest."""
    first = exact_copies(features)
    for at in np.flatnonzero(first != np.arange(len(first))).tolist():
        findings[at] = Finding(
            "exact", int(first[at]), int(first[at]), 1.0, 1.0, "duplicate"
        )  # fmt: skip
    return np.flatnonzero((first == np.arange(len(first))) & (features.sizes > 0))


def _mark_near(
    findings: list[Finding],
    features: Features,
    kept: I64,
    options: DedupOptions,
    base: Base | None,
    stored: Scores | None,
    facts_of: Callable[[int], Anchors],
) -> Scores:
    """Mark near copies and pages that hold several stories; return the scores of all pairs."""
    some = features.take(kept)
    candidates = union([by_bands(some), by_sentences(some)])
    single = representatives(some.signatures, candidates)
    verifier = Verifier(some, _base_of(base, kept), single)
    scores = verifier.scores(split(candidates)) if stored is None else _among(stored, kept)
    near = is_near(scores, options)
    near &= ~_other_subjects(scores, near, kept, facts_of)
    pages = merge_pages(scores, verifier, options)
    on_page = np.isin(scores.pairs, list(pages))
    edges = scores.only(near & (on_page[:, 0] == on_page[:, 1]))
    found = clusters(edges, verifier)
    for page, parts in pages.items():
        findings[kept[page]].held = tuple(int(kept[part]) for part in parts)
        findings[kept[page]].relation = "contains"
    _mark_clusters(findings, kept, found, edges, verifier.sizes)
    for page, parts in pages.items():
        for part in parts:
            findings[kept[part]].inside = findings[kept[part]].inside or int(kept[page])
    return replace_pairs(scores, kept[scores.pairs])


def _other_subjects(
    scores: Scores, near: NDArray[np.bool_], kept: I64, facts_of: Callable[[int], Anchors]
) -> NDArray[np.bool_]:
    """Tell which of the near pairs are reports from one template about two subjects."""
    found = np.zeros(len(near), dtype=np.bool_)
    for at in np.flatnonzero(near & (scores.containment < SURELY_KEPT)).tolist():
        one, other = kept[scores.pairs[at]].tolist()
        found[at] = other_subject(facts_of(one), facts_of(other))
    return found


def _base_of(base: Base | None, rows: I64) -> Base | None:
    """Return the base of some of the rows."""
    if base is None:
        return None
    return Base(base.documents, int((rows < base.rows).sum()), base.words, base.facts)


def replace_pairs(scores: Scores, pairs: Pairs) -> Scores:
    """Return the same scores of pairs that are called otherwise."""
    return Scores(pairs, *(getattr(scores, name) for name in MEASURES))


def _among(stored: Scores, kept: I64) -> Scores:
    """Return the stored scores of pairs of kept documents, by their places among those."""
    inside = np.isin(stored.pairs[:, 0], kept) & np.isin(stored.pairs[:, 1], kept)
    chosen = stored.only(inside)
    return replace_pairs(chosen, np.searchsorted(kept, chosen.pairs))


def _mark_clusters(
    findings: list[Finding], kept: I64, found: Sequence[int], edges: Scores, sizes: I64
) -> None:
    """Mark each member of a cluster with its best match: the one kept, or else the most alike."""
    best: dict[int, tuple[bool, float, int]] = {}
    strength = np.round(edges.cosine, 6).tolist()
    for at, (first, second) in enumerate(edges.pairs.tolist()):
        for one, other in ((first, second), (second, first)):
            if found[one] == found[other]:
                match = (found[one] == other, strength[at], at)
                best[one] = max(best.get(one, match), match, key=lambda m: (m[0], m[1], -m[2]))
    for one, (_, _, at) in best.items():
        first, second = edges.pairs[at].tolist()
        other = second if one == first else first
        mine, theirs = edges.first_held[at], edges.second_held[at]
        if one == second:
            mine, theirs = theirs, mine
        finding = findings[kept[one]]
        finding.level, finding.cluster = "near", int(kept[found[one]])
        finding.matched, finding.similarity = int(kept[other]), float(edges.cosine[at])
        finding.containment = float(mine if sizes[one] <= sizes[other] else theirs)
        finding.relation = finding.relation or _relation(one, other, sizes)
        finding.measure = f"cosine {edges.cosine[at]:.2f}, {finding.containment:.0%} contained"
    for finding in findings:  # copies of a copy
        if finding.level == "exact" and findings[finding.cluster].level == "near":
            finding.cluster = findings[finding.cluster].cluster


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
    facts: Mapping[int, Anchors],
) -> None:
    """Mark the story groups of what is kept; the copies tell their canonical's story."""
    rows = [
        at for at, f in enumerate(findings)
        if f.cluster == at and not f.held and features.sizes[at] > 0
    ]  # fmt: skip
    if len(rows) < 2:
        return
    some = features.take(np.array(rows))
    known = _base_of(base, np.array(rows))
    group = [facts[at] if at in facts else anchors(documents[at].text) for at in rows]
    found = group_stories(some, group, [documents[at].date for at in rows], options, known)
    for link in found:
        finding = findings[rows[link.row]]
        finding.story = rows[link.group]
        if finding.level is None:
            finding.level, finding.relation = "story", finding.relation or "same_story"
            finding.matched, finding.similarity = rows[link.matched], link.similarity
            finding.measure = link.measure
    for finding in findings:
        if finding.story is None:
            finding.story = findings[finding.cluster].story


def mark_passages(
    findings: list[Finding], documents: Sequence[Document], options: DedupOptions, first: int = 0
) -> None:
    """Mark the passages of kept documents that repeat others, from the document `first` on."""
    rows = [at for at, found in enumerate(findings) if found.cluster == at and at >= first]
    if options.passages is False or (options.passages is None and len(rows) > MOST_DOCUMENTS):
        return
    for row, repeats in passages([documents[at] for at in rows], options).items():
        findings[rows[row]].repeats = tuple(repeats)


def results(analysis: Analysis) -> Iterator[Document]:
    """Yield the documents with what was found, in the order of the input."""
    places = sorted(range(len(analysis.order)), key=analysis.order.__getitem__)
    for at in places:
        found = dedup_record(at, analysis.findings, analysis.documents)
        yield replace(analysis.documents[at], dedup=found)
