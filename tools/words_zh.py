"""Make the table of Chinese word frequencies: `python -m tools.words_zh PATH/jieba/dict.txt`.

The dictionary comes in the wheel of jieba (MIT). Kept are the words that CC-CEDICT has too.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from textkit.translate.gloss.cedict import headwords

MIN_COUNT = 20  # below it jieba's counts are mostly guesses
MAX_LENGTH = 6  # characters; longer entries win anyway, as one word against many
TWO_LETTERS = ("ns", "nr", "nt", "nz", "vn")  # kinds of names, and verbs that stand as nouns
KNOWN = "nvadrpcmqtfsbil"  # kinds that the gloss tells apart
TABLE = Path(__file__).parents[1] / "textkit" / "translate" / "data" / "words_zh.tsv"
HEADER = """\
# How frequent Chinese words are and what part of speech: part, twice the natural logarithm of the
# count (among 60 million words), the words. Made by tools/words_zh.py from the dictionary of jieba
# 0.42.1, (c) 2013 Sun Junyi, MIT licence: what CC-CEDICT has too and occurs 20 times or more.
"""


def part_of_speech(tag: str) -> str:
    """Return jieba's tag without what the gloss does not use.

    >>> [part_of_speech(tag) for tag in ("nrt", "vn", "ad", "uj")]
    ['nr', 'vn', 'd', 'x']
    """
    if tag[:2] in TWO_LETTERS:
        return tag[:2]
    short = {"ad": "d", "an": "n"}.get(tag, tag[0])
    return short if short in KNOWN else "x"


def table_rows(lines: Iterator[str]) -> Iterator[str]:
    """Yield the rows of the table, made from the lines of jieba's dictionary."""
    groups = defaultdict(list)
    known = headwords()
    for line in lines:
        word, count, tag = line.split()
        if int(count) >= MIN_COUNT and len(word) <= MAX_LENGTH and word in known:
            groups[part_of_speech(tag), round(2 * math.log(int(count)))].append(word)
    for (part, level), words in sorted(groups.items()):
        yield f"{part}\t{level}\t{' '.join(sorted(words))}\n"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as source:
        TABLE.write_text(HEADER + "".join(table_rows(source)), encoding="utf-8")
