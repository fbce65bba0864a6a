"""The exact level: documents with the same words in the same order."""

from __future__ import annotations

import numpy as np

from textkit.dedup.signatures.features import Features
from textkit.dedup.signatures.tokens import I64


def exact_copies(features: Features) -> I64:
    """Return, for each document, the first one in rank with the same words; itself if it has none.

    Documents without words are no copies of each other: there is nothing to compare.
    """
    count = len(features)
    positions = np.arange(count)
    order = np.lexsort((positions, features.digests[:, 1], features.digests[:, 0]))
    digests = features.digests[order]
    new = np.ones(count, dtype=np.bool_)
    new[1:] = (digests[1:] != digests[:-1]).any(axis=1)
    first = np.empty(count, dtype=np.int64)
    first[order] = order[np.maximum.accumulate(np.where(new, positions, 0))]
    return np.where(features.sizes > 0, first, positions)
