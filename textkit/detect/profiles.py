"""langdetect's n-gram profiles, scored exactly.

langdetect (Nakatani Shuyo, 2010) draws n-grams of a text at random until one language wins, so
that its answers change from run to run. Here every n-gram counts, once each time that it occurs:
the score of a language is the sum of the log probabilities of its profile, with langdetect's own
normalisation of letters and its own smoothing, but in lower case, so that headlines in capitals
count too. Nothing is drawn, so nothing needs a seed.

Scores are integers, in units of 1/SCALE: sums do not depend on the order of addition.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Keys = NDArray[np.int64]
Scores = NDArray[np.int32]
Totals = NDArray[np.int64]

SCALE = 256  # integer units of one unit of natural log likelihood
FLOOR = 0.5 / 10_000  # langdetect's smoothing: alpha / BASE_FREQ
_SPACE = 0x20
_CHUNK = 1 << 15  # n-grams gathered at a time, which bounds memory


class Profiles(NamedTuple):
    """Every n-gram of every language: `scores[i, j]` is what `keys[i]` says for `langs[j]`."""

    keys: Keys  # sorted; up to three code points of 21 bits each
    scores: Scores  # log of (floor + probability) / floor; the last row is for unknown n-grams
    langs: tuple[str, ...]  # langdetect's own codes, sorted


class _Profile(msgspec.Struct):
    freq: dict[str, int]
    n_words: list[int]
    name: str


@cache
def load() -> Profiles:
    """Read langdetect's profiles: 55 files of JSON, in about a quarter of a second."""
    decoder = msgspec.json.Decoder(_Profile)
    folder = files("langdetect").joinpath("profiles")
    read = [decoder.decode(f.read_bytes()) for f in folder.iterdir() if not f.name.startswith(".")]
    profiles = sorted(read, key=lambda p: p.name)
    found = [_entries(profile) for profile in profiles]
    keys, rows = np.unique(np.concatenate([keys for keys, _ in found]), return_inverse=True)
    scores = np.zeros((len(keys) + 1, len(profiles)), dtype=np.int32)
    at = 0
    for column, (own, values) in enumerate(found):
        scores[rows[at : at + len(own)], column] = values
        at += len(own)
    return Profiles(keys, scores, tuple(p.name for p in profiles))


def _entries(profile: _Profile) -> tuple[Keys, Scores]:
    """The keys of one profile's n-grams and what each says for its language."""
    grams = [gram for gram in profile.freq if len(gram) <= 3]
    counts = np.fromiter((profile.freq[gram] for gram in grams), np.float64, len(grams))
    array = np.array(grams, dtype="U3")
    codes = array.view(np.uint32).reshape(-1, 3).astype(np.int64)
    lengths = np.count_nonzero(codes, axis=1)
    padded = [codes[:, 0], codes[:, 1], codes[:, 2]]
    keys = (padded[0] << 42) | (padded[1] << 21) | padded[2]
    probability = counts / np.array(profile.n_words, dtype=np.float64)[lengths - 1]
    values = np.log((FLOOR + probability) / FLOOR) * SCALE
    return keys, np.rint(values).astype(np.int32)


@cache
def _fold() -> Codes:
    """langdetect's normalisation of each character of the basic plane."""
    from langdetect.utils.ngram import NGram

    return np.fromiter((ord(NGram.normalize(chr(c))) for c in range(0x10000)), np.uint32, 0x10000)


def score(texts: Sequence[str]) -> Totals:
    """Return a row of scores for each text, a column for each language of `load().langs`."""
    profiles = load()
    lowered = [text.lower() for text in texts]
    joined = " ".join(lowered) + " "
    lengths = np.fromiter((len(text) + 1 for text in lowered), np.int64, len(texts))
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = _fold()[np.where(codes < 0x10000, codes, _SPACE)]
    owner = np.repeat(np.arange(len(texts)), lengths)
    out = np.zeros((len(texts), len(profiles.langs)), dtype=np.int64)
    for keys, valid in _grams(codes):
        rows = np.searchsorted(profiles.keys, keys[valid])
        rows[rows == len(profiles.keys)] = 0
        known = profiles.keys[rows] == keys[valid]
        _add(out, profiles.scores, rows[known], owner[valid][known])
    return out


def _grams(codes: Codes) -> Any:
    """Yield the keys of all 1-, 2- and 3-grams that end at each place, and where they count."""
    last = np.concatenate(([_SPACE], codes[:-1])).astype(np.int64)
    first = np.concatenate(([_SPACE], last[:-1]))
    here = codes.astype(np.int64)
    blank, blank_last = here == _SPACE, last == _SPACE
    yield here << 42, ~blank
    yield (last << 42) | (here << 21), ~(blank & blank_last)
    yield (first << 42) | (last << 21) | here, ~blank_last


def _add(out: Any, scores: Scores, rows: Any, owner: Any) -> None:
    for at in range(0, len(rows), _CHUNK):
        part, own = rows[at : at + _CHUNK], owner[at : at + _CHUNK]
        starts = np.flatnonzero(np.concatenate(([True], own[1:] != own[:-1])))
        np.add.at(out, own[starts], np.add.reduceat(scores[part], starts, axis=0, dtype=np.int64))
