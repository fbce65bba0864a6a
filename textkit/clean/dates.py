"""Date lines: a line that is a date and nothing else."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from textkit.text.calendar import names_of
from textkit.text.scripts import HAN, HANGUL, KANA, THAI
from textkit.text.tables import rows

MAX_CHARACTERS = 100
_TOKEN = re.compile(
    rf"\d+|[{THAI}]{{1,4}}\.[{THAI}]{{1,3}}\.?|[^\W\d_][^\s\d,;:|·•()（）\[\]/–—.+-]*"
)
_SOURCE = re.compile(r"\s*(?:来源|來源|作者|编辑|編輯|记者|記者)\s*[:：].*$")
_NUMERIC = re.compile(
    r"(?<!\d)(?:(?:13|14|19|20|25)\d\d\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}"
    r"|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:(?:19|20)\d\d|\d\d)"
    r"|\d{4}/\d{1,2}/\d{1,2})(?!\d)"
)
_SHORT = re.compile(r"(?<!\d)\d{1,2}(?:[-/.]\d{1,2}(?!\d)|月\d{1,2}日)|(?<!\d)\d{1,2}:\d\d")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h時时点시]\s?\d\d(?!\d)")
_HEADING = re.compile(r"\s*[日일]?\s*[,，、:：]\s*[^\W\d]")
_CJK = re.compile(f"[{KANA}{HAN}{HANGUL}]")
_DIGIT = re.compile(r"\d")
_LABEL_EDGE = " \t:：•·|-–—"
_EDGE = " \t:：|·•-–—,，【】[]()（）"


def _fold(text: str) -> str:
    folded = text.casefold().replace("i̇", "i").replace("ı", "i").replace("’", "'")
    return folded if folded.isascii() else _DIGIT.sub(lambda m: str(int(m[0])), folded)


@cache
def _words() -> dict[str, frozenset[str]]:
    """The classes of each word of dates."""
    found: dict[str, set[str]] = {}
    names = ((kind, name) for kind in ("month", "weekday") for name in names_of(kind))
    for kind, text in (*names, *(row[1:] for row in rows("textkit.clean", "dates.tsv"))):
        for word in _fold(text).split() if kind != "label" else ():
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _labels() -> re.Pattern[str]:
    labels = {
        _fold(text) for _, kind, text in rows("textkit.clean", "dates.tsv") if kind == "label"
    }
    ordered = sorted(labels, key=lambda label: (-len(label), label))
    return re.compile(rf"(?:{'|'.join(map(re.escape, ordered))})(?![^\W\d_])")


@cache
def _joined() -> re.Pattern[str]:
    """Words of scripts without blanks, for a run of them: 年, 午前, 星期五."""
    words = sorted((w for w in _words() if _CJK.search(w)), key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})+")


@lru_cache(maxsize=2048)
def date_of(text: str) -> tuple[str, bool] | None:
    """Return the date that a line holds, and whether a label says so; None if it is more.

    >>> date_of("Sat, Mar 23 2024 06:52 AM EST"), date_of("Published: 3 hours ago")
    (('Sat, Mar 23 2024 06:52 AM EST', False), ('3 hours ago', True))
    >>> date_of("In March 2024 it rained."), date_of("March 2024")
    (None, None)
    """
    if len(text) > MAX_CHARACTERS or not any(c.isdigit() for c in text):
        return None
    text = _SOURCE.sub("", text)
    folded = _fold(text)
    if len(folded) != len(text):
        folded = text.lower() if len(text.lower()) == len(text) else text
    lead = len(folded) - len(folded.lstrip(_EDGE))
    label = _labels().match(folded, lead)
    at = label.end() if label else lead
    rest = folded[at:]
    kinds = _classes(rest)
    if kinds is None:
        return None
    date = text[at:].strip(_EDGE)
    if label is None:
        return (date, False) if _is_full(rest, kinds) else None
    return (date, True) if _is_full(rest, kinds) or _is_partial(rest, kinds) else None


def _classes(text: str) -> set[str] | None:
    """The classes of the words; None where one of them has no place in a date."""
    words, found = _words(), set[str]()
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            if len(token) > 4:
                return None
            found.add("number")
            if len(token) == 4 and token[:2] in ("19", "20", "25", "13", "14"):
                found.add("year")
            continue
        kinds = words.get(token) or words.get(token.strip("."))
        if kinds is None:
            if not (_CJK.match(token) and _joined().fullmatch(token)) and not _is_label(token):
                return None
            kinds = frozenset({"word"})
        found |= kinds
    return found


def is_date_label(text: str) -> bool:
    """Is a line the label of a date that stands elsewhere?

    >>> is_date_label("• Published:"), is_date_label("Published")
    (True, False)
    """
    folded = _fold(text.strip(_LABEL_EDGE)) if text[-1:] in ":：" else ""
    return bool(folded) and _is_label(folded)


def _is_label(token: str) -> bool:
    return _labels().fullmatch(token) is not None


def _is_full(text: str, kinds: set[str]) -> bool:
    """Day, month and year."""
    if _NUMERIC.search(text):
        return True
    return {"month", "number", "year"} <= kinds and len(re.findall(r"\d+", text)) >= 2


def _is_partial(text: str, kinds: set[str]) -> bool:
    """Enough for a label: day and month, a clock time, or so long ago."""
    return bool(_SHORT.search(text)) or bool({"month", "ago"} & kinds)


MAX_OTHERS = 3  # words beside the date of a date line


class DateLine(NamedTuple):
    """A date among a few other words."""

    date: str
    clock: bool
    others: int  # words that belong to no date
    heads: bool  # do other words follow after a comma or colon, as in a heading?


@lru_cache(maxsize=2048)
def date_among(text: str) -> DateLine | None:
    """Return the full date (day, month and year) in a short line and how much else it says.

    A run of a script without blanks counts as a word for each four characters.

    >>> date_among("Almenar, 31 August 2018, 20:24")
    DateLine(date='31 August 2018, 20:24', clock=True, others=1, heads=False)
    >>> date_among("9:15 Coffee"), date_among("In 2018 it rained")
    (None, None)
    """
    if len(text) > MAX_CHARACTERS or not any(c.isdigit() for c in text):
        return None
    folded = _fold(text)
    if len(folded) != len(text):
        return None
    tokens = [(match, _is_dated(match[0])) for match in _TOKEN.finditer(folded)]
    dated = [match for match, known in tokens if known]
    if not dated:
        return None
    start, end = dated[0].start(), dated[-1].end()
    inside = folded[start:end]
    if not _is_full(inside, _known_classes(inside)):
        return None
    others = sum(1 + len(m[0]) // 4 if _CJK.match(m[0]) else 1 for m, known in tokens if not known)
    heads = _HEADING.match(text, end) is not None or text[-1] in ":：?？!！"
    return DateLine(text[start:end], _CLOCK.search(inside) is not None, others, heads)


def dated_line(text: str) -> DateLine | None:
    """Return the date of a line that says a few other words besides, and heads nothing."""
    among = date_among(text)
    return among if among and among.others <= MAX_OTHERS and not among.heads else None


def _is_dated(token: str) -> bool:
    if token[0].isdigit():
        return len(token) <= 4
    return token in _words() or token.strip(".") in _words() or bool(_joined().fullmatch(token))


def _known_classes(text: str) -> set[str]:
    """The classes of the words that dates have; others are passed over."""
    classes = set[str]()
    for token in _TOKEN.findall(text):
        classes |= _classes(token) or set()
    return classes
