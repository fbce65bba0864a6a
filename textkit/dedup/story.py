"""The story level: articles about one event, told anew, are grouped and never dropped.

Words alone group what is about one subject. So facts count as well: names, and numbers with their
units, by their rarity; and long articles, which share some names by chance, must share more.
Groups are made by average linkage: connected components chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from textkit.dedup.anchors import Anchors, is_year
from textkit.dedup.candidates import Pairs
from textkit.dedup.features import Features
from textkit.dedup.options import DedupOptions
from textkit.dedup.tokens import I64
from textkit.dedup.vectors import (
    Base,
    Floats,
    Matrix,
    document_frequency,
    frequencies,
    rarity,
    shared,
    tfidf,
    unit_rows,
)

FACTS = 0.2  # weight of the cosine of facts, beside the cosine of words
YEAR = 0.5  # weight of a year beside that of other numbers
GATE = 0.25  # cosine of facts that two long documents need
SHORT, LONG = 100, 200  # words; below, names are few and need not meet; between, in proportion
LARGEST = 1000  # documents in a candidate component; larger ones are cut at a higher similarity
_STEP = 0.03
_WORK = 1000  # products a document that the search for candidates may cost
_ROWS = 1 << 11


@dataclass(frozen=True)
class StoryPairs:
    """Pairs that may tell one story, with their similarity and that of their facts."""

    pairs: Pairs
    similarity: Floats
    facts: Floats

    def only(self, which: NDArray[Any]) -> StoryPairs:
        """Return some of the pairs."""
        return StoryPairs(self.pairs[which], self.similarity[which], self.facts[which])


@dataclass(frozen=True)
class Member:
    """A row of a story group, and the row that it was matched with."""

    row: int
    group: int  # the group's first row
    matched: int
    similarity: float
    measure: str


def group_stories(
    features: Features,
    group: Sequence[Anchors],
    dates: Sequence[str | None],
    options: DedupOptions,
    base: Base | None = None,
) -> Iterator[Member]:
    """Yield the members of story groups among documents with these facts and dates."""
    words = tfidf(features.words, features.starts, base).rows
    found = story_pairs(words, fact_vectors(group, base), features.sizes, options)
    if options.story_days is not None:
        near = within_days(found.pairs, dates, options.story_days)
        found = found.only(near)
    names = stories(found, len(group), options)
    best: dict[int, tuple[float, int]] = {}
    for (a, b), similarity in zip(found.pairs.tolist(), found.similarity.tolist(), strict=True):
        if names[a] is not None and names[a] == names[b]:
            for one, other in ((a, b), (b, a)):
                best[one] = max(best.get(one, (-1.0, 0)), (round(similarity, 6), -other))
    for row, (similarity, other) in sorted(best.items()):
        first = names[row]
        assert first is not None
        common = shared_facts(group[row], group[-other])
        yield Member(row, first, -other, similarity, _measure(similarity, common))


def shared_facts(one: Anchors, other: Anchors) -> list[str]:
    """Return the anchors of both: numbers first, then names."""
    return sorted(one.numbers & other.numbers) + sorted(one.names & other.names)


def _measure(similarity: float, common: list[str]) -> str:
    facts = f", both have {', '.join(common[:3])}" if common else ""
    return f"similarity {similarity:.2f}{facts}"


def facts_of(one: Anchors) -> list[str]:
    """Return the anchors of a text as terms, in a fixed order."""
    return [*sorted(one.names), *(f"#{number}" for number in sorted(one.numbers))]


def fact_vectors(group: Sequence[Anchors], base: Base | None = None) -> Matrix:
    """Return unit rows of anchors by their rarity."""
    known: dict[str, int] = {}
    columns: list[int] = []
    starts = [0]
    for one in group:
        columns += [known.setdefault(term, len(known)) for term in facts_of(one)]
        starts.append(len(columns))
    shape = (len(group), max(len(known), 1))
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)
    frequency, documents = frequencies(
        matrix, base, lambda b: np.resize(b.facts(list(known)), matrix.shape[1])
    )
    weights = rarity(frequency, documents)
    weights[[at for term, at in known.items() if is_year(term[1:])]] *= YEAR
    matrix.data = weights[matrix.indices]
    return unit_rows(matrix)


def story_pairs(words: Matrix, facts: Matrix, sizes: I64, options: DedupOptions) -> StoryPairs:
    """Return the pairs of rows that are similar enough to count."""
    pairs = np.concatenate([*_meeting(words, options.story_similarity / 3), np.zeros((0, 2), int)])
    alike, facts_alike = _cosines(words, pairs), _cosines(facts, pairs)
    similarity = (1 - FACTS) * alike + FACTS * facts_alike
    shorter = np.minimum(sizes[pairs[:, 0]], sizes[pairs[:, 1]])
    passed = facts_alike >= GATE * np.clip((shorter - SHORT) / (LONG - SHORT), 0.0, 1.0)
    return StoryPairs(pairs[passed], similarity[passed], facts_alike[passed])


def _cosines(rows: Matrix, pairs: Pairs) -> Floats:
    parts = [
        shared(rows[pairs[at : at + _ROWS, 0]], rows[pairs[at : at + _ROWS, 1]])
        for at in range(0, len(pairs), _ROWS)
    ]
    return np.concatenate([*parts, np.zeros(0)])


def _meeting(rows: Matrix, least: float) -> Iterator[Pairs]:
    """Yield the pairs of rows that have enough in common in their rarer terms."""
    frequency = document_frequency(rows)
    order = np.argsort(frequency, kind="stable")
    cost = np.cumsum(frequency[order] ** 2)
    cheap = order[: np.searchsorted(cost, _WORK * rows.shape[0], side="right")]
    cut = sparse.csr_matrix(rows.tocsc()[:, np.sort(cheap)])
    turned = sparse.csr_matrix(cut.T)
    for at in range(0, rows.shape[0], _ROWS):
        found = (cut[at : at + _ROWS] @ turned).tocoo()
        first = found.row.astype(np.int64) + at
        kept = (found.data >= least) & (first < found.col)
        yield np.stack([first[kept], found.col[kept].astype(np.int64)], axis=1)


def within_days(pairs: Pairs, dates: Sequence[str | None], days: int) -> NDArray[np.bool_]:
    """Tell which pairs have dates at most so many days apart; unknown dates pass."""
    known = [_day(date) for date in dates]
    near = [
        known[a] is None or known[b] is None or abs(known[a] - known[b]) <= days
        for a, b in pairs.tolist()
    ]
    return np.array(near, dtype=np.bool_)


def _day(date: str | None) -> int | None:
    from datetime import date as calendar

    try:
        return calendar.fromisoformat((date or "")[:10]).toordinal()
    except ValueError:
        return None


def stories(found: StoryPairs, count: int, options: DedupOptions) -> list[int | None]:
    """Return the first member of each row's story group; None outside any."""
    result: list[int | None] = [None] * count
    for part in _components(found, count, options.story_similarity):
        for group in _average_linkage(part, options.story_similarity):
            for member in group:
                result[member] = group[0]
    return result


