"""Numbers that a translation has and its original has not: a model that runs on makes them up.

Few digits may be a word in the original, which is read in Chinese, Japanese and English alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from textkit.text.languages import primary
from textkit.translate.checks.number import Number
from textkit.translate.checks.numbers import ascii_digits
from textkit.translate.gloss import numerals_zh

LEAST = 3  # digits, zeros at the end not counted
LEAST_READ = 2  # where the number words of the original's language are read
_HAN = frozenset({"zh", "yue", "ja"})
_READ = _HAN | {"en"}


def added(
    original: str, lang: str, source: list[Number], target: Iterable[Number]
) -> Iterator[str]:
    """Yield the target's numbers in digits that the source, of this language, has in no way.

    `source` and `target` are the numbers of the original and of its translation.
    """
    base = primary(lang)
    known = set[Decimal]().union(*(number.values for number in source))
    if base in _HAN:
        known.update(_in_characters(original))
    least = LEAST_READ if base in _READ else LEAST
    written = _only_digits(original)
    for number in target:
        digits = _only_digits(number.text)
        told = not known.isdisjoint(number.values) or digits in written
        if digits and not told and number.kind != "month" and _length(number) >= least:
            yield number.text


def _in_characters(text: str) -> Iterator[Decimal]:
    """All that characters may say, also where they count nothing that is known to be counted."""
    for match in numerals_zh.HAN_AMOUNT.finditer(text):
        if amount := numerals_zh.amount(match[0]):
            yield from (amount.low, amount.high)


def _only_digits(text: str) -> str:
    return "".join(char for char in ascii_digits(text) if char.isascii() and char.isdigit())


def _length(number: Number) -> int:
    """How many digits tell a number.

    >>> _length(Number(0, 0, "", frozenset({Decimal(1500000), Decimal("1.5")})))
    2
    """
    values = (format(value.normalize(), "f") for value in number.values)
    return min(len(value.replace(".", "").strip("0")) for value in values)
