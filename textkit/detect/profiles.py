"""langdetect's n-gram profiles, scored exactly.

langdetect (Nakatani Shuyo, 2010) draws n-grams of a text at random until one language wins, so
that its answers change from run to run. Here every n-gram counts, once each time that it occurs:
the score of a language is the sum of the log probabilities of its profile, with langdetect's own
normalisation of letters and its own smoothing, but in lower case, so that headlines in capitals
count too. Nothing is drawn, so nothing needs a seed.

Scores are integers, in units of 1/SCALE: sums do not depend on the order of addition. They come
from a file that `tools/profiles.py` makes of the package's own 55 files, which take ten times as
long to read, and of message catalogues for fourteen languages that langdetect does not know.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from textkit.detect.languages import by_tag, of_script

Rows = NDArray[np.uint16]
Totals = NDArray[np.int64]
Arrays = dict[str, NDArray[Any]]

FILE = "profiles.bin"
SCALE = 256  # integer units of one unit of natural log likelihood
FLOOR = 0.5 / 10_000  # langdetect's smoothing: alpha / BASE_FREQ
PLANE = 0x10000  # code points that langdetect knows; the others are blanks
BLANK, UNKNOWN = 0, 1  # numbers of what is no letter and of letters that are in no n-gram
_CHUNK = 1 << 15  # n-grams gathered at a time, which bounds memory


class Profiles(NamedTuple):
    """The n-grams of one script's languages: rows of `scores`, where row 0 says nothing.

    `pairs` and `prefixes` are indexed by the numbers of two letters, `triples` by what `prefixes`
    says of the first two and the number of the third.
    """

    letters: Rows  # the number of each character
    singles: Rows
    pairs: Rows
    prefixes: Rows
    triples: Rows
    scores: NDArray[np.int64]  # two columns of 32 bits in one, so that both are added at once
    tags: tuple[str, ...]


def pack(arrays: Arrays) -> bytes:
    """Return named arrays as one compressed file."""
    fields = {
        name: (array.dtype.newbyteorder("<").str, array.shape, array.tobytes())
        for name, array in arrays.items()
    }
    return zlib.compress(msgspec.msgpack.encode(fields), 9)


def unpack(data: bytes) -> Arrays:
    """Return the arrays of a file.

    >>> unpack(pack({"a": np.array([[1, 2]], np.uint8)}))
    {'a': array([[1, 2]], dtype=uint8)}
    """
    kind = dict[str, tuple[str, tuple[int, ...], bytes]]
    fields = msgspec.msgpack.decode(zlib.decompress(data), type=kind)
    return {
        name: np.frombuffer(raw, form).reshape(shape) for name, (form, shape, raw) in fields.items()
    }


@cache
def _file() -> Arrays:
    return unpack(files("textkit.detect").joinpath("data", FILE).read_bytes())


@cache
def scripts() -> frozenset[str]:
    """The scripts that several languages with a profile share."""
    return frozenset(name.split(".")[0] for name in _file())


@cache
def load(script: str) -> Profiles:
    """Return the profiles of the languages that a script's letters are shared by."""
    tags = tuple(tag for tag in of_script(script) if by_tag()[tag].profile)
    letters, grams, sizes, counts, columns, values = (
        _file()[f"{script}.{name}"]
        for name in ("letters", "grams", "sizes", "counts", "columns", "values")
    )
    scores = np.zeros((len(grams) + 1, len(tags) + len(tags) % 2), np.int32)
    scores[np.repeat(np.arange(1, len(grams) + 1), counts), columns] = values
    return Profiles(letters, *_index(grams, sizes), scores.view(np.int64), tags)


def _index(grams: Rows, sizes: NDArray[np.uint8]) -> tuple[Rows, Rows, Rows, Rows]:
    """Tables from the numbers of letters to the rows of n-grams."""
    most = int(grams.max()) + 1
    rows = np.arange(1, len(grams) + 1)
    number = grams.astype(np.intp)
    firsts = number[:, 0] * most + number[:, 1]
    singles, pairs, prefixes = (np.zeros(size, np.uint16) for size in (most, most**2, most**2))
    singles[number[sizes == 1, 0]] = rows[sizes == 1]
    pairs[firsts[sizes == 2]] = rows[sizes == 2]
    starts = np.flatnonzero(np.bincount(firsts[sizes == 3]))  # unlike `unique` it imports nothing
    prefixes[starts] = np.arange(1, len(starts) + 1)
    triples = np.zeros((len(starts) + 1) * most, np.uint16)
    triples[prefixes[firsts[sizes == 3]].astype(np.intp) * most + number[sizes == 3, 2]] = rows[
        sizes == 3
    ]
    return singles, pairs, prefixes, triples


def score(texts: Sequence[str], script: str) -> Totals:
    """Return a row of scores for each text, a column for each language of `load(script).tags`."""
    profiles = load(script)
    lowered = [text.lower() for text in texts]
    bounds = np.array([0, *accumulate(len(text) + 1 for text in lowered)])
    rows = _rows(profiles, " ".join(lowered) + " ")
    known = np.flatnonzero(rows)
    sums = _sums(profiles.scores, rows.take(known), np.searchsorted(known, bounds * 3))
    return sums[:, : len(profiles.tags)]


def _rows(profiles: Profiles, text: str) -> Rows:
    """The rows of all 1-, 2- and 3-grams that end at each place."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = np.zeros(len(codes) + 2, np.intp)  # blanks stand before the first letter
    letters[2:] = profiles.letters.take(codes, mode="clip")
    letters[2:][codes >= PLANE] = BLANK
    most = len(profiles.singles)
    here, last, first = letters[2:], letters[1:-1], letters[:-2]
    out = np.empty((len(codes), 3), np.uint16)
    out[:, 0] = profiles.singles.take(here)
    out[:, 1] = profiles.pairs.take(last * most + here)
    prefixes = profiles.prefixes.take(first * most + last).astype(np.intp)
    out[:, 2] = profiles.triples.take(prefixes * most + here)
    return out.ravel()


def _sums(scores: NDArray[np.int64], rows: Rows, bounds: NDArray[np.intp]) -> Totals:
    """The sums of the rows between bounds."""
    out = np.zeros((len(bounds) - 1, 2 * scores.shape[1]), np.int64)
    for at in range(0, len(rows), _CHUNK):
        part = scores.take(rows[at : at + _CHUNK], axis=0)
        here = (bounds - at).clip(0, len(part))
        some = np.flatnonzero(here[:-1] < here[1:])
        out[some] += np.add.reduceat(part, here[some], axis=0).view(np.int32)
    return out
