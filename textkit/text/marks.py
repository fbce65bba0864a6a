"""Sentence marks: what ends or parts a sentence in any script, and what may close it after that."""

from __future__ import annotations

import re
from functools import cache

from textkit.text.tables import rows

FINAL = ("stop", "question", "exclamation", "ellipsis")
CLOSERS = "\"'’”“»«›」』）)]}》〉】"  # quotation marks and brackets that may follow a sentence mark
_SHARED = "Zyyy"


@cache
def marks(*kinds: str, shared: bool = True) -> str:
    """Return the sentence marks of some kinds, or all final ones, for a character class.

    `shared=False` leaves out those that abbreviations and decimals use too (`.!?…`).

    >>> marks("comma"), marks(shared=False).startswith(".")
    (',，、､،՝፣၊', False)
    """
    return "".join(
        re.escape(mark)
        for mark, kind, script in rows("textkit.text", "sentence_marks.tsv")
        if kind in (kinds or FINAL) and (shared or script != _SHARED)
    )


@cache
def _ending(kinds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[{marks(*kinds)}][{re.escape(CLOSERS)}]*$")


def ends_sentence(line: str, *kinds: str) -> bool:
    """Does a line end in a sentence mark of these kinds, perhaps inside closing marks?

    >>> ends_sentence("Nobody left."), ends_sentence("ဆုံးဖြတ်ခဲ့သည်။"), ends_sentence("Read more")
    (True, True, False)
    """
    return _ending(kinds).search(line[-8:]) is not None
