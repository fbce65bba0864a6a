"""The story level: articles about one event, told anew, are grouped and never dropped.

Pairs are scored by `story.score`. Groups are made by average linkage: connected components chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from textkit.dedup.arrays.frequencies import Base, Floats, Frequencies, word_frequencies
from textkit.dedup.arrays.sorting import distinct, heads, places
from textkit.dedup.arrays.vectors import (
    Matrix,
    WordVectors,
    rarity,
    unit_rows,
    word_vectors,
)
from textkit.dedup.near.candidates import heads_of
from textkit.dedup.options import DedupOptions
from textkit.dedup.signatures.features import Features
from textkit.dedup.signatures.tokens import I64, U64, Pairs
from textkit.dedup.story.across_scripts import across_scripts
from textkit.dedup.story.fact_keys import fact_frequencies, fact_keys, firm_terms, year_keys
from textkit.dedup.story.key_facts import Anchors
from textkit.dedup.story.reasons import measure_of, shared_facts
from textkit.dedup.story.score import Scored, chances, score_pairs
from textkit.text.dates import day_of

YEAR = 0.5  # weight of a year beside that of other numbers
CANDIDATE = 1 / 3  # of the similarity of a story: of the rarer words alone, to be looked at
LARGEST = 1000  # documents in a candidate component; larger ones are cut at a higher similarity
STEP = 0.03
_WORK = 1000  # products a document that the search for candidates may cost
_ROWS = 1 << 11


@dataclass(frozen=True)
class StoryPairs:
    """Pairs that may tell one story, with their similarity."""

    pairs: Pairs
    similarity: Floats

    def only(self, which: NDArray[Any]) -> StoryPairs:
        """Return some of the pairs."""
        return StoryPairs(self.pairs[which], self.similarity[which])


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
    facts_of: Callable[[int], Anchors],
    dates: Sequence[str | None],
    options: DedupOptions,
    base: Base | None = None,
) -> Iterator[Member]:
    """Yield the members of story groups among documents with these facts and dates."""
    every = np.arange(len(features))
    here = word_frequencies(features, every)
    words = here if base is None else word_frequencies(features, every, base)
    scripts: list[str] = []
    keys, starts = fact_keys(_telling_scripts(map(facts_of, range(len(features))), scripts))
    frequencies = fact_frequencies(keys, starts, base)
    facts = fact_vectors(keys, starts, frequencies)
    vectors = word_vectors(features, words)
    some = rarer(vectors, cheap_words(here, len(features)))
    pairs = meeting(some, some, options.story_threshold * CANDIDATE)
    del some
    texts = Scored(
        vectors.rows, facts, firm_rows(facts_of, len(features)), features.sizes,
        chances(vectors.rows), np.array([script in CASED for script in scripts]),
        len(features),
    )  # fmt: skip
    found = StoryPairs(*score_pairs(pairs, texts))
    found = with_others(found, *across_scripts(facts_of, scripts))
    if options.story_days is not None:
        found = found.only(within_days(found.pairs, dates, options.story_days))
    names = stories(found, len(features), options)
    yield from members(found, names, facts_of, frequencies)


def _telling_scripts(facts: Iterable[Anchors], scripts: list[str]) -> Iterator[Anchors]:
    """Yield facts as they come, and keep which script each text is in: they are read only once."""
    for one in facts:
        scripts.append(one.script)
        yield one


def with_others(found: StoryPairs, pairs: Pairs, similarity: Floats) -> StoryPairs:
    """Return the pairs of both, each once, with the higher similarity, in order."""
    if not len(pairs):
        return found
    every = np.concatenate([found.pairs, pairs])
    values = np.concatenate([found.similarity, similarity])
    order = np.lexsort((-values, every[:, 1], every[:, 0]))
    codes = (every[order, 0] << 32) | every[order, 1]
    return StoryPairs(every, values).only(order[heads(codes)])


def members(
    found: StoryPairs,
    names: I64,
    facts_of: Callable[[int], Anchors],
    frequencies: Frequencies,
) -> Iterator[Member]:
    """Yield each member of a group with the one that it is most like; the first of equals.

    `names` gives the first member of each row's group, -1 outside any.
    """
    found = found.only(names[found.pairs[:, 0]] == names[found.pairs[:, 1]])
    one, other = np.concatenate([found.pairs, found.pairs[:, ::-1]]).T
    similarity = np.round(np.tile(found.similarity, 2), 6)
    order = np.lexsort((other, -similarity, one))
    order = order[heads(one[order])]
    for row, match, alike in zip(
        one[order].tolist(), other[order].tolist(), similarity[order].tolist(), strict=True
    ):
        if names[row] >= 0:
            common = shared_facts(facts_of(row), facts_of(match), frequencies)
            yield Member(row, int(names[row]), match, alike, measure_of(alike, common))


CASED = frozenset(("Latn", "Cyrl", "Grek", "Armn", ""))  # scripts with capitals


def firm_rows(facts_of: Callable[[int], Anchors], count: int) -> Matrix:
    """Return which text has which of the facts that no opener, weekday or month is.

    A name that only opens sentences in one text counts if another text has it inside a sentence.
    """
    inside = frozenset[str]().union(*(facts_of(row).firm for row in range(count)))
    keys, starts = fact_keys(map(facts_of, range(count)), partial(firm_terms, inside))
    known = distinct(keys)
    at = np.searchsorted(known, keys).astype(np.int32)
    shape = (count, max(len(known), 1))
    return sparse.csr_matrix((np.ones(len(at)), at, starts), shape=shape)


def fact_vectors(keys: U64, starts: I64, frequencies: Frequencies) -> Matrix:
    """Return unit rows of facts by their rarity."""
    known = distinct(keys)
    weights = rarity(frequencies.of(known), frequencies.documents)
    weights[places(year_keys(), known)[1]] *= YEAR
    at = np.searchsorted(known, keys).astype(np.int32)
    shape = (len(starts) - 1, max(len(known), 1))
    return unit_rows(sparse.csr_matrix((weights[at], at, starts), shape=shape))


def cheap_words(frequencies: Frequencies, documents: int) -> NDArray[np.uint32]:
    """Return the words that are looked at for candidates: the rarest, as many as is cheap."""
    order = np.argsort(frequencies.counts, kind="stable")
    cost = np.cumsum(frequencies.counts[order].astype(np.float64) ** 2)
    most = _WORK * documents - frequencies.single
    chosen = order[: np.searchsorted(cost, most, side="right")]
    found: NDArray[np.uint32] = np.sort(frequencies.terms[chosen])
    return found


def rarer(vectors: WordVectors, words: NDArray[np.uint32]) -> Matrix:
    """Return rows with these words alone; a column for each, in order."""
    at, there = places(words, vectors.known)
    rows = vectors.rows
    kept = there[rows.indices]
    before = np.concatenate([[0], np.cumsum(kept)])
    parts = (rows.data[kept], at.astype(np.int32)[rows.indices[kept]], before[rows.indptr])
    return sparse.csr_matrix(parts, shape=(rows.shape[0], max(len(words), 1)))


def meeting(rows: Matrix, others: Matrix, least: float, start: int = 0) -> Pairs:
    """Return the pairs of a row and one of the others whose product comes to enough.

    The first row stands at `start` among the others; pairs with one before it are left out.
    """
    turned = sparse.csr_matrix(others.T)
    found = [np.zeros((0, 2), dtype=np.int64)]
    for at in range(0, rows.shape[0], _ROWS):
        product = (rows[at : at + _ROWS] @ turned).tocoo()
        kept = product.data >= least
        first, second = product.row[kept].astype(np.int64) + at, product.col[kept].astype(np.int64)
        kept = first + start < second
        found.append(np.stack([first[kept], second[kept]], axis=1))
    return np.concatenate(found)


def within_days(pairs: Pairs, dates: Sequence[str | None], days: int) -> NDArray[np.bool_]:
    """Tell which pairs have dates at most so many days apart; unknown dates pass."""
    known = np.array([day_number(date) for date in dates], dtype=np.int64)
    return are_near(known[pairs[:, 0]], known[pairs[:, 1]], days)


NO_DAY = -1


def day_number(date: str | None) -> int:
    """Return the ordinal of a date's day, NO_DAY where it is unknown."""
    day = day_of(date)
    return NO_DAY if day is None else day.toordinal()


