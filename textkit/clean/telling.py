"""Telling: lines that open like residue and go on to say something, so that they are no residue.

A story quotes what notices and labels say, and its last sentence may open as a credit does.
"""

from __future__ import annotations

import re
from functools import cache

from textkit.clean.phrases import Phrase, table, words_of
from textkit.text.marks import CLOSERS, marks
from textkit.text.scripts import HAN, HIRAGANA, KANA
from textkit.text.tables import rows

MOST_PLAIN = 3  # words of a credit that are no names; sentences have more
MOST_UNCASED = 8  # words of a credit in a script without capitals

_ASKS = re.compile(rf"[{marks('question', 'exclamation')}][{re.escape(CLOSERS)}]*$")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_JOINING = frozenset(
    "a al and avec con da de del der des di do dos du e el en et for i in la le met mit of on por"
    " the to und van von with y".split()
)
_CLAUSES = re.compile(rf"[{KANA}{HAN}][，。][{KANA}{HAN}]|[{KANA}{HAN}][、].*[{HIRAGANA}]。$")


@cache
def _speech(lang: str) -> frozenset[str]:
    """Verbs that say who said something, in a language and in English."""
    return frozenset(
        verb for code, verb in rows("textkit.text", "speech.tsv") if code in (lang, "en")
    )


def reports(sentence: str, lang: str) -> bool:
    """Does a sentence say who said something, as a story does and a notice never?

    >>> reports("We use cookies to lure the bears, the ranger said.", "en")
    True
    """
    return not _speech(lang).isdisjoint(_WORD.findall(sentence.casefold().rstrip(".")))


def names_people(line: str, phrase: Phrase) -> bool:
    """Is a credit a list of names, rather than a sentence or a question of an interview?

    >>> credit = Phrase("en", "credits", "tail", "reporting by")
    >>> names_people("Reporting by Jane Doe; editing by John Roe", credit)
    True
    >>> names_people("Reporting by Jane Doe found that two wells had run dry.", credit)
    False
    """
    if phrase.opening:
        return True  # in brackets
    if _ASKS.search(line) or _CLAUSES.search(line):
        return False
    known = _known()
    words = [w for w in _WORD.findall(line)[len(phrase.key.split()) :] if w.casefold() not in known]
    uncased = [word for word in words if word[0].isalpha() and word[0] == word[0].swapcase()]
    if uncased:
        return len(words) <= MOST_UNCASED
    plain = [word for word in words if not word[0].isupper()]
    return len(plain) <= MOST_PLAIN and (len(words) < 2 or len(plain) * 2 < len(words))


@cache
def _known() -> frozenset[str]:
    """Words of credits that are no names, or names in small letters: editing, by, and, dpa."""
    starts = (phrase for row in table().starts.values() for phrase in row)
    keys = (phrase.key for phrase in starts if phrase.kind == "credits")
    return _JOINING.union(words_of("agency"), (word for key in keys for word in key.split()))
