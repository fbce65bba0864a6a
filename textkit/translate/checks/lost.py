"""Which numbers of an original its translation has lost."""

from __future__ import annotations

import re
from decimal import Decimal

from textkit.translate.checks.number import Number
from textkit.translate.checks.spelt import WORD
from textkit.translate.gloss import numerals_zh

_HALF = Decimal(50)
CENTS = re.compile(r"\bcent(?:s|avos?|imes?|imos?|esimi)?\b|\bpence\b|\bpenn(?:y|ies)\b")
_VAGUE = frozenset(
    "half third quarter quarters thirds fifths tenths second single once twice both couple pair"
    " double twin trio triple dozen decade century bilateral weekly".split()
)


def lost(source: list[Number], target: list[Number], text: str) -> list[Number]:
    """Return the source's numbers that the target does not have; each counts once.

    `text` is the target text in lower case, where months stand by name.
    """
    left = list(target)
    missing = []
    for number in source:
        if _has_month(number, text):
            continue
        match = next((n for n in left if n.values & number.values), None)
        if match is not None:
            left.remove(match)
        elif not _is_said_otherwise(number, left, text):
            missing.append(number)
    changed = any(n.kind != "month" and (n.kind == WORD or n.values) for n in left)
    return [n for n in missing if n.kind != WORD or (changed and _is_whole(n))]


def _is_whole(number: Number) -> bool:
    """Whether a word says how many for certain: not a, half, single, third."""
    return all(v == int(v) and v > 1 for v in number.values) and number.text.lower() not in _VAGUE


def _is_said_otherwise(number: Number, left: list[Number], text: str) -> bool:
    """Whether a number stands in the text in a form that has no value of its own."""
    return (
        _stands_verbatim(number, text)
        or _is_half(number, text)
        or _is_in_cents(number, left, text)
        or any(_roman(int(v)) in text.split() for v in number.values if 1 < v < 40 and v == int(v))
    )


def _is_in_cents(number: Number, left: list[Number], text: str) -> bool:
    """0.50 as 50 cents."""
    cents = {value * 100 for value in number.values if 0 < value < 1}
    return bool(cents and CENTS.search(text)) and any(cents & n.values for n in left)


def _roman(number: int) -> str:
    """A number below 40 in Roman numerals, in lower case."""
    tens, ones = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]


def _is_half(number: Number, text: str) -> bool:
    return _HALF in number.values and re.search(r"\bhal(?:f|ve[sd]?)\b", text) is not None


def _stands_verbatim(number: Number, text: str) -> bool:
    """Is a number of several digits there as the original writes it, such as 545 796?"""
    written = number.text.lower()
    return (
        len(written) > 2
        and not re.search(r"[.,]", written)
        and (re.search(rf"(?<![\w.,]){re.escape(written)}(?!\w|[.,]\d)", text) is not None)
    )


def _has_month(number: Number, text: str) -> bool:
    month = int(min(number.values))
    if number.kind != "month" or not 1 <= month <= 12:
        return False
    name = numerals_zh.MONTHS[month - 1].lower()
    return re.search(rf"\b{name[:3]}(?:\b|{name[3:]})", text) is not None
