"""Names of people that no dictionary has: a surname, and what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from textkit.text.tables import rows
from textkit.translate.gloss.words import everyday, sounds

LISTED = "、"  # the comma between names
DOTS = "·・•‧"  # between the parts of a foreign name
_LONGEST_PART = 8  # characters of a foreign name between dots


@cache
def _beside(place: str) -> frozenset[str]:
    table = rows("textkit.translate", "persons_zh.tsv")
    return frozenset(word for word, stands in table if stands == place)


def given_name(words: Sequence[str], at: int, before: str) -> int:
    """Return how many words after the surname at `at` are a given name; 0 where none are.

    `before` is the word or mark that stands before the surname, empty at the start of a text.

    >>> given_name(["陈", "楚", "钧", "来"], 0, ""), given_name(["张", "伟"], 0, "记者")
    (2, 1)
    """
    for taken in (2, 1):
        given = words[at + 1 : at + 1 + taken]
        after = words[at + 1 + taken] if len(words) > at + 1 + taken else ""
        if len(given) == taken and _is_given(given, before, after):
            return taken
    return 0


def _is_given(given: Sequence[str], before: str, after: str) -> bool:
    joined = "".join(given)
    common = any(word in everyday() for word in given)
    if len(given) == 2 and len(joined) == 2 and not common:
        return True  # two rare characters beside a surname need no other sign
    if len(joined) > 2 or joined in _beside("before") or joined in _beside("forms"):
        return False
    if joined[-1] in _beside("after") or joined[-1] in _beside("forms"):
        return False
    if after in _beside("after"):
        return not any(word in everyday() for word in given if len(word) == 2)
    titled = before in _beside("before") or before == LISTED
    return titled and not common


def tail_of_foreign_name(run: str, following: str) -> int:
    """Return where the first part of a foreign name starts that ends a run before a dot.

    >>> tail_of_foreign_name("总裁埃隆", "·"), tail_of_foreign_name("总裁埃隆", "，")
    (2, 4)
    """
    start = len(run)
    if not following or following not in DOTS:
        return start
    while start and run[start - 1] in sounds() and len(run) - start < _LONGEST_PART:
        start -= 1
    return start


def head_of_foreign_name(run: str, preceding: str) -> int:
    """Return how many characters at the start of a run after a dot belong to the name.

    >>> head_of_foreign_name("马斯克说", "·"), head_of_foreign_name("马斯克说", "")
    (3, 0)
    """
    if not preceding or preceding not in DOTS:
        return 0
    end = 0
    while end < min(len(run), _LONGEST_PART) and run[end] in sounds():
        end += 1
    return end