def _components(found: StoryPairs, count: int, least: float) -> Iterator[StoryPairs]:
    """Yield the pairs within each connected component; too large ones are cut higher up."""
    strong = found.pairs[found.similarity >= least]
    graph = sparse.coo_matrix((np.ones(len(strong)), strong.T), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    sizes = np.bincount(labels, minlength=count)
    first, second = labels[found.pairs].T
    inside = np.flatnonzero((first == second) & (sizes[first] > 1))
    order = inside[np.argsort(first[inside], kind="stable")]
    bounds = np.flatnonzero(np.diff(first[order])) + 1
    for some in np.split(order, bounds) if len(order) else []:
        part = found.only(some)
        if sizes[first[some[0]]] <= LARGEST:
            yield part
        else:
            yield from _components(part, count, least + _STEP)


def _average_linkage(found: StoryPairs, least: float) -> list[list[int]]:
    """Return groups of two or more whose members are similar on average (Sokal, Michener, 1958)."""
    members, places = np.unique(found.pairs, return_inverse=True)
    first, second = places.reshape(-1, 2).T
    distance = 1.0 - np.eye(len(members))
    distance[first, second] = distance[second, first] = 1.0 - found.similarity
    labels = fcluster(linkage(squareform(distance), "average"), 1.0 - least, "distance")
    groups: dict[int, list[int]] = {}
    for member, label in zip(members.tolist(), labels.tolist(), strict=True):
        groups.setdefault(label, []).append(member)
    return [group for group in groups.values() if len(group) > 1]
