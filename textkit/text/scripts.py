"""Scripts: which writing system a character belongs to (ISO 15924 codes)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache

from textkit.text.tables import char_class, ranges

COMMON = "Zyyy"  # characters that many scripts share: digits, punctuation, blanks


@cache
def _table() -> tuple[list[int], list[int], list[str]]:
    firsts, lasts, codes = [], [], []
    for first, last, (code,) in ranges("textkit.text", "scripts.tsv"):
        firsts.append(first)
        lasts.append(last)
        codes.append(code)
    return firsts, lasts, codes


@cache
def script_of(char: str) -> str:
    """Return the script of one character; `Zyyy` where several share it.

    >>> script_of("a"), script_of("马"), script_of("7")
    ('Latn', 'Hani', 'Zyyy')
    """
    firsts, lasts, codes = _table()
    at = bisect_right(firsts, ord(char)) - 1
    return codes[at] if at >= 0 and ord(char) <= lasts[at] else COMMON


@cache
def pattern(*scripts: str) -> re.Pattern[str]:
    """Return a pattern for one or more characters of these scripts in a row."""
    firsts, lasts, codes = _table()
    spans = ((a, b) for a, b, c in zip(firsts, lasts, codes, strict=True) if c in scripts)
    return re.compile(f"[{char_class(spans)}]+")


def letters_by_script(text: str) -> Counter[str]:
    """Count the letters of each script; what is common to several is left out.

    >>> letters_by_script("GPU供应")
    Counter({'Latn': 3, 'Hani': 2})
    """
    found: Counter[str] = Counter()
    for char, count in Counter(text).items():
        script = script_of(char)
        if script != COMMON:
            found[script] += count
    return found


_TOKEN = re.compile(r"[^\s\d!-/:-@\[-`{-~]+")


@cache
def _run_pattern() -> re.Pattern[str]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for first, last, code in zip(*_table(), strict=True):
        spans.setdefault(code, []).append((first, last))
    groups = (f"(?P<{code}>[{char_class(iter(found))}]+)" for code, found in spans.items())
    return re.compile("|".join(groups))


def script_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, script)` of the letters of one script in a row, between two offsets.

    >>> list(script_runs("GPU供应 ok", 0, 8))
    [(0, 3, 'Latn'), (3, 5, 'Hani'), (6, 8, 'Latn')]
    """
    for token in _TOKEN.finditer(text, start, end):
        if token[0].isascii():
            yield token.start(), token.end(), "Latn"
        else:
            for run in _run_pattern().finditer(text, token.start(), token.end()):
                yield run.start(), run.end(), str(run.lastgroup)
