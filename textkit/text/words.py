"""Words: what counts as one token, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from textkit.text.tables import char_class, ranges

# Scripts that write no blanks between words: there a token is one character.
UNSPACED = ("Hani", "Hira", "Kana", "Bopo", "Yiii")
# Scripts that write no blanks either, but whose characters are letters: a token is many words.
DENSE = ("Thai", "Laoo", "Khmr", "Mymr")
_DENSE_WORD = 5  # letters and marks of a word in these, about


@cache
def _pattern() -> re.Pattern[str]:
    marks = char_class((a, b) for a, b, _ in ranges("textkit.text", "marks.tsv"))
    single = char_class(
        (a, b) for a, b, (code,) in ranges("textkit.text", "scripts.tsv") if code in UNSPACED
    )
    letters = rf"[^\W\d_{single}]"
    # Runs are taken whole and never given back: what follows a run can't be part of a shorter one.
    run = rf"{letters}++(?:[{marks}]++{letters}*+)*+"
    more = rf"(?:[{marks}]++[^\W_{single}]*+)*+(?:['’](?:{run}))?"
    mixed = rf"[^\W_{single}]++{more}"
    # Most words are ASCII and end before a blank: those are found without the long classes.
    plain = rf"[A-Za-z][A-Za-z0-9]*+(?:(?=[^\s.,;:!?()\"-])[^\W_{single}]*+{more})?"
    return re.compile(rf"{plain}|[{single}]|\d+(?:[.,:]\d+)*+(?:{run})?|{mixed}")


def words(text: str) -> list[str]:
    """Return the tokens of `text`, compatibility-normalised and without case.

    >>> words("NVIDIA's DGX-1 系统 cost $1,000.50")
    ["nvidia's", 'dgx', '1', '系', '统', 'cost', '1,000.50']
    """
    return _pattern().findall(unicodedata.normalize("NFKC", text).casefold())


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the tokens of `text` as it stands."""
    return [match.span() for match in _pattern().finditer(text)]


def is_unspaced(token: str) -> bool:
    """Is the token one character of a script that writes no blanks between words?

    >>> is_unspaced("应"), is_unspaced("a")
    (True, False)
    """
    from textkit.text.scripts import script_of

    return len(token) == 1 and script_of(token) in UNSPACED


@cache
def _dense_first() -> re.Pattern[str]:
    spans = ((a, b) for a, b, (code,) in ranges("textkit.text", "scripts.tsv") if code in DENSE)
    return re.compile(f"[{char_class(spans)}]")


def is_dense(token: str) -> bool:
    """Is the token a run of words of a script that writes no blanks between them?

    >>> is_dense("ฝนตกหนัก"), is_dense("rain")
    (True, False)
    """
    return token[:1] > "\u0dff" and _dense_first().match(token) is not None


def count_words(tokens: list[str]) -> int:
    """Return how many words tokens are; of scripts without blanks, about how many.

    >>> count_words(["rain", "fell"]), count_words(["ฝนตกหนักตลอดทั้งวัน"])
    (2, 3)
    """
    if max(tokens, default="")[:1] <= "\u0dff":
        return len(tokens)
    return sum(max(1, len(t) // _DENSE_WORD) if is_dense(t) else 1 for t in tokens)
