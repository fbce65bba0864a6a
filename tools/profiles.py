"""Pack n-gram profiles into textkit/detect/data: `python -m tools.profiles CATALOGS`.

Most profiles are those of langdetect 1.0.9 (Apache License 2.0). Languages that it has none for
are counted in CATALOGS, an unpacked Django (BSD 3-Clause), whose message catalogues are natural
text in 90 languages; the file was made with those of Django 5.2.19. What is kept are
scores of one to three letters, no text. Only scripts that several of the profiles share are
scored, and only what tells their languages apart is kept.
"""

from __future__ import annotations

import re
import sys
from ast import literal_eval
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from textkit.detect.languages import CATALOG, HAN, Language, languages
from textkit.detect.profiles import BLANK, FILE, FLOOR, PLANE, SCALE, UNKNOWN, pack

MAX_GRAM = 3  # letters
_MESSAGE = re.compile(r'^msgstr(?:\[\d\])? ((?:"[^\n]*"\n?)+)', re.MULTILINE)
_HOLDER = re.compile(r"%\(\w+\)\w|%\w|\{[^{}]*\}|<[^<>]*>|&\w+;|https?://\S+|\\n")
_HEADER = "Content-Type:"


class _Profile(msgspec.Struct):
    freq: dict[str, int]
    n_words: list[int]


def tables(catalogs: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of the file: for each script its letters, n-grams and their scores."""
    arrays: dict[str, NDArray[Any]] = {}
    for script in dict.fromkeys(language.script for language in languages()):
        known = [x for x in languages() if x.script == script and x.profile]
        if len(known) > 1 and script != HAN:
            arrays |= {f"{script}.{k}": v for k, v in _of_script(known, catalogs).items()}
    return arrays


def _of_script(known: list[Language], catalogs: Path) -> dict[str, NDArray[Any]]:
    scores = [_scores(_profile(language.profile, catalogs)) for language in known]
    grams = sorted(set().union(*scores), key=lambda gram: (len(gram), gram))
    letters = sorted(set("".join(grams)) - {" "})
    number = {" ": BLANK, **{letter: code for code, letter in enumerate(letters, UNKNOWN + 1)}}
    cells = [[(column, s[gram]) for column, s in enumerate(scores) if gram in s] for gram in grams]
    return {
        "letters": _letters(number),
        "grams": np.array([[number[c] for c in gram.ljust(MAX_GRAM)] for gram in grams], np.uint16),
        "sizes": np.array([len(gram) for gram in grams], np.uint8),
        "counts": np.array([len(row) for row in cells], np.uint8),
        "columns": np.array([column for row in cells for column, _ in row], np.uint8),
        "values": np.array([value for row in cells for _, value in row], np.uint16),
    }


def _profile(name: str, catalogs: Path) -> _Profile:
    if name.startswith(CATALOG):
        return _counted(name.removeprefix(CATALOG), catalogs)
    data = files("langdetect").joinpath("profiles", name).read_bytes()
    return msgspec.json.decode(data, type=_Profile)


def _counted(language: str, catalogs: Path) -> _Profile:
    """Count the n-grams of a language's messages as langdetect counts those of a text."""
    from langdetect.utils.ngram import NGram

    counts: Counter[str] = Counter()
    for message in sorted(set(_messages(language, catalogs))):
        window = NGram()
        for char in f"{message.lower()} ":
            window.add_char(char)
            counts.update(filter(None, map(window.get, range(1, MAX_GRAM + 1))))
    sizes = [sum(n for gram, n in counts.items() if len(gram) == s + 1) for s in range(MAX_GRAM)]
    return _Profile({gram: n for gram, n in counts.items() if n > 1}, sizes)


def _messages(language: str, catalogs: Path) -> Iterator[str]:
    for path in sorted(catalogs.glob(f"**/locale/{language}/**/*.po")):
        for match in _MESSAGE.finditer(path.read_text(encoding="utf-8")):
            message = "".join(literal_eval(line) for line in match[1].strip().splitlines())
            if _HEADER not in message:
                yield _HOLDER.sub(" ", message)


def _scores(profile: _Profile) -> dict[str, int]:
    """Return what each n-gram says for a language, in units of 1/SCALE; none that is 0."""
    grams = [gram for gram in profile.freq if len(gram) <= MAX_GRAM]
    counts = np.array([profile.freq[gram] for gram in grams], np.float64)
    totals = np.array([profile.n_words[len(gram) - 1] for gram in grams], np.float64)
    values = np.rint(np.log((FLOOR + counts / totals) / FLOOR) * SCALE).astype(int)
    return {gram: int(value) for gram, value in zip(grams, values, strict=True) if value}


def _letters(number: dict[str, int]) -> NDArray[np.uint16]:
    """Return the number of each character of the basic plane, after langdetect's normalisation."""
    from langdetect.utils.ngram import NGram

    folded = (NGram.normalize(chr(code)) for code in range(PLANE))
    return np.fromiter((number.get(char, UNKNOWN) for char in folded), np.uint16, PLANE)


if __name__ == "__main__":
    path = Path(__file__).parents[1] / "textkit" / "detect" / "data" / FILE
    path.write_bytes(pack(tables(Path(sys.argv[1]))))
