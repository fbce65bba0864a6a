"""Make textkit/clean/data/phrases.bin out of phrases.tsv: `python -m tools.phrases`.

Nine thousand phrases are keyed here once, and not by every process that cleans a text.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from textkit.clean.phrases import (
    ANY,
    EDGE,
    FILE,
    KINDS,
    NARROW,
    TAIL,
    WEAK,
    WORD,
    WORD_KINDS,
    Phrase,
    Table,
    key_of,
)
from textkit.text.bylines import byline_words

SOURCE = Path(__file__).parents[1] / "textkit" / "clean" / "data" / "phrases.tsv"
_STRENGTH = {ANY: 0, EDGE: 1, TAIL: 2, WEAK: 3}
_BRACKETS = "([<【（［"


def checked(text: str) -> Iterator[list[str]]:
    """Yield the fields of each row of phrases.tsv.

    Raises ValueError, with the number of the line, where a row has not four fields, or a kind
    or place is unknown.

    >>> list(checked("# kinds\\nen\\tshares\\ttail\\tShare this"))
    Traceback (most recent call last):
    ValueError: phrases.tsv:2: no kind 'shares'
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 4 or not all(fields):
            raise ValueError(f"phrases.tsv:{number}: not language, kind, where, text")
        if fields[1] not in KINDS and fields[1] not in WORD_KINDS:
            raise ValueError(f"phrases.tsv:{number}: no kind {fields[1]!r}")
        if fields[2] not in _STRENGTH and fields[2] != WORD:
            raise ValueError(f"phrases.tsv:{number}: no place {fields[2]!r}")
        yield fields


def table() -> Table:
    """Return the phrases of all languages; of two with one key the stronger."""
    exact: dict[str, Phrase] = {}
    starts: dict[str, list[Phrase]] = {}
    kinds: dict[str, dict[str, set[str]]] = {}
    for lang, kind, where, text in checked(SOURCE.read_text(encoding="utf-8")):
        opening = text[0] if text[0] in _BRACKETS and text.endswith("*") else ""
        phrase = Phrase(lang, kind, where, _key_of_row(text), opening)
        if text.endswith("*") and where in _STRENGTH:
            starts.setdefault(phrase.key[:2], []).append(phrase)
            continue
        kinds.setdefault(kind, {}).setdefault(phrase.key, set()).add(lang)
        known = exact.get(phrase.key)
        if where in _STRENGTH and (known is None or _STRENGTH[where] < _STRENGTH[known.where]):
            exact[phrase.key] = phrase
    frozen = {kind: {k: frozenset(v) for k, v in keys.items()} for kind, keys in kinds.items()}
    return Table(exact, starts, frozen, _bylines())


def _key_of_row(text: str) -> str:
    """The key of a row: a start keeps its last mark, `#` stands for a number."""
    start = text.removesuffix("*").rstrip().replace("#", "0").translate(NARROW)
    mark = start[-1] if text.endswith("*") and start[-1] in ":=/|" else ""
    return key_of(start) + mark


def _bylines() -> dict[str, list[tuple[str, bool]]]:
    labels = {(key_of(text), strict) for text, strict in byline_words()}
    by_first: dict[str, list[tuple[str, bool]]] = {}
    for label, strict in sorted(labels, key=lambda x: (x[1], -len(x[0]), x[0])):
        by_first.setdefault(label[0], []).append((label, strict))
    return by_first


def packed() -> bytes:
    """Return the file's bytes."""
    return zlib.compress(msgspec.msgpack.encode(table(), order="deterministic"), 9)


if __name__ == "__main__":
    path = Path(__file__).parents[1] / "textkit" / "clean" / "data" / FILE
    path.write_bytes(packed())