def are_near(one: I64, other: I64, days: int) -> NDArray[np.bool_]:
    """Tell which days are at most so many apart; an unknown one is near to all."""
    near: NDArray[np.bool_] = (one == NO_DAY) | (other == NO_DAY) | (abs(one - other) <= days)
    return near


def stories(found: StoryPairs, count: int, options: DedupOptions) -> I64:
    """Return the first member of each row's story group; -1 outside any."""
    result = np.full(count, -1)
    for part in _components(found, count, options.story_threshold):
        for group in _average_linkage(part, options.story_threshold):
            result[group] = group[0]
    return result


def _components(found: StoryPairs, count: int, least: float) -> Iterator[StoryPairs]:
    """Yield the pairs within each connected component; too large ones are cut higher up."""
    rest = [(found, least)]
    del found
    while rest:
        part, least = rest.pop()
        label = heads_of(part.pairs[part.similarity >= least], count)
        sizes = np.bincount(label, minlength=count)
        first = label[part.pairs[:, 0]]
        inside = np.flatnonzero((first == label[part.pairs[:, 1]]) & (sizes[first] > 1))
        order = inside[np.argsort(first[inside], kind="stable")]
        bounds = np.flatnonzero(np.diff(first[order])) + 1
        for some in np.split(order, bounds) if len(order) else []:
            if sizes[first[some[0]]] <= LARGEST:
                yield part.only(some)
            else:
                rest.append((part.only(some), least + STEP))
        del part


def _average_linkage(found: StoryPairs, least: float) -> list[list[int]]:
    """Return groups of two or more whose members are similar on average (Sokal, Michener, 1958)."""
    members, places = np.unique(found.pairs, return_inverse=True)
    first, second = places.reshape(-1, 2).T
    distance = 1.0 - np.eye(len(members))
    distance[first, second] = distance[second, first] = np.maximum(1.0 - found.similarity, 0.0)
    labels = fcluster(linkage(squareform(distance), "average"), 1.0 - least, "distance")
    groups: dict[int, list[int]] = {}
    for member, label in zip(members.tolist(), labels.tolist(), strict=True):
        groups.setdefault(label, []).append(member)
    return [group for group in groups.values() if len(group) > 1]
