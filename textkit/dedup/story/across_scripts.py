"""Stories told in several scripts, before anything is translated.

A text in Chinese shares no word with one in English, but it has the same figures, and some names
in Latin letters. Few figures are not enough: every text has the year and a ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textkit.dedup.arrays.frequencies import Floats, Frequencies
from textkit.dedup.arrays.sorting import distinct, places
from textkit.dedup.arrays.vectors import Matrix, rarity, sums
from textkit.dedup.signatures.tokens import I64, U64, Pairs
from textkit.dedup.story.fact_keys import fact_frequencies, fact_keys, marks, year_keys
from textkit.dedup.story.key_facts import Anchors

COMMON_MARK = 100  # documents; a mark of more of them is not looked at
YEAR = 0.5  # weight of a year beside that of other figures
MANY = 3  # marks that both have
ALIKE = 0.20  # cosine of the marks, or
PART = 0.40  # times the share of the marks of the one with fewer: short and long reports
RARE = 1.25  # marks that only two documents have: so much the shared ones must weigh
_ROWS = 1 << 11


class Marked(NamedTuple):
    """Texts as rows of the weights of their marks."""

    rows: Matrix
    norms: Floats
    known: U64  # the mark of each column
    common: NDArray[np.bool_]  # columns that are not looked at


def marks_of(facts: Iterable[Anchors]) -> tuple[U64, I64]:
    """Return the keys of texts' marks in order, end to end, and where each text's begin."""
    return fact_keys(facts, marks)


def marked(keys: U64, starts: I64, frequencies: Frequencies) -> Marked:
    """Return the rows of texts whose marks are `keys`, by how many of all texts have each."""
    known = distinct(keys)
    times = frequencies.of(known)
    weights = rarity(times, frequencies.documents)
    weights[places(year_keys(), known)[1]] *= YEAR
    at = np.searchsorted(known, keys).astype(np.int32)
    rows = sparse.csr_matrix((weights[at], at, starts), (len(starts) - 1, max(len(known), 1)))
    norms = np.sqrt(sums(rows.data * rows.data, rows.indptr))
    return Marked(rows, norms, known, times > COMMON_MARK)


def related(
    shared: Floats, many: Floats, norms: tuple[Floats, Floats], documents: int
) -> tuple[NDArray[np.bool_], Floats]:
    """Tell which pairs have much in common, and how similar each is.

    `shared` is the product of the two rows, `many` how many marks both have, `norms` those of
    the first and the second of each pair, `documents` how many texts there are in all.
    """
    a, b = norms
    rare = float(rarity(np.array([2.0]), documents)[0] ** 2)
    alike = np.maximum(shared / (a * b), PART * shared / np.minimum(a, b) ** 2)
    return (many >= MANY) & (alike >= ALIKE) & (shared >= RARE * rare), alike


def across_scripts(
    facts_of: Callable[[int], Anchors], scripts: Sequence[str]
) -> tuple[Pairs, Floats]:
    """Return the pairs of texts in two scripts that have much in common, and their similarity.

    The constants were chosen on news of ten topics that natives translated between five scripts:
    they put 546 of 1,000 pairs of translations together, and no two topics across scripts.
    """
    nothing = np.zeros((0, 2), dtype=np.int64), np.zeros(0)
    known = sorted(set(scripts) - {""})
    if len(known) < 2:
        return nothing
    script = np.array([known.index(s) if s else -1 for s in scripts])
    sizes = np.bincount(script[script >= 0])
    minor = np.flatnonzero((script >= 0) & (script != sizes.argmax()))
    keys, starts = marks_of(map(facts_of, range(len(scripts))))
    found = marked(keys, starts, fact_frequencies(keys, starts))
    turned = sparse.csr_matrix(_looked_at(found).T)
    ones = sparse.csr_matrix((np.ones(turned.nnz), turned.indices, turned.indptr), turned.shape)
    pairs, values = [nothing[0]], [nothing[1]]
    for at in range(0, len(minor), _ROWS):
        some = minor[at : at + _ROWS]
        left = found.rows[some]
        product = (left @ turned).tocoo()
        left.data = np.ones_like(left.data)
        many = (left @ ones).data
        a, b = some[product.row], product.col.astype(np.int64)
        norms = found.norms[a], found.norms[b]
        kept, alike = related(product.data, many, norms, len(scripts))
        kept &= (script[b] >= 0) & (script[a] != script[b])
        pairs.append(np.sort(np.stack([a, b], axis=1)[kept], axis=1))
        values.append(alike[kept])
    return _once(np.concatenate(pairs), np.concatenate(values))


def _looked_at(found: Marked) -> Matrix:
    """Return the rows without the marks that many texts have."""
    result = found.rows.copy()
    result.data[found.common[result.indices]] = 0.0
    result.eliminate_zeros()
    return result


def _once(pairs: Pairs, values: Floats) -> tuple[Pairs, Floats]:
    """Return each pair once, in order."""
    _, at = np.unique((pairs[:, 0] << 32) | pairs[:, 1], return_index=True)
    return pairs[at], values[at]
