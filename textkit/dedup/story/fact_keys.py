"""Facts: the anchors of documents in a form that is small to keep, and as terms to count."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from functools import cache

import numpy as np

from textkit.dedup.arrays.frequencies import Base, Frequencies
from textkit.dedup.arrays.sorting import tally
from textkit.dedup.signatures.tokens import I64, U64, word_hash
from textkit.dedup.story.amounts import FIRST_YEAR, LAST_YEAR, is_year
from textkit.dedup.story.key_facts import Anchors


def packed(one: Anchors) -> str:
    """Return anchors as one string; a corpus of sets would fill the memory.

    >>> unpacked(packed(Anchors(frozenset({"2026"}), frozenset(), script="Latn")))[2]
    frozenset()
    """
    return "\n".join("\t".join(sorted(part)) for part in one[:-1]) + "\n" + one.script


def unpacked(text: str) -> Anchors:
    """Return the anchors that `packed` made a string of."""
    *parts, script = text.split("\n")
    return Anchors._make([*(frozenset(filter(None, p.split("\t"))) for p in parts), script])


def marks(one: Anchors) -> list[str]:
    """Return what a text in any script may share with one in another: figures, Latin names."""
    return [*filter(str.isascii, one.names), *(f"#{figure}" for figure in one.figures)]


def terms(one: Anchors) -> list[str]:
    """Return anchors as terms: what is a number is marked."""
    return [*one.names, *(f"#{number}" for number in one.numbers)]


def firm_terms(inside: frozenset[str], one: Anchors) -> list[str]:
    """Return the terms by which short texts may be about one event: numbers, `inside` names."""
    return [*(one.names & inside), *(f"#{number}" for number in one.numbers if not is_year(number))]


def fact_key(term: str) -> int:
    """Return a term as a number of 63 bits, the same in every process."""
    return word_hash("f" + term) >> 1


def fact_keys(
    facts: Iterable[Anchors], terms: Callable[[Anchors], Iterable[str]] = terms
) -> tuple[U64, I64]:
    """Return the keys of each text's anchors in order, end to end, and where each one's begin."""
    known: dict[str, int] = {}
    keys, starts = array("Q"), array("q", [0])
    for one in facts:
        found = []
        for term in terms(one):
            key = known.get(term)
            if key is None:
                key = known[term] = fact_key(term)
            found.append(key)
        keys.extend(sorted(found))
        starts.append(len(keys))
    return np.array(keys, dtype=np.uint64), np.array(starts, dtype=np.int64)


@cache
def year_keys() -> U64:
    """Return the keys of all years, in order."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return np.sort(np.array([fact_key(f"#{year}") for year in years], dtype=np.uint64))


def fact_frequencies(keys: U64, starts: I64, base: Base | None = None) -> Frequencies:
    """Return how many of the documents have each fact; with a base, how many of all."""
    count = len(starts) - 1
    if base is None:
        terms, times = tally(keys)
        return Frequencies(count, terms[times > 1], times[times > 1].astype(np.int32))
    terms = tally(keys)[0]
    new, times = tally(keys[starts[base.rows] :])
    counts = base.facts(terms).astype(np.int32)
    counts[np.searchsorted(terms, new)] += times.astype(np.int32)
    return Frequencies(count - base.rows + base.documents, terms, counts)
