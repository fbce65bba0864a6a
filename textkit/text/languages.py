"""Language tags: the language without script and region."""

from __future__ import annotations

from functools import lru_cache

_OTHER_NAMES = {
    "no": "nb",
    "nn": "nb",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "fil": "tl",
    "cmn": "zh",
}


@lru_cache(1024)
def primary(lang: str | None) -> str:
    """Return the primary subtag of a BCP 47 tag in lower case, "" for none.

    >>> primary("zh-Hans"), primary("NN"), primary(None)
    ('zh', 'nn', '')
    """
    return (lang or "").replace("_", "-").split("-")[0].lower()


@lru_cache(1024)  # asked for every sentence and term
def base(lang: str | None) -> str:
    """Return the language that tables name: `primary`, with retired and regional codes mapped.

    >>> base("zh-Hans"), base("no"), base("iw-IL"), base(None)
    ('zh', 'nb', 'he', '')
    """
    code = primary(lang)
    return _OTHER_NAMES.get(code, code)
