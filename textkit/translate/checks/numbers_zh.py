"""Numbers of a Chinese text: in digits, in characters, as times, shares and months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from textkit.translate.checks.number import Number, blanked
from textkit.translate.checks.times import chinese_times
from textkit.translate.gloss import numerals_zh

_MEASURE = re.compile(
    r"\s*(?:多|余)?(?:个|名|位|人|年|天|次|岁|家|座|辆|架|艘|种|项|件|条|只|米|公里|英里|吨|度|小时"
    r"|分钟|秒|美元|元|英镑|欧元|倍|场|届|支|枚|周|层|部|国|州|省|大|所|间|颗|张|套|台|艘|[万亿])"
)
_HAN_NUMBER = re.compile(rf"{numerals_zh.HAN_AMOUNT.pattern}|[{numerals_zh.HAN_NUMERALS}]+")
_VAGUE = re.compile(r"[数几上成好近每第]$")
_ARABIC_ZH = numerals_zh.AMOUNT
_CENTURY_ZH = re.compile(r"(\d{1,2})\s*世纪\s*(\d0)\s*年代")
_MONTH_ZH = re.compile(r"(?<![\d.])(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月(?!亮|球|光)")


def chinese_numbers(text: str, plain: str) -> Iterator[Number]:
    """Numbers of a Chinese text; a lone 一 is an article, and what stands in words is no number."""
    months = {m.start(1): m for m in _MONTH_ZH.finditer(plain)}
    found: list[Number] = []
    shares = [(p, _share) for p in (numerals_zh.FRACTION, numerals_zh.TENTHS, numerals_zh.DISCOUNT)]
    for span, values in chinese_times(plain):
        found.append(Number(*span, text[slice(*span)], values, "time"))
    plain = blanked(plain, found)
    for pattern, read in ((_CENTURY_ZH, _decade), *shares):
        kind = "share" if read is _share else "number"
        matches = [m for m in pattern.finditer(plain) if not m[0].startswith("百分之")]
        found += (Number(*m.span(), text[slice(*m.span())], read(m), kind) for m in matches)
        plain = _blanked(plain, matches)
    for match in _ARABIC_ZH.finditer(plain):
        amount = numerals_zh.amount(match[0])
        if amount is not None:
            kind = "month" if match.start() in months else "number"
            span = match.span()
            values = frozenset({amount.low, amount.high})
            found.append(Number(*span, text[slice(*span)], values, kind))
    taken = {i for n in found for i in range(n.start, n.end)}
    for match in _HAN_NUMBER.finditer(plain):
        number = _han_number(text, match, match.start() in months)
        if number and match.start() not in taken:
            found.append(number)
    yield from sorted(found)


def _blanked(text: str, matches: list[re.Match[str]]) -> str:
    """Return the text with blanks in the place of each match."""
    pieces: list[str] = []
    at = 0
    for match in matches:
        pieces += (text[at : match.start()], " " * len(match[0]))
        at = match.end()
    return "".join([*pieces, text[at:]])


def _decade(match: re.Match[str]) -> frozenset[Decimal]:
    """20 世纪 70 年代 is the 1970s."""
    return frozenset({Decimal(int(match[1]) * 100 - 100 + int(match[2]))})


def _share(match: re.Match[str]) -> frozenset[Decimal]:
    """Three quarters may be 3/4, 75% or 0.75; 八折 is 20% off, or 80% of the price."""
    groups = match.groupdict()
    if groups.get("tenths") or groups.get("price"):
        off = Decimal((numerals_zh.share(match) or "0").split("%")[0])
        return frozenset({off, 100 - off, off / 10, 10 - off / 10})
    below, above = (numerals_zh.value(match[name]) for name in ("below", "above"))
    if not below or above is None:
        return frozenset()
    part = above / below
    return frozenset({below, above, part, part * 100} - {Decimal(1)})


def _han_number(text: str, match: re.Match[str], month: bool) -> Number | None:
    word = match[0]
    amount = numerals_zh.amount(word)
    spelt = all(c not in "十百千万萬亿億兆点點" for c in word)
    if (
        amount is None
        or amount.low in (0, 1)
        or (spelt and 1 < len(word) < 4)
        or _VAGUE.search(text[max(0, match.start() - 1) : match.start()])
    ):
        return None
    year = len(word) == 4 and text.startswith("年", match.end())
    counted = _MEASURE.match(text, match.end()) and (len(word) > 1 or word not in "十百千万亿")
    counted = counted or text[max(0, match.start() - 3) : match.start()] == "百分之"
    if not (month or year or counted):
        return None
    kind = "month" if month else "number"
    values = frozenset({amount.low, amount.high})
    return Number(match.start(), match.end(), word, values, kind)
