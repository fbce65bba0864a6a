"""Numbers in English words: each run of them, halves, decades and centuries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from textkit.text.tables import rows
from textkit.translate.checks.number import Number
from textkit.translate.checks.spelt import WORD

_ENGLISH_WORD = re.compile(r"[A-Za-z]+")


def english_words(text: str) -> Iterator[Number]:
    """Numbers in English words: each run of them, with every value that a part of it has."""
    run: list[re.Match[str]] = []
    for match in _ENGLISH_WORD.finditer(text):
        if run and re.fullmatch(r"[\s-]*", text[run[-1].end() : match.start()]) is None:
            yield from _spelt(text, run)
            run = []
        word = match[0].lower()
        if word in _english() or (word == "and" and run):
            run.append(match)
        elif run:
            yield from _spelt(text, run)
            run = []
    if run:
        yield from _spelt(text, run)


def _spelt(text: str, run: list[re.Match[str]]) -> Iterator[Number]:
    values = [_english().get(m[0].lower()) for m in run]
    total = part = Decimal(0)
    for value in values:
        if value is None:
            continue
        if value >= 1000:
            total, part = total + (part or Decimal(1)) * value, Decimal(0)
        elif value == 100:
            part = (part or Decimal(1)) * 100
        else:
            part += value
    start, end = run[0].start(), run[-1].end()
    whole = frozenset({total + part})
    if len(run) > 1 and run[-1][0].lower() == "century":
        yield from _spelt(text, run[:-1])  # in the twenty-first century
    yield Number(start, end, text[start:end], whole | in_years(text, end, whole), WORD)
    if len(run) > 1:
        for match, value in zip(run, values, strict=True):
            if value is not None:
                yield Number(match.start(), match.end(), match[0], frozenset({value}), WORD)


_SCALE_WORD = "(?P<scale>million|billion|trillion|thousand|hundred|dozen)"
_HALVES = (  # half a million; one and a half million; a million and a half; an hour and a half
    re.compile(rf"(?i)\bhalf an? {_SCALE_WORD}"),
    re.compile(rf"(?i)\b(?P<count>an?|[a-z]+) and a half(?: {_SCALE_WORD})?"),
    re.compile(rf"(?i)\b(?P<count>an?|[a-z]+) {_SCALE_WORD} and a half"),
    re.compile(r"(?i)\b(?P<count>an?|one) [a-z]+ and a half"),
)


def english_halves(text: str) -> Iterator[Number]:
    """Numbers with a half, in words."""
    taken: set[int] = set()
    for pattern in _HALVES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            scale = Decimal(_english().get((groups.get("scale") or "").lower(), 1))
            count = _english().get((groups.get("count") or "").lower())
            half = Decimal("0.5") if "count" not in groups else None
            if (half is None and count is None) or match.start() in taken:
                continue
            taken.update(range(*match.span()))
            value = (half if half is not None else (count or 0) + Decimal("0.5")) * scale
            yield Number(*match.span(), match[0], frozenset({value}), WORD)


_LONG_TIME = re.compile(r"\s+(decades?|centur(?:y|ies))\b")


def in_years(text: str, at: int, values: frozenset[Decimal]) -> frozenset[Decimal]:
    """Three decades are thirty years too."""
    match = _LONG_TIME.match(text, at)
    if not match:
        return frozenset()
    return frozenset(value * (10 if match[1].startswith("d") else 100) for value in values)


@cache
def _english() -> dict[str, Decimal]:
    table = rows("textkit.translate", "number_words_en.tsv")
    return {word: Decimal(value) for word, value in table}
