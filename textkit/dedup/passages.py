"""The passage level: sentences that say what another sentence says. Marks only.

A sentence is `repeated` where its words are the same or nearly so, and `related` where it tells
the same fact: few sentences share a number with its unit, or a rare name, and much else besides.
Shared words alone do not make a fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textkit.dedup.options import DedupOptions
from textkit.dedup.statements import (
    LONGEST,
    NAME,
    NUMBER,
    WORD,
    YEAR,
    Statements,
    statements,
    vectors,
)
from textkit.dedup.summaries import embedded_summaries
from textkit.dedup.vectors import Matrix, document_frequency, row_sums
from textkit.document import Document, Repeat

MOST_DOCUMENTS = 2000  # kept ones; in larger corpora passages are looked for only when asked
_COMMON_TERM = 300  # statements; a term of more of them makes no candidates
WITH_NAMES = 0.10  # cosine, where at least MANY names are shared and one of them is rare
MANY = 3
_LEAST = 0.03  # cosine of any pair worth a look
_LEAST_WORDS = 4  # content words
WITH_NUMBER, WITH_YEAR, WITH_RARE_NAME, WITH_NAME = 0.19, 0.15, 0.23, 0.38  # cosine
RARE_NAME = 0.05  # share of the statements
KNOWN_NAME = 0.12
MOST = 8  # repeats a passage; the most alike
_ROWS = 1 << 11


def passages(documents: Sequence[Document], options: DedupOptions) -> dict[int, list[Repeat]]:
    """Return the repeats of each document, by its position."""
    found = statements(documents)
    result: dict[int, list[Repeat]] = defaultdict(list)
    best: dict[int, list[tuple[float, int, str]]] = defaultdict(list)
    for first, second, similarity, kind in _alike(found, options):
        best[first].append((-similarity, second, kind))
        best[second].append((-similarity, first, kind))
    for one, others in sorted(best.items()):
        for similarity, other, kind in sorted(others)[:MOST]:
            start, end = found.spans[one].tolist()
            id = documents[found.document[other]].id
            there, until = found.spans[other].tolist()
            repeat = Repeat(start, end, id, there, until, round(-similarity, 4), kind)
            result[int(found.document[one])].append(repeat)
    for at, document in enumerate(documents):
        marks = result[at]
        if len(document.text) <= LONGEST:
            marks = marks + embedded_summaries(document)
        result[at] = sorted(marks, key=lambda r: (r.start, r.end, -r.similarity, r.id))
    return result


def _alike(found: Statements, options: DedupOptions) -> Iterator[tuple[int, int, float, str]]:
    """Yield the pairs of statements that say the same, with how alike they are."""
    rows = vectors(found)
    words = _only(found, WORD, NAME, NUMBER, YEAR)
    facts = {
        WITH_NUMBER: _only(found, NUMBER),
        WITH_YEAR: _only(found, YEAR),
        WITH_RARE_NAME: _only(found, NAME, share=RARE_NAME),
        WITH_NAME: _only(found, NAME, share=KNOWN_NAME),
    }
    names = _only(found, NAME)
    sizes = row_sums(words)
    for pairs in _candidates(rows):
        a, b = pairs.T
        cosine = row_sums(rows[a].multiply(rows[b]))
        both = row_sums(words[a].multiply(words[b]))
        jaccard = both / np.maximum(sizes[a] + sizes[b] - both, 1)
        enough = np.minimum(sizes[a], sizes[b]) >= _LEAST_WORDS
        repeated = enough & (jaccard >= options.repeated)
        related = enough & (jaccard >= options.related)
        for least, matrix in facts.items():
            related |= (cosine >= least) & (row_sums(matrix[a].multiply(matrix[b])) > 0)
        rare = row_sums(facts[WITH_RARE_NAME][a].multiply(facts[WITH_RARE_NAME][b])) > 0
        many = row_sums(names[a].multiply(names[b])) >= MANY
        related |= rare & many & (cosine >= WITH_NAMES)
        related |= _across_languages(found, facts[WITH_NAME], pairs)
        for at in np.flatnonzero(repeated | related).tolist():
            kind = "repeated" if repeated[at] else "related"
            similarity = jaccard[at] if repeated[at] else max(cosine[at], jaccard[at])
            yield int(a[at]), int(b[at]), float(similarity), kind


def _across_languages(
    found: Statements, names: Matrix, pairs: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Tell which pairs of a sentence in a script without capitals and one with them share names.

    No other word can be the same, so one name must stand in the sentence, two in its paragraph.
    """
    a, b = pairs.T
    result: NDArray[np.bool_] = found.foreign[a] != found.foreign[b]
    at = np.flatnonzero(result)
    rows = np.arange(len(found.block))
    ones = np.ones(len(rows))
    member = sparse.csr_matrix((ones, (found.block, rows)))
    in_block = sparse.csr_matrix(member @ names)
    in_block.data = np.ones_like(in_block.data)
    in_block = in_block[found.block]
    one, other = a[at], b[at]
    near = row_sums(names[one].multiply(names[other])) >= 1
    wide = row_sums(in_block[one].multiply(in_block[other])) >= 2
    result[at] = near & wide
    return result


def _only(found: Statements, *kinds: str, share: float = 1.0) -> Matrix:
    """Return the rows with only the terms of some kinds that not too many statements have."""
    frequency = document_frequency(found.terms)
    most = max(share * found.terms.shape[0], 3.0)
    kept = np.isin(found.kinds, kinds) & (frequency <= most)
    matrix = found.terms.copy()
    matrix.data = kept[matrix.indices].astype(np.float64)
    matrix.eliminate_zeros()
    return matrix


def _candidates(rows: Matrix) -> Iterator[NDArray[np.int64]]:
    """Yield the pairs of rows that share enough of their rarer terms."""
    keep = np.flatnonzero(document_frequency(rows) <= _COMMON_TERM)
    cut = sparse.csr_matrix(rows.tocsc()[:, keep])
    turned = sparse.csr_matrix(cut.T)
    for at in range(0, rows.shape[0], _ROWS):
        product = (cut[at : at + _ROWS] @ turned).tocoo()
        first = product.row.astype(np.int64) + at
        kept = (product.data >= _LEAST) & (first < product.col)
        pairs = np.stack([first[kept], product.col[kept].astype(np.int64)], axis=1)
        yield pairs
