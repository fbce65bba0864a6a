"""Tokens for comparing: words, and the marks that end sentences and lines, as numbers.

One regular expression finds both, so that the rest is arithmetic on arrays. Scripts that write
no blanks between words give a token per character, Vietnamese one per syllable. For comparing,
each of these is joined with the next one (`joined`): single ones are shared by chance.
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
from textkit.text.scripts import COMBINING, UNSPACED_LETTERS, VIETNAMESE_LETTERS

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
_IS_SINGLE = re.compile(rf"[{_SINGLE}]")
_IS_VIETNAMESE = re.compile(f"[{VIETNAMESE_LETTERS}]")
_MAY_JOIN = re.compile(rf"[{_SINGLE}{VIETNAMESE_LETTERS}]", re.IGNORECASE)
_VIETNAMESE = 0.25  # share of the words that have such letters
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
    if not any(map(str.isalnum, word)):
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


def has_syllables(text: str) -> bool:
    """Does a text have letters of Vietnamese, the words of which may be joined?"""
    return not text.isascii() and bool(_IS_VIETNAMESE.search(text.lower()))


def joined(tokens: list[str]) -> list[str]:
    """Return tokens where characters of unspaced scripts and Vietnamese syllables are pairs.

    The last one of a row stands in the pair before it; one that is alone stays.

    >>> joined(find_tokens("GPU供应紧张。新"))
    ['gpu', '供应', '应紧', '紧张', '。', '新']
    """
    syllables = has_syllables(" ".join(tokens)) and sum(
        map(bool, map(_IS_VIETNAMESE.search, tokens))
    ) > _VIETNAMESE * len(tokens)
    single = [
        (len(t) == 1 and bool(_IS_SINGLE.match(t))) or (syllables and t[0].isalpha())
        for t in tokens
    ]
    result, before = [], False
    for at, token in enumerate(tokens):
        if not single[at]:
            result.append(token)
        elif at + 1 < len(tokens) and single[at + 1]:
            result.append(token + (" " if syllables else "") + tokens[at + 1])
        elif not before:
            result.append(token)
        before = single[at]
    return result


def comparable_tokens(text: str) -> list[str]:
    """Return the tokens of a text by which it is compared with others."""
    tokens = find_tokens(text)
    return tokens if text.isascii() or not _MAY_JOIN.search(text) else joined(tokens)


def tokenise(texts: Sequence[str]) -> Tokens:
    """Return the tokens of `texts`; each different word is hashed once."""
    known: dict[str, int] = {}
    parts = [
        np.array([known.setdefault(t, len(known)) for t in comparable_tokens(text)], dtype=np.int64)
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
