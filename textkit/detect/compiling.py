"""From langdetect's profiles to the tables that `profiles` scores with.

Only scripts that several of the profiles share are scored, and only what tells their languages
apart is kept: 24,000 n-grams of 31 languages in Latin letters and 13,000 of ten in others.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from textkit.detect.languages import HAN, Language, languages
from textkit.detect.profiles import BLANK, FLOOR, PLANE, SCALE, UNKNOWN

Counts = dict[str, int]


class _Profile(msgspec.Struct):
    freq: Counts
    n_words: list[int]


def tables() -> dict[str, NDArray[Any]]:
    """The arrays of the file: for each script its letters, n-grams and their scores."""
    found: dict[str, NDArray[Any]] = {}
    for script in dict.fromkeys(language.script for language in languages()):
        mine = [x for x in languages() if x.script == script and x.profile]
        if len(mine) > 1 and script != HAN:
            found |= {f"{script}.{name}": array for name, array in _of_script(mine).items()}
    return found


def _of_script(mine: list[Language]) -> dict[str, NDArray[Any]]:
    scores = [_scores(language.profile) for language in mine]
    grams = sorted(set().union(*scores), key=lambda gram: (len(gram), gram))
    letters = sorted(set("".join(grams)) - {" "})
    number = {" ": BLANK, **{letter: at for at, letter in enumerate(letters, UNKNOWN + 1)}}
    cells = [[(column, s[gram]) for column, s in enumerate(scores) if gram in s] for gram in grams]
    return {
        "letters": _letters(number),
        "grams": np.array([[number[c] for c in gram.ljust(3)] for gram in grams], np.uint16),
        "sizes": np.array([len(gram) for gram in grams], np.uint8),
        "counts": np.array([len(row) for row in cells], np.uint8),
        "columns": np.array([column for row in cells for column, _ in row], np.uint8),
        "values": np.array([value for row in cells for _, value in row], np.uint16),
    }


def _scores(name: str) -> dict[str, int]:
    """What each n-gram of a profile says for its language, in units of 1/SCALE; none that is 0."""
    data = files("langdetect").joinpath("profiles", name).read_bytes()
    profile = msgspec.json.decode(data, type=_Profile)
    grams = [gram for gram in profile.freq if len(gram) <= 3]
    counts = np.array([profile.freq[gram] for gram in grams], np.float64)
    totals = np.array([profile.n_words[len(gram) - 1] for gram in grams], np.float64)
    values = np.rint(np.log((FLOOR + counts / totals) / FLOOR) * SCALE).astype(int)
    return {gram: int(value) for gram, value in zip(grams, values, strict=True) if value}


def _letters(number: dict[str, int]) -> NDArray[np.uint16]:
    """The number of each character of the basic plane, after langdetect's normalisation."""
    from langdetect.utils.ngram import NGram

    folded = (NGram.normalize(chr(code)) for code in range(PLANE))
    return np.fromiter((number.get(char, UNKNOWN) for char in folded), np.uint16, PLANE)
