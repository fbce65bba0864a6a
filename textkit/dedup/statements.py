"""Statements: the sentences of kept documents, as words, names and numbers to compare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textkit.dedup.anchors import is_year, lower_words, names, numbers
from textkit.dedup.statistics import Floats
from textkit.dedup.tokens import find_tokens, word_hash
from textkit.dedup.vectors import (
    Matrix,
    document_frequency,
    function_words,
    rarity,
    unit_rows,
)
from textkit.document import Document
from textkit.text.blocks import HEADING
from textkit.text.sentences import sentences

_ENDINGS = ("'s", "ing", "ed", "es", "s")
_LEAST_STEM = 3  # letters
LONGEST = 200_000  # characters; a longer text is no article, and its sentences are not compared
NUMBER, YEAR, NAME, WORD = "#", "~", "@", ""  # what a term is, by its first character
_WEIGHT = {NUMBER: 2.0, YEAR: 1.0, NAME: 1.5, WORD: 1.0}


@dataclass(frozen=True)
class Statements:
    """Sentences of several documents; row by row: where each stands, and its terms."""

    document: NDArray[np.int64]
    spans: NDArray[np.int64]  # n x 2
    terms: Matrix  # 1 where a row has a term
    kinds: NDArray[np.str_]  # of each term: NUMBER, YEAR, NAME or WORD
    foreign: NDArray[np.bool_]  # is the row mostly in a script without capitals?
    block: NDArray[np.int64]  # the line that each stands on, numbered through


def stem(word: str) -> str:
    """Return a word without its commonest English endings; others are hardly touched.

    >>> stem("delivers"), stem("delivered"), stem("bus")
    ('deliver', 'deliver', 'bus')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word[: -len(ending)]
    return word


def statements(documents: Sequence[Document]) -> Statements:
    """Return the statements of these documents; headings below the title are none."""
    common = _function_words()
    lower = set().union(*(lower_words(d.text) for d in documents))
    document, spans, foreign, block, starts = [], [], [], [], [0]
    known: dict[str, int] = {}
    columns: list[int] = []
    for at, one in enumerate(documents):
        if len(one.text) > LONGEST:
            continue
        called = {name for name in names(one.text) if name not in lower}
        for order, sentence in enumerate(sentences(one.text, one.lang)):
            if sentence.block == HEADING and order:
                continue
            text = one.text[sentence.start : sentence.end]
            found = sentence_terms(text, called, common)
            document.append(at)
            block.append((at, one.text.count("\n", 0, sentence.start)))
            spans.append((sentence.start, sentence.end))
            foreign.append(len(_WIDE.findall(text)) * 3 > len(text))
            columns += [known.setdefault(term, len(known)) for term in sorted(found)]
            starts.append(len(columns))
    terms = sparse.csr_matrix(
        (np.ones(len(columns)), columns, starts), shape=(len(spans), max(len(known), 1))
    )
    kinds = np.array([term[0] if term[0] in _WEIGHT else WORD for term in known] or [WORD])
    return Statements(
        np.array(document, dtype=np.int64), np.array(spans, dtype=np.int64).reshape(-1, 2),
        terms, kinds, np.array(foreign, dtype=np.bool_),
        _numbered(block),
    )  # fmt: skip


_LINK = re.compile(r"https?://|%2F|[?&]\w{1,40}=", re.IGNORECASE)


def _numbered(values: list[tuple[int, int]]) -> NDArray[np.int64]:
    known: dict[tuple[int, int], int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int64)


_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")


def _function_words() -> frozenset[int]:
    return frozenset(function_words().tolist())


def sentence_terms(text: str, called: set[str], common: frozenset[int]) -> set[str]:
    """Return what a sentence says: numbers with units, names, and stems of other words.

    >>> sorted(sentence_terms("Oslo paid $3 billion in 2026.", {"oslo"}, frozenset()))
    ['#3000000000', '@oslo', 'billion', 'in', 'paid', '~2026']
    """
    if _LINK.search(text):
        text = " ".join(word for word in text.split() if not _LINK.search(word))
    found = {(YEAR if is_year(number) else NUMBER) + number for number in numbers(text)}
    found.update(NAME + name for name in names(text) if name in called)
    for word in find_tokens(text):
        if not word[0].isalpha():
            continue
        if word in called:
            found.add(NAME + word)
        elif word_hash(word) >> 32 not in common:
            found.add(stem(word))
    return found


def weights(found: Statements) -> Floats:
    """Return the weight of each term: its rarity among the statements, and its kind."""
    plain = rarity(document_frequency(found.terms), found.terms.shape[0])
    result: Floats = plain * np.array([_WEIGHT[kind] for kind in found.kinds.tolist()])
    return result


def vectors(found: Statements) -> Matrix:
    """Return unit rows of weighted terms."""
    matrix = found.terms.copy()
    matrix.data = weights(found)[matrix.indices]
    return unit_rows(matrix)
