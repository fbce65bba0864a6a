"""ROUGE-1, ROUGE-2 and ROUGE-L (Lin, 2004) over Unicode words.

The usual packages keep [a-z0-9] alone and score Greek, Arabic and Chinese 0. Here words are
textkit's: any script, no case; the characters one by one of Chinese, Japanese, Thai, Lao, Khmer and
Burmese, which write no blanks between words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from textkit.text.words import is_dense, words

_LETTER = re.compile(r"\w\W*")  # with its marks, which are no word characters
MEASURES = ("rouge1", "rouge2", "rougeL")


class Score(NamedTuple):
    """Recall, precision and their harmonic mean, 0 to 1."""

    recall: float
    precision: float
    f1: float


def rouge(
    references: Sequence[str], summary: str, stem: Callable[[str], str] | None = None
) -> dict[str, Score]:
    """Return the mean score over the references by measure.

    >>> rouge(["the cat sat"], "The cat ran")["rouge1"].recall
    0.6666666666666666
    """
    words = tokens(summary, stem)
    results: dict[str, list[Score]] = {measure: [] for measure in MEASURES}
    for reference in references:
        theirs = tokens(reference, stem)
        for measure, size in (("rouge1", 1), ("rouge2", 2)):
            a, b = ngrams(theirs, size), ngrams(words, size)
            results[measure].append(_score((a & b).total(), a.total(), b.total()))
        results["rougeL"].append(_score(common_length(theirs, words), len(theirs), len(words)))
    return {measure: _mean(scores) for measure, scores in results.items()}


def tokens(text: str, stem: Callable[[str], str] | None = None) -> list[str]:
    """Return the words of a text, what an apostrophe joins being two, as stems where wanted.

    >>> tokens("The dog's หมา")
    ['the', 'dog', 's', 'ห', 'ม', 'า']
    """
    parts = [part for word in words(text) for part in _parts(word)]
    return [stem(part) for part in parts] if stem else parts


def _parts(word: str) -> list[str]:
    if is_dense(word):
        return _LETTER.findall(word)
    return [part for part in word.replace("’", "'").split("'") if part]


def ngrams(items: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    """Count the runs of `size` words."""
    return Counter(zip(*(items[start:] for start in range(size)), strict=False))


def common_length(a: Sequence[str], b: Sequence[str]) -> int:
    """Return the length of the longest common subsequence (bit-parallel: Hyyrö, 2004).

    >>> common_length("abcde", "axcye")
    3
    """
    places: dict[str, int] = {}
    for bit, item in enumerate(a):
        places[item] = places.get(item, 0) | 1 << bit
    row = mask = (1 << len(a)) - 1
    for item in b:
        hits = row & places.get(item, 0)
        row = ((row + hits) | (row - hits)) & mask
    return len(a) - row.bit_count()


def _score(common: int, wanted: int, given: int) -> Score:
    recall, precision = common / max(wanted, 1), common / max(given, 1)
    total = recall + precision
    return Score(recall, precision, 2 * recall * precision / total if total else 0.0)


def _mean(scores: Sequence[Score]) -> Score:
    return Score(*(sum(part) / max(len(scores), 1) for part in zip(*scores, strict=True)))
