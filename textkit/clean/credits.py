"""Credits: who took a picture, and captions that end in a credit."""

from __future__ import annotations

import re
from functools import cache

from textkit.clean.phrases import key_of, mentions, words_of

MOST_WORDS = 8
LONGEST = 90  # characters of a line that is a credit; a caption may be longer
_MARK = re.compile(r"\s*(?:[:：=＝／/|｜]|(?<=\w)\s[-–—]\s)\s*")
_END = re.compile(r"[.!?。！？।؟۔]$")
_OUTER = " \t()（）[]【】〔〕*_•·-–—|"
_SMALL = frozenset(
    "de da do dos das del della di la le van von der den zu al bin y e et und and for of via the"
    " by".split()
)
_BY = ("photo by ", "image by ", "photo courtesy of ", "image courtesy of ", "courtesy of ")
_UNCASED = re.compile(r"[\u0590-\u0dff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@cache
def _agencies() -> frozenset[str]:
    return words_of("agency")


def is_credit(line: str, key: str | None = None) -> bool:
    """Is a line a picture's credit: a label, a mark, and an agency or a name?

    >>> [is_credit(t) for t in ("(Photo: Getty Images)", "Foto: J. Doe/dpa", "Photo: how it began")]
    [True, True, False]
    """
    text = line.strip(_OUTER)
    if len(text) > LONGEST or _END.search(text):
        return False
    mark = _MARK.search(text)
    if mark is None:
        return _without_mark(text, key)
    if key_of(text[: mark.start()]) not in words_of("credit"):
        return _without_mark(text, key)
    return _is_source(text[mark.end() :])


def _without_mark(text: str, key: str | None) -> bool:
    """`Photo by Jane Doe`, `Fot. Jan Nowak / PAP`."""
    key = key_of(text) if key is None else key
    label, _, source = text.partition(" ")
    if label.endswith(".") and key_of(label) in words_of("credit"):
        return _is_source(source)
    if not key.startswith(_BY):
        return False
    return any(key.startswith(label) and _is_source(text[len(label) :]) for label in _BY)


def _is_source(text: str) -> bool:
    """An agency, or a few names."""
    words = [word for word in re.split(r"[\s,/|&+]+", text.strip(_OUTER)) if word]
    if not 1 <= len(words) <= MOST_WORDS:
        return False
    folded = text.casefold()
    if mentions(folded, "agency"):
        return True
    if _UNCASED.search(text):
        return len(words) <= 5 and len(text) <= 24
    return (
        all(
            word.lstrip("@©(\"'“")[:1].isupper() or word.casefold() in _SMALL or word[:1] in "@©"
            for word in words
        )
        and len(words) <= 5
        and words[0].casefold() not in ("the", "a", "how", "why")
    )
