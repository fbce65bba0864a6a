"""Sketches: a few numbers for a text, by which copies of it are found again.

A text is the set of its runs of three words. A sketch keeps those whose hash lies below a bound,
the same for all texts, so that any two sketches sample the same runs (FracMinHash: Irber et al.,
2022); a short text keeps at least its lowest `LEAST` hashes (bottom-k: Broder, 1997).
"""

from __future__ import annotations

from array import array
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from textkit.text.words import words

RUN = 3  # words
BOUND = 1 << 29  # an eighth of all 32-bit hashes
LEAST = 32


class Sketch(NamedTuple):
    """What is remembered of a text."""

    digest: str  # of the text without its blanks: equal for copies
    bound: int  # the sketch holds every hash below it
    hashes: array[int]  # sorted


def runs(text: str) -> set[int]:
    """Return the hashes of the runs of three words in `text`, of its words where they are fewer."""
    found = words(text)
    if len(found) < RUN:
        return {crc32(word.encode("utf-8", "replace")) for word in found}
    triples = zip(found, found[1:], found[2:], strict=False)
    return {crc32(" ".join(three).encode("utf-8", "replace")) for three in triples}


def sketch(text: str) -> Sketch:
    """Return the sketch of a text; the same in every process.

    >>> one, two = sketch("News of the day.\\n"), sketch("News of\\nthe day.")
    >>> one == two
    True
    """
    squeezed = "".join(text.split()).encode("utf-8", "surrogatepass")
    hashes = sorted(runs(text))
    kept = [value for value in hashes if value < BOUND]
    bound = BOUND
    if len(kept) < LEAST:
        kept = hashes[:LEAST]
        bound = kept[-1] + 1 if len(hashes) > LEAST else 1 << 32
    return Sketch(blake2b(squeezed, digest_size=12).hexdigest(), bound, array("I", kept))
