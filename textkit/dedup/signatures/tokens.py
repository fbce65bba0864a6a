"""Tokens for comparing: words, and the marks that end sentences and lines, as numbers.

One regular expression finds both, so that the rest is arithmetic on arrays. Scripts that write
no blanks between words give a token a character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from textkit.text.marks import marks
from textkit.text.scripts import COMBINING, UNSPACED_LETTERS

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
Pairs = NDArray[np.int64]  # m x 2 positions, the first one the lower

# Thai to Myanmar, Khmer, kana, Han: a character is a token there.
_SINGLE = UNSPACED_LETTERS
# Vowel signs and other marks inside words, which `re` takes for no letters.
_MARK = COMBINING
_FULL = marks(shared=False)  # they end sentences whatever follows
_END = rf"[\n!?{_FULL}]+|(?<!\.)\.++(?=[\s\"'”’»)\]]|$)"
_WORD = rf"[^\W_{_SINGLE}]+"
_ANY_SCRIPT = re.compile(rf"[{_SINGLE}]|{_WORD}(?:[{_MARK}]+(?:{_WORD})?)*+|{_END}")
_ASCII = re.compile(rf"[a-z0-9]+|{_END}", re.ASCII)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")
_CACHED = 1 << 16  # words
_MARK_HASH, _LINE_HASH = 0, 1  # no word has these


class Tokens(NamedTuple):
    """The words of several texts end to end, and how their sentences and lines divide them."""

    words: U64  # a 64-bit hash each
    starts: I64  # where each text's words begin; one more than there are texts
    ends_sentence: NDArray[np.bool_]  # is this the last word of its sentence?
    ends_line: NDArray[np.bool_]


def normalised(text: str) -> str:
    """Return `text` without differences of width, composition, case and invisible characters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()


@lru_cache(_CACHED)
def word_hash(word: str) -> int:
    """Return 64 bits that stand for a word, the same in every process.

    >>> word_hash("news") == word_hash("news") != word_hash("olds")
    True
    """
    if not (word[0].isalnum() or word.isalnum()):
        return _LINE_HASH if "\n" in word else _MARK_HASH
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") | 2


def find_tokens(text: str) -> list[str]:
    """Return the words of `text` and the marks between its sentences and lines, in order.

    >>> find_tokens("GPU供应. Ok\\n")
    ['gpu', '供', '应', '.', 'ok', '\\n']
    >>> find_tokens("हिन्दी समाचार")
    ['हिन्दी', 'समाचार']
    """
    text = normalised(text)
    return (_ASCII if text.isascii() else _ANY_SCRIPT).findall(text)


def tokenise(texts: Sequence[str]) -> Tokens:
    """Return the tokens of `texts`; each different word is hashed once."""
    known: dict[str, int] = {}
    parts = [
        np.array([known.setdefault(t, len(known)) for t in find_tokens(text)], dtype=np.int64)
        for text in texts
    ]
    hashes = np.array([word_hash(word) for word in known], dtype=np.uint64)
    sizes = np.array([len(part) for part in parts], dtype=np.int64)
    found = hashes[np.concatenate([*parts, np.zeros(0, np.int64)])]
    is_word = found > _LINE_HASH
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    before = np.concatenate([[0], np.cumsum(is_word)])
    starts = before[bounds].astype(np.int64)
    last = np.zeros(before[-1], dtype=np.bool_)
    line = np.zeros(before[-1], dtype=np.bool_)
    for ends, hit in ((last, ~is_word), (line, found == _LINE_HASH)):
        at = before[:-1][hit] - 1
        ends[at[at >= 0]] = True
        ends[starts[1:][starts[1:] > 0] - 1] = True
    return Tokens(found[is_word], starts, last, line)
