"""Which way of writing Han characters is it: simplified or traditional Chinese, or Japanese?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from textkit.text.scripts import scripts
from textkit.text.tables import rows

WAYS = {"zh-Hans": "Hans", "zh-Hant": "Hant", "ja": "Jpan"}
ODD = 4.0  # nats against a way of writing for each character that it does not use
NO_KANA = 0.15  # nats against Japanese for each Han character of a text without kana
KANA_SHARE = 12  # one kana among this many Han characters decides for Japanese

# Kinds of characters; a Han character is _HAN and a bit for each way that does not use it.
_OTHER, _KANA, _BOPOMOFO, _HAN, _KINDS = 0, 1, 2, 8, 16


@cache
def _kinds() -> NDArray[np.uint8]:
    """The kind of each code point."""
    kinds = np.zeros(0x110000, np.uint8)
    of_script = {"Hira": _KANA, "Kana": _KANA, "Bopo": _BOPOMOFO, "Hani": _HAN}
    for first, last, script in scripts():
        kinds[first : last + 1] = of_script.get(script, _OTHER)
    for char, ways in rows("textkit.detect", "han.tsv"):
        if kinds[ord(char)] == _HAN:
            used = ways.split()
            kinds[ord(char)] += sum(
                1 << bit for bit, way in enumerate(WAYS.values()) if way not in used
            )
    return kinds


def evidence(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return the log likelihood of each of WAYS for each text; 0 where nothing speaks against it.

    >>> best = evidence(["这是简体", "這是繁體", "日本語です", "関係機関"]).argmax(axis=1)
    >>> [list(WAYS)[at] for at in best]
    ['zh-Hans', 'zh-Hant', 'ja', 'ja']
    """
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    owners = np.repeat(np.arange(len(texts)) * _KINDS, [len(text) for text in texts])
    found = np.bincount(owners + _kinds().take(codes), minlength=len(texts) * _KINDS)
    counts = found.reshape(len(texts), _KINDS)
    kana, bopomofo, han = counts[:, _KANA], counts[:, _BOPOMOFO], counts[:, _HAN:].sum(axis=1)
    odd = [[kind for kind in range(_HAN, _KINDS) if kind >> bit & 1] for bit in range(len(WAYS))]
    against = ODD * np.stack([counts[:, kinds].sum(axis=1) for kinds in odd], axis=1)
    japanese = (kana > 0) & (kana * KANA_SHARE >= han)
    against[:, :2] += np.where(japanese, ODD * 25, 0.0)[:, None]
    against[:, 0] += np.where(japanese, 0.0, ODD * bopomofo)
    against[:, 2] += np.where(japanese, 0.0, NO_KANA * han + ODD * bopomofo)
    return -against


def is_simplified(text: str) -> bool:
    """Does the text have a character that simplified Chinese alone writes?

    >>> is_simplified("这个"), is_simplified("大統領"), is_simplified("大学")
    (True, False, False)
    """
    hant, jpan = (1 << list(WAYS.values()).index(way) for way in ("Hant", "Jpan"))
    alone = _HAN + hant + jpan
    return any(_kinds()[ord(char)] == alone for char in text)
