"""How much a text speaks for each language of its script.

The score is a log likelihood in nats, tempered so that its softmax can be read as a probability:
that of langdetect's profiles, whose n-grams overlap and so count the same letters three times;
that of fastText's model; and how common the language is on the web. The weights were chosen on
half of the development texts (single words to paragraphs of 20 languages).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from textkit.detect import han, lid, profiles
from textkit.detect.languages import HAN, by_tag

Matrix = NDArray[np.float64]

PROFILES = 0.3  # weight of the profiles' log likelihood
MODEL = 1.0  # weight of fastText's log probability
SHARE = 0.25  # weight of the log share of the web's pages
HAN_PRIOR = {"zh-Hans": 0.0, "zh-Hant": -0.5, "ja": -1.0}


def scores(texts: Sequence[str], tags: tuple[str, ...], family: str) -> Matrix:
    """Return a row of scores for each text, a column for each of the tags."""
    if family == HAN:
        found = ([evidence[tag] for tag in tags] for evidence in map(han.evidence, texts))
        prior = np.array([HAN_PRIOR.get(tag, 0.0) for tag in tags])
        return np.asarray(np.array(list(found)) + prior)
    columns, prior = _columns(tags)
    by_profile = profiles.score(texts)[:, columns] / profiles.SCALE
    total: Matrix = PROFILES * by_profile + MODEL * lid.log_probabilities(texts, tags) + prior
    return np.round(total, 6)


@cache
def _columns(tags: tuple[str, ...]) -> tuple[list[int], Matrix]:
    """The profiles' columns for these tags, and the tags' prior."""
    known = profiles.load().langs
    columns = [known.index(by_tag()[tag].profile) for tag in tags]
    return columns, SHARE * np.log([by_tag()[tag].share for tag in tags])
