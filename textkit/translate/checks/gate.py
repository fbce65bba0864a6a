"""Is an engine's answer a translation at all? Models fall silent, loop, echo and copy.

One gate behind every engine. It looks at the two texts only, so that what passes here may still
be wrong; what fails here is never a translation.
"""

from __future__ import annotations

import re
import unicodedata

from textkit.text.languages import base
from textkit.text.scripts import pattern

MAX_LOOPED_WORDS = 12  # of a phrase that is said again and again
MIN_TIMES = 3  # in a row; people repeat a word twice

# Characters of the translation per character of the original: of Han and kana, and of the rest.
# Set by hand; 997 human translations from Chinese have 1.55 to 6.17 (blanks not counted).
# FREE_LENGTH characters more or fewer are no matter: headlines and exclamations vary most.
MIN_RATIO_DENSE, MAX_RATIO_DENSE = 1.0, 12.0
MIN_RATIO, MAX_RATIO = 0.3, 3.0
FREE_LENGTH = 20
MAX_COPIED = 0.5  # of the lower-case words of an original in another language
MIN_COPIED_WORDS = 3
MIN_COPIED_LETTERS = 4  # of a word; shorter ones are words of both languages more often

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TOKEN = re.compile(r"\w+(?:['’-]\w+)*")
_DENSE = ("Hani", "Hira", "Kana")  # scripts in which a character is most of a word
_UNSPACED = (*_DENSE, "Thai", "Laoo", "Khmr", "Mymr")  # written without blanks


def fault(original: str, translation: str, source: str, target: str) -> str | None:
    """Return why an answer is no translation: one of `empty loop length copy`; None if it may be.

    >>> fault("O rio subiu ontem à noite.", "♪", "pt", "en")
    'empty'
    >>> fault("Ele disse a verdade.", "He said the truth the truth the truth.", "pt", "en")
    'loop'
    """
    if not _WORD.search(translation):
        return "empty" if _has_words(original) or not translation.strip() else None
    if loops(translation) and not loops(original):
        return "loop"
    if not _fits(original, translation):
        return "length"
    if _is_left_in_han(original, translation, target):
        return "copy"
    if base(source) != base(target) and copied_share(original, translation) > MAX_COPIED:
        return "copy"
    return None


def _is_left_in_han(original: str, translation: str, target: str) -> bool:
    """Whether much of a text in Han or kana came out as it went in."""
    left = _sizes(translation)[0]
    return base(target) not in ("zh", "yue", "ja") and left > MAX_COPIED * _sizes(original)[0] / 2


def _has_words(text: str) -> bool:
    return any(len(word) > 1 for word in _WORD.findall(text))


def loops(text: str) -> bool:
    """Whether a phrase of at most `MAX_LOOPED_WORDS` words is said three times running.

    >>> loops("in China, China, China"), loops("no, no"), loops("很好很好很好")
    (True, False, True)
    """
    words = [word.lower() for word in _tokens(text)]
    same = [0] * (MAX_LOOPED_WORDS + 1)  # how many words equal the one that many places before
    for i, word in enumerate(words):
        for size in range(1, min(MAX_LOOPED_WORDS, i) + 1):
            same[size] = same[size] + 1 if word == words[i - size] else 0
            if same[size] >= size * (MIN_TIMES - 1) and not _counts(words[i - size + 1 : i + 1]):
                return True
    return False


def _counts(words: list[str]) -> bool:
    """Whether a phrase is digits alone, as equal cells of a table are."""
    return all(word.isdigit() for word in words)


def _tokens(text: str) -> list[str]:
    """Words, or characters of scripts without blanks."""
    if text.isascii():
        return _TOKEN.findall(text)
    apart = pattern(*_UNSPACED).sub(lambda m: " ".join(f" {m[0]} "), text)
    return _TOKEN.findall(apart)


def _fits(original: str, translation: str) -> bool:
    """Whether the lengths of the two texts are those of a translation."""
    dense, plain = _sizes(original)
    new_dense, new_plain = _sizes(translation)
    size = new_dense * (2 if new_dense > new_plain else 1) + new_plain  # into Han a text shrinks
    least = dense * MIN_RATIO_DENSE + plain * MIN_RATIO - FREE_LENGTH * MIN_RATIO
    return least <= size <= dense * MAX_RATIO_DENSE + plain * MAX_RATIO + FREE_LENGTH


def _sizes(text: str) -> tuple[int, int]:
    """How many characters of a text are Han or kana, and how many others are no blanks."""
    dense = 0 if text.isascii() else sum(len(m[0]) for m in pattern(*_DENSE).finditer(text))
    return dense, sum(not char.isspace() for char in text) - dense


def copied_share(original: str, translation: str) -> float:
    """Return the share of the original's lower-case words that stand in the translation as well.

    Of a few words none counts: two languages share some. 0 where the original has too few.

    >>> copied_share("Der Rat lässt die alte Brücke morgen sperren.", "The alte bridge shuts.")
    0.25
    """
    words = [_plain(w) for w in _WORD.findall(original) if w == w.lower()]
    words = [w for w in words if len(w) >= MIN_COPIED_LETTERS or not w.isascii()]
    if len(words) < MIN_COPIED_WORDS:
        return 0.0
    there = {_plain(word) for word in _WORD.findall(translation)}
    return sum(word in there for word in words) / len(words)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).lower()
