"""Names in sentences, and which of them stand together.

What happens in news happens between people, companies and places: two names in one sentence are
the skeleton of an event (Filatova & Hatzivassiloglou, 2004). Names are told by capital letters, so
that scripts without case have none here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

Pair = tuple[str, str]

MOST = 10  # names of a sentence that are looked at; a longer row of them is a list
_WORD = re.compile(r"[^\W\d_](?:[\w.-]*\w)?")


def names(texts: Sequence[str]) -> list[list[tuple[str, ...]]]:
    """Return the names in each sentence, each as its words.

    The first word of a sentence counts where another sentence has it in its middle.

    >>> names(["Old Rome fell to Alaric.", "They feared Alaric."])
    [[('rome',), ('alaric',)], [('alaric',)]]
    """
    found = [_capitalised(text) for text in texts]
    known = {word for runs in found for run in runs for at, word in run if at > 1}
    return [
        [
            kept
            for run in runs
            if (kept := tuple(word for at, word in run if at > 1 or word in known))
        ][:MOST]
        for runs in found
    ]


def _capitalised(text: str) -> list[list[tuple[int, str]]]:
    """Runs of capitalised words with nothing but a blank between them, each word with its place."""
    runs: list[list[tuple[int, str]]] = []
    end = -1
    for match in _WORD.finditer(text):
        if match[0][0].isupper():
            if end < 0 or text[end : match.start()] != " ":
                runs.append([])
            runs[-1].append((match.start(), match[0].casefold()))
            end = match.end()
        else:
            end = -1
    return runs


def pairs(found: Sequence[tuple[str, ...]]) -> set[Pair]:
    """Return the pairs of words of different names, in alphabetical order.

    >>> sorted(pairs([("anna", "lind"), ("oslo",)]))
    [('anna', 'oslo'), ('lind', 'oslo')]
    """
    return {
        (a, b) if a < b else (b, a)
        for one, other in combinations(found, 2)
        for a in one[:MOST]
        for b in other[:MOST]
        if a != b
    }
