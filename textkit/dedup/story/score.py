"""How alike two reports are: words, facts, and what texts of this corpus share by chance.

Words alone group what is about one subject, so facts count as well, and more in long texts, where
names are many. What two unrelated texts share differs between corpora: texts on one subject share
much, a mix of news little. So what each text shares with all others on average is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textkit.dedup.arrays.frequencies import Floats
from textkit.dedup.arrays.vectors import Matrix, shared, sums
from textkit.dedup.signatures.tokens import I64, Pairs

SHORT, LONG = 100, 200  # words; below, names are few; between, in proportion
FACTS, FACTS_OF_LONG = 0.20, 0.35  # weight of the cosine of facts, beside that of words
# What unrelated texts share on average, and the texts that count as much as that prior.
CHANCE, CHANCE_WEIGHT = 0.03, 8
# Cosine of facts that two long texts with capitals need for the whole score; up to thrice as much
# where the corpus is too small to tell what is rare. Without it, 62 of 200 articles on one subject
# are joined to another one.
DEMAND = 0.10
_ROWS = 1 << 11


@dataclass(frozen=True)
class Scored:
    """What is known of each text for scoring pairs; rows are texts."""

    words: Matrix  # unit rows
    facts: Matrix  # unit rows
    firm: Matrix  # 1 where a text has a fact that is no opener, weekday or month
    sizes: I64  # words
    chance: Floats  # by `chances`
    cased: NDArray[np.bool_]  # is the text in a script with capitals?
    documents: int  # of the whole corpus


def chances(words: Matrix) -> Floats:
    """Return the mean similarity of each text to all others, drawn to CHANCE where they are few."""
    count = words.shape[0]
    total = np.zeros(words.shape[1])
    np.add.at(total, words.indices, words.data)
    each = sums(words.data * total[words.indices], words.indptr)
    mean = np.maximum(each - np.diff(words.indptr).astype(bool), 0.0) / max(count - 1, 1)
    weight = known_share(count)
    result: Floats = weight * mean + (1 - weight) * CHANCE
    return result


def score_pairs(pairs: Pairs, texts: Scored) -> tuple[Pairs, Floats]:
    """Return the pairs that may tell one story, and how alike the two texts are."""
    kept, values = [pairs[:0]], [np.zeros(0)]
    for start in range(0, len(pairs), _ROWS):
        some = pairs[start : start + _ROWS]
        score = _score(some, texts)
        kept.append(some[score > 0])
        values.append(score[score > 0])
    return np.concatenate(kept), np.concatenate(values)


def _score(pairs: Pairs, texts: Scored) -> Floats:
    a, b = pairs.T
    words, facts = shared(texts.words[a], texts.words[b]), shared(texts.facts[a], texts.facts[b])
    shorter = np.minimum(texts.sizes[a], texts.sizes[b])
    long = np.clip((shorter - SHORT) / (LONG - SHORT), 0.0, 1.0)
    weight = FACTS + (FACTS_OF_LONG - FACTS) * long
    score = (1 - weight) * words + weight * facts
    score -= long * (texts.chance[a] + texts.chance[b] - 2 * CHANCE)
    cased = texts.cased[a] & texts.cased[b]
    demand = np.maximum(DEMAND * (3 - 2 * known_share(texts.documents)) * long, 1e-9)
    score = np.where(cased & (long > 0), score * np.minimum(1.0, facts / demand), score)
    firm = shared(texts.firm[a], texts.firm[b]) > 0
    result: Floats = np.where(
        (shorter >= SHORT) | firm | ~cased, score, score * known_share(texts.documents)
    )
    return result


def known_share(documents: int) -> float:
    """Return how far a corpus tells what its texts share by chance: 0 of two texts, 1 of many.

    Where it does not, two short texts on one kind of event are alike in the words of their kind.
    """
    return max(documents - 2, 0) / (documents + CHANCE_WEIGHT)
