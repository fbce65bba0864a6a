"""How much a text speaks for each language of its script.

The score is a log likelihood in nats, tempered so that its softmax can be read as a probability:
that of langdetect's profiles, whose n-grams overlap and so count the same letters three times;
that of fastText's model; how common the language is on the web; and letters that a language does
not write. The weights were chosen on
half of the development texts (single words to paragraphs of 20 languages).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from textkit.detect import han, lid, profiles
from textkit.detect.languages import HAN, by_tag
from textkit.detect.names import without_names
from textkit.text import tables

Matrix = NDArray[np.float64]

PROFILES = 0.3  # weight of the profiles' log likelihood
MODEL = 1.0  # weight of fastText's log probability
SHARE = 0.25  # weight of the log share of the web's pages
# A language without a profile scores as the best profile does, less so many nats: then fastText's
# model has to be sure of it. More for Latin, where the model sees rare languages in short texts.
NO_PROFILE = {False: 2.5, True: 4.0}
# Languages outside the table together score as the best profile does, less so many nats. Of 1 and
# 3 (mixed segF1 98.2, hard 94.1 with either) 1 names fewer foreign sentences as a neighbour.
OTHER = 1.0
OTHER_SHARE = 0.01  # of the web's pages, in percent: that of the table's rare languages
BATCH, MOST_TEXTS = 200_000, 2000  # characters and texts that are scored at a time
ODD_LETTER = 2.0  # nats against a language for a letter that it does not have
ODD_MOST = 3  # such letters that count
HAN_PRIOR = dict(zip(han.WAYS, (0.0, -0.5, -1.0), strict=True))


def scores(texts: Sequence[str], tags: tuple[str, ...], family: str) -> Matrix:
    """Return a row of scores for each text, a column for each of the tags.

    A last column is for languages that the table does not have, but in the family of Han.
    """
    if family == HAN:
        columns = [list(HAN_PRIOR).index(tag) for tag in tags]
        return np.asarray((han.evidence(texts) + np.array(list(HAN_PRIOR.values())))[:, columns])
    found: list[Matrix] = [np.zeros((0, len(tags) + 1))]
    at = 0
    for end in _batches(texts):
        found.append(_batch(texts[at:end], tags, family))
        at = end
    return np.concatenate(found)


def _batches(texts: Sequence[str]) -> Iterator[int]:
    """Yield where a batch ends, so that memory does not grow with the document."""
    size, last = 0, 0
    for at, text in enumerate(texts, 1):
        size += len(text)
        if size >= BATCH or at - last >= MOST_TEXTS or at == len(texts):
            yield at
            size, last = 0, at


def _batch(texts: Sequence[str], tags: tuple[str, ...], family: str) -> Matrix:
    columns, with_profile, prior = _columns(tags, family)
    total = np.zeros((len(texts), len(tags) + 1))
    if columns:
        found = profiles.score([without_names(text) for text in texts], family)
        total[:, :-1][:, with_profile] = PROFILES / profiles.SCALE * found.take(columns, axis=1)
    if with_profile.any():
        best = total[:, :-1][:, with_profile].max(axis=1, keepdims=True)
        total[:, :-1][:, ~with_profile] = best - NO_PROFILE[family == "Latn"]
        total[:, -1:] = best - OTHER
    total += MODEL * lid.log_probabilities(texts, tags)
    total += np.append(prior, SHARE * np.log(OTHER_SHARE))
    total[:, :-1] -= ODD_LETTER * _odd_letters(texts, tags)
    return np.round(total, 6)


def _odd_letters(texts: Sequence[str], tags: tuple[str, ...]) -> Matrix:
    """How many letters of each text each language does not have; three are enough."""
    out = np.zeros((len(texts), len(tags)))
    pattern, rows, absent = _letters(tags)
    for row, text in enumerate(texts):
        found = [] if text.isascii() else pattern.findall(text.lower())
        if found:
            out[row] = absent.take([rows[letter] for letter in found], axis=0).sum(axis=0)
    return np.minimum(out, ODD_MOST, out=out)


@cache
def _letters(tags: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, int], Matrix]:
    """Letters that tell languages apart, their rows, and which of the tags do not write them."""
    known = {letter: mine.split() for letter, mine in tables.rows("textkit.detect", "letters.tsv")}
    absent = np.array([[tag not in mine for tag in tags] for mine in known.values()], float)
    rows = {letter: row for row, letter in enumerate(known)}
    return re.compile(f"[{''.join(known)}]"), rows, absent


@cache
def _columns(tags: tuple[str, ...], family: str) -> tuple[list[int], NDArray[np.bool_], Matrix]:
    """The profiles' columns for these tags, which of the tags have one, and the tags' prior.

    A language that is the only one of its script with a profile has no column: it needs no score.
    """
    mine = [by_tag()[tag] for tag in tags]
    with_profile = np.array([bool(language.profile) for language in mine])
    known = profiles.load(family).tags if family in profiles.scripts() else ()
    columns = [known.index(tag) for tag in tags if tag in known]
    return columns, with_profile, SHARE * np.log([language.share for language in mine])
