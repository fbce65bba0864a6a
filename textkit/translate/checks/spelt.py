"""Numbers in words, in languages other than English and Chinese: nine people, one milliard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from textkit.text.numbers import number_words, scale_of
from textkit.translate.checks.number import Number
from textkit.translate.gloss import numerals_zh

WORD = "word"  # a kind that a good translation may leave out, but not change
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ONE = frozenset(
    "um uma un una uno une ein eine einen einem einer один одна одно одну одного jeden jedna jedno"
    " én en ett et één een satu bir egy o unu yksi jedan".split()
)
_NO_ARTICLE = frozenset({"ar", "fa", "ru", "uk", "bg", "tr", "id", "ms"})  # a scale alone is one
_DIGIT_BEFORE = re.compile(r"\d\W*$")
_ELIDED = re.compile(r"^(?:l|d|qu|un)['’]", re.IGNORECASE)
_JA_NUMBER = re.compile(
    r"(?<![\d一二三四五六七八九十百千万億兆数何第])[二三四五六七八九十百千万億兆][一二三四五六七八九十百千万億兆]*"
    r"(?=(?:人|名|円|ドル|年|日|件|台|本|歳|回|隻|軒|校|社|か月|ヶ月|カ国|か国|メートル|キロ|トン|時間|週間))"
)


def spelt_numbers(text: str, lang: str) -> Iterator[Number]:
    """Yield the number words of a text, and scales that stand for one of them.

    >>> [(n.text, [int(v) for v in n.values]) for n in spelt_numbers("Um bilhão, sete dias", "pt")]
    [('bilhão', [1000000000]), ('sete', [7])]
    """
    if lang == "ja":
        yield from _japanese(text)
        return
    words = number_words(lang)
    before = ""
    for match in _WORD.finditer(text):
        word = match[0].lower()
        start = match.start()
        value = words.get(word)
        alone = before in _ONE or (lang in _NO_ARTICLE and before not in words)
        follows_digits = _DIGIT_BEFORE.search(text, max(0, start - 3), start)
        if value is None and alone and len(word) > 2 and not follows_digits:
            value = scale_of(_ELIDED.sub("", word), lang)
        if value is not None:
            values = frozenset({Decimal(value)} | _scaled(text, match.end(), value, lang))
            yield Number(start, match.end(), match[0], values, WORD)
        before = word


def _scaled(text: str, at: int, value: int, lang: str) -> set[Decimal]:
    """Two million is told by its word for two as well."""
    after = _WORD.match(text, at + 1)
    factor = scale_of(after[0], lang) if after else None
    return {Decimal(value * factor)} if factor else set()


def _japanese(text: str) -> Iterator[Number]:
    for match in _JA_NUMBER.finditer(text):
        amount = numerals_zh.amount(match[0])
        if amount is not None:
            yield Number(*match.span(), match[0], frozenset({amount.low, amount.high}), WORD)
