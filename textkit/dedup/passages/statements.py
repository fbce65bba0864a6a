"""Statements: the sentences of kept documents, as words, names and numbers to compare.

What one document says is found without the others (`said`), but for one thing: a name is a word
that no text of the corpus writes in lower case. So a name goes along with the word that it is
otherwise, and with the document's words in lower case, until all are at hand (`statements`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from textkit.dedup.arrays.sorting import distinct, numbered, places
from textkit.dedup.arrays.vectors import (
    Matrix,
    document_frequency,
    function_words,
    rarity,
    unit_rows,
)
from textkit.dedup.signatures.tokens import U64, find_tokens, word_hash
from textkit.dedup.story.amounts import is_year, numbers
from textkit.dedup.story.key_facts import lower_words, written_as_names
from textkit.document import Document
from textkit.text.blocks import HEADING
from textkit.text.scripts import HANGUL, UNSPACED_LETTERS
from textkit.text.sentences import Sentence, sentences

_ENDINGS = ("'s", "ing", "ed", "es", "s")
_LEAST_STEM = 3  # letters
LONGEST = 200_000  # characters; a longer text is no article, and its sentences are not compared
WORD, NAME, NUMBER, YEAR = range(4)  # what a term is: the two lowest bits of its key
_WEIGHT = np.array([1.0, 1.5, 2.0, 1.0])
_KIND = np.uint64(3)
_CACHED = 1 << 16  # words
_LINK = re.compile(r"https?://|%2F|[?&]\w{1,40}=", re.IGNORECASE)
_WIDE = re.compile(f"[{UNSPACED_LETTERS}{HANGUL}]")


@dataclass(frozen=True)
class Said:
    """What one document says, sentence by sentence."""

    spans: NDArray[np.int32]  # n x 2
    lines: NDArray[np.int32]  # the line that each sentence stands on
    foreign: NDArray[np.bool_]  # is it mostly in a script without capitals?
    starts: NDArray[np.int32]
    terms: U64  # the keys of the terms of each sentence
    names: U64  # the document's names
    instead: U64  # the word that each name is if it is none; 0 where it is no word
    lower: U64  # the keys of the words that the document writes in lower case


@dataclass(frozen=True)
class Statements:
    """Sentences of several documents; row by row: where each stands, and its terms."""

    document: NDArray[np.int64]
    spans: NDArray[np.int32]  # n x 2
    terms: Matrix  # 1 where a row has a term
    kinds: NDArray[np.uint8]  # of each term: NUMBER, YEAR, NAME or WORD
    foreign: NDArray[np.bool_]
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


@lru_cache(_CACHED)
def _key(term: str, kind: int) -> int:
    return word_hash(term) & ~3 | kind


@lru_cache(_CACHED)
def _word_key(word: str) -> int:
    """Return the key of a word's stem; 0 where it says nothing."""
    if not word[0].isalpha() or word_hash(word) >> 32 in _function_words():
        return 0
    return _key(stem(word), WORD)


@lru_cache(1)
def _function_words() -> frozenset[int]:
    return frozenset(function_words().tolist())


def said(document: Document) -> Said:
    """Return what a document says; headings below its title say nothing."""
    text = document.text if len(document.text) <= LONGEST else ""
    lower = lower_words(text)
    called = frozenset(written_as_names(text, lower))
    kept = [
        sentence
        for order, sentence in enumerate(sentences(text, document.lang))
        if not (sentence.block == HEADING and order)
    ]
    found = [_terms(text[s.start : s.end], called) for s in kept]
    own = sorted(called)
    return Said(
        np.array([(s.start, s.end) for s in kept], dtype=np.int32).reshape(-1, 2),
        np.fromiter(_lines(text, kept), dtype=np.int32, count=len(kept)),
        np.array([_is_foreign(text[s.start : s.end]) for s in kept], dtype=np.bool_),
        np.cumsum([0, *map(len, found)], dtype=np.int32),
        np.array([key for terms in found for key in terms], dtype=np.uint64),
        np.array([_key(name, NAME) for name in own], dtype=np.uint64),
        np.array([_instead(name) for name in own], dtype=np.uint64),
        np.sort(np.array([_key(w, WORD) for w in lower], dtype=np.uint64)),
    )


