"""Which way of writing Han characters is it: simplified or traditional Chinese, or Japanese?"""

from __future__ import annotations

from functools import cache

from textkit.text.scripts import script_of
from textkit.text.tables import rows

WAYS = {"zh-Hans": "Hans", "zh-Hant": "Hant", "ja": "Jpan"}
ODD = 4.0  # nats against a way of writing for each character that it does not use
NO_KANA = 0.15  # nats against Japanese for each Han character of a text without kana
KANA_SHARE = 12  # one kana among this many Han characters decides for Japanese
KANA = frozenset(("Hira", "Kana"))


@cache
def _ways() -> dict[str, frozenset[str]]:
    return {char: frozenset(way.split()) for char, way in rows("textkit.detect", "han.tsv")}


def evidence(text: str) -> dict[str, float]:
    """Return the log likelihood of each way of writing, with 0 for "nothing speaks against it".

    >>> best = lambda text: max(evidence(text).items(), key=lambda item: item[1])[0]
    >>> best("这是简体"), best("這是繁體"), best("日本語です"), best("関係機関")
    ('zh-Hans', 'zh-Hant', 'ja', 'ja')
    """
    found = dict.fromkeys(WAYS, 0.0)
    kana = han = bopomofo = 0
    for char in text:
        script = script_of(char)
        if script in KANA:
            kana += 1
        elif script == "Bopo":
            bopomofo += 1
        elif script == "Hani":
            han += 1
            ways = _ways().get(char)
            if ways:
                for tag, way in WAYS.items():
                    if way not in ways:
                        found[tag] -= ODD
    if kana and kana * KANA_SHARE >= han:
        found["zh-Hans"] -= ODD * 25
        found["zh-Hant"] -= ODD * 25
    else:
        found["ja"] -= NO_KANA * han + ODD * bopomofo
        found["zh-Hans"] -= ODD * bopomofo
    return found
