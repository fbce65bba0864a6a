"""What a corpus adds to ranking: each document's own best, and stories told more than once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from textkit.document import Document
from textkit.summarize.centroid import CORPUS, DOCUMENT, centroid_scores
from textkit.summarize.matrix import Rows, TermMatrix, Vector, term_matrix
from textkit.summarize.units import Pool, Unit

OWN = 0.4  # the share of a sentence's score that it has within its own document


def corpus_scores(pool: Pool, units: Sequence[Unit], matrix: TermMatrix) -> tuple[Vector, Rows]:
    """Return a score for each sentence and the sentences as unit vectors.

    A sentence must say what the corpus is about and what its document is about: the first alone
    picks openings that all documents share, the second alone what only one of them cares for.
    """
    scores, rows = centroid_scores(units, pool.evidence, matrix, CORPUS)
    common = scores / (scores.max(initial=0) or 1)
    return (1 - OWN) * common + OWN * _own_scores(pool, units), rows


def _own_scores(pool: Pool, units: Sequence[Unit]) -> Vector:
    """The score of each sentence within its document, the best being 1."""
    found = np.zeros(len(units))
    places: dict[int, list[int]] = {}
    for place, unit in enumerate(units):
        places.setdefault(unit.doc, []).append(place)
    lines: dict[int, list[Unit]] = {}
    for line in pool.evidence:
        lines.setdefault(line.doc, []).append(line)
    for doc, own in places.items():
        members = [units[place] for place in own]
        matrix = term_matrix(members)
        scores, _ = centroid_scores(members, lines.get(doc, []), matrix, DOCUMENT)
        found[own] = scores / (scores.max(initial=0) or 1)
    return found


def stories(pool: Pool, units: Sequence[Unit]) -> npt.NDArray[np.int64] | None:
    """Return the number of the story that each sentence belongs to, where these are known.

    De-duplication marks them; a document that it put in no story is a story of its own.
    """
    if not any(document.dedup for document in pool.documents):
        return None
    names = [_story(document) for document in pool.documents]
    index = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([index[names[unit.doc]] for unit in units], np.int64)


def _story(document: Document) -> tuple[str, str]:
    if document.dedup and document.dedup.story is not None:
        return ("story", document.dedup.story)
    return ("document", document.id)