def _lines(text: str, kept: Sequence[Sentence]) -> Iterator[int]:
    """Yield the line that each sentence begins on."""
    line = at = 0
    for sentence in kept:
        line += text.count("\n", at, sentence.start)
        at = sentence.start
        yield line


def _is_foreign(text: str) -> bool:
    return not text.isascii() and len(_WIDE.findall(text)) * 3 > len(text)


@lru_cache(_CACHED)
def _instead(name: str) -> int:
    """Return the key of what a name is where it is a plain word."""
    return _word_key(name) if find_tokens(name) == [name] else 0


def _may_link(text: str) -> bool:
    return "://" in text or "%2" in text or "=" in text


def _terms(text: str, called: frozenset[str]) -> list[int]:
    """Return the keys of what a sentence says: numbers with units, names, stems of other words."""
    if _may_link(text) and _LINK.search(text):
        text = " ".join(word for word in text.split() if not _LINK.search(word))
    found = {_key(n, YEAR if is_year(n) else NUMBER) for n in numbers(text)}
    found.update(_key(name, NAME) for name in written_as_names(text) if name in called)
    for word in find_tokens(text):
        if word in called and word[0].isalpha():
            found.add(_key(word, NAME))
        else:
            found.add(_word_key(word))
    found.discard(0)
    return sorted(found)


def content(text: str) -> set[int]:
    """Return the keys of a text's numbers and of the stems of its other words."""
    return set(_terms(text, frozenset()))


def statements(documents: Sequence[Said]) -> Statements:
    """Return the statements of these documents."""
    none = np.zeros(0, np.uint64)
    lower = distinct(np.concatenate([none, *(one.lower for one in documents)]))
    sizes = np.array([len(one.spans) for one in documents], dtype=np.int64)
    terms = np.concatenate([none, *(_settled(one, lower) for one in documents)])
    counts = [np.diff(one.starts) for one in documents]
    lengths = np.concatenate([np.zeros(0, np.int32), *counts])
    lines = np.concatenate([np.zeros(0, np.int32), *(one.lines for one in documents)])
    owner = np.repeat(np.arange(len(documents)), sizes)
    matrix, known = _matrix(terms, np.repeat(np.arange(len(lengths)), lengths), len(lengths))
    spans = [np.zeros((0, 2), np.int32), *(one.spans for one in documents)]
    foreign = [np.zeros(0, np.bool_), *(one.foreign for one in documents)]
    return Statements(
        owner, np.concatenate(spans), matrix, (known & _KIND).astype(np.uint8),
        np.concatenate(foreign), numbered((owner << 32) | lines)[1].astype(np.int64),
    )  # fmt: skip


def _settled(one: Said, lower: U64) -> U64:
    """Return the terms of a document where a name that the corpus writes in lower case is none."""
    plain = places(lower, one.names & ~_KIND)[1]
    order = np.argsort(one.names[plain])
    at, there = places(one.names[plain][order], one.terms)
    result = one.terms.copy()
    result[there] = one.instead[plain][order][at[there]]
    return result


def _matrix(terms: U64, owners: NDArray[np.int64], rows: int) -> tuple[Matrix, U64]:
    """Return which row has which term, and the terms that the columns stand for."""
    known, numbers = numbered(terms)
    keys = (owners.astype(np.uint64) << np.uint64(32)) | numbers.astype(np.uint64)
    keys = distinct(keys[terms > 0])
    counts = np.bincount(keys >> np.uint64(32), minlength=rows)
    parts = (
        np.ones(len(keys)), keys.astype(np.uint32).astype(np.int32),
        np.concatenate([[0], np.cumsum(counts)]),
    )  # fmt: skip
    columns = known if len(known) else np.zeros(1, np.uint64)
    return sparse.csr_matrix(parts, shape=(rows, len(columns))), columns


def vectors(found: Statements) -> Matrix:
    """Return unit rows of terms, weighted by their rarity among the statements and their kind."""
    matrix = found.terms.copy()
    weights = rarity(document_frequency(matrix), matrix.shape[0])
    weights *= _WEIGHT[found.kinds]
    matrix.data = weights[matrix.indices]
    return unit_rows(matrix)
