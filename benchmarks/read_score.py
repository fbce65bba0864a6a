"""How close a text is to what a page's text should be: bags of words, or known pieces."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

# One token per ideograph, kana or letter of a script without blanks; other scripts by \w+.
_DENSE = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
WORD = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}]+")


class PageGold(NamedTuple):
    """The text of a page, or only pieces that it must and must not hold."""

    text: str | None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @classmethod
    def of(cls, truth: Mapping[str, Any]) -> PageGold | None:
        """Return what a set says of a page; None where it says nothing."""
        pieces = (tuple(map(one_line, truth.get(key) or ())) for key in ("with", "without"))
        text = truth.get("main_content")
        gold = cls(text, *pieces)
        return gold if text is not None or gold.wanted else None


class PageScore(NamedTuple):
    """Words, or pieces, of a page that are right, missing or too many; and whether all is right."""

    right: int
    missing: int
    extra: int
    exact: bool

    @property
    def f1(self) -> float:
        """2 right / (2 right + missing + extra); 1 where there is nothing at all."""
        total = 2 * self.right + self.missing + self.extra
        return 2 * self.right / total if total else 1.0


def one_line(text: str) -> str:
    """Return a text with a single blank between its words."""
    return " ".join(text.split())


def score_page(gold: PageGold, text: str) -> PageScore:
    """Return the score of a text."""
    if gold.text is None:
        line = one_line(text)
        right = sum(piece in line for piece in gold.wanted)
        extra = sum(piece in line for piece in gold.unwanted)
        missing = len(gold.wanted) - right
        return PageScore(right, missing, extra, not missing and not extra)
    expected, got = (WORD.findall(part.lower()) for part in (gold.text, text))
    right = (Counter(expected) & Counter(got)).total()
    return PageScore(right, len(expected) - right, len(got) - right, expected == got)


def mean_score(pairs: Sequence[tuple[PageGold, PageScore]]) -> float:
    """Return the mean F1 of pages; of pieces the F1 of all together, as there are few per page."""
    texts = [score.f1 for gold, score in pairs if gold.text is not None]
    if texts:
        return statistics.mean(texts)
    columns = zip(*((s.right, s.missing, s.extra) for _, s in pairs), strict=True)
    return PageScore(*map(sum, columns), exact=False).f1
