"""Credits: who took a picture, and captions that end in a credit."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from textkit.clean.phrases import key_of, mentions, words_of
from textkit.clean.shape import is_prose
from textkit.text.marks import marks
from textkit.text.scripts import HAN, HANGUL, HIRAGANA, KANA, UNCASED

MAX_WORDS = 8
MAX_NAMES = 6  # words of names with capitals
MAX_CHARACTERS = 90  # characters of a line that is a credit; a caption may be longer
_CJK = re.compile(f"[{KANA}{HAN}{HANGUL}]")
_HIRAGANA = re.compile(f"[{HIRAGANA}]")
_MARK = re.compile(r"\s*(?:[:：=＝／/|｜]|(?<=\w)\s[-–—]\s)\s*")
_END = re.compile(rf"[{marks()}]$")
_OUTER = " \t()（）[]【】〔〕*_•·-–—|"
_SMALL = frozenset(
    "de da do dos das del della di la le van von der den zu al bin y e et und and for of via the"
    " by für im am et des du of with via".split()
)
_BY = ("photo by ", "image by ", "photo courtesy of ", "image courtesy of ", "courtesy of ")
_SOURCES = frozenset(
    {"source", "sources", "video", "credits", "quelle", "quellen"}
)  # of a text too
_UNCASED = re.compile(f"[{UNCASED}]")


def is_credit(line: str, key: str | None = None) -> bool:
    """Is a line a picture's credit: a label, a mark, and an agency or a name?

    >>> [is_credit(t) for t in ("(Photo: Getty Images)", "Foto: J. Doe/dpa", "Photo: how it began")]
    [True, True, False]
    """
    text = line.strip(_OUTER)
    if len(text) > MAX_CHARACTERS or _END.search(text):
        return False
    mark = _MARK.search(text)
    if mark is None:
        return _without_mark(text, key)
    if key_of(text[: mark.start()]) not in words_of("credit"):
        return _without_mark(text, key)
    return _is_source(text[mark.end() :])


def _without_mark(text: str, key: str | None) -> bool:
    """`Photo by Jane Doe`, `Fot. Jan Nowak / PAP`."""
    key = key_of(text) if key is None else key
    label, _, source = text.partition(" ")
    if label.endswith(".") and key_of(label) in words_of("credit"):
        return _is_source(source)
    if not key.startswith(_BY):
        return False
    return any(key.startswith(label) and _is_source(text[len(label) :]) for label in _BY)


def _is_source(text: str) -> bool:
    """An agency, or a few names."""
    words = [word for word in re.split(r"[\s,/|&+]+", text.strip(_OUTER)) if word]
    if not 1 <= len(words) <= MAX_WORDS:
        return False
    folded = text.casefold()
    if mentions(folded, "agency"):
        return True
    if _UNCASED.search(text):
        return _is_uncased_name(text, words)
    return (
        all(
            word.lstrip("@©(\"'“")[:1].isupper() or word.casefold() in _SMALL or word[:1] in "@©"
            for word in words
        )
        and len(words) <= MAX_NAMES
        and words[0].casefold() not in ("the", "a", "how", "why")
    )


def _is_uncased_name(text: str, words: list[str]) -> bool:
    """A name in a script without capitals: one or two short words; no particles in Japanese."""
    if _CJK.search(text):
        return len("".join(words)) <= 6 and not _HIRAGANA.search(text)
    return len(words) <= 2 and len(text) <= 16


_BRACKET = re.compile(r"\s*[(（〔［\[【]([^()（）〔〕［］\[\]【】\n]{2,70})[)）〕］\]】][.。]?$")
_BRACKET_ENDS = frozenset(")）〕］]】.。")
_CREDIT_SIGNS = re.compile("[:：=＝攝摄/]")
_TAKEN = re.compile(
    r"[／/]|[攝摄翻]|撮影|提供|供圖|供图|제공|촬영|ⓒ|©|^(?:記者|记者|本報|本报)"
    r"|^(?:사진|자료|출처|그래픽|삽화|일러스트|영상|표)\s?[=:]"
    rf"|^[{HAN}]{{1,4}}社$|^(?:資料照|檔案照|资料图|資料圖|檔案圖|圖源|图源|截圖|截图)"
)  # who took a picture, or whose it is, in a bracket of an East Asian script
_TAKEN_END = re.compile(
    rf"(?:[\s。，,、)）]|^)[{HAN}]{{2,4}}\s?[攝摄]$"
    r"|[=＝、][^。=＝]{2,16}(?:撮影|提供)$|[=＝][^\s=＝。]{2,12}(?:기자|제공)$"
    rf"|(?<=[{HANGUL}.])\s/\s?(?:사진\s?=\s?)?[{HANGUL}\w]{{2,14}}$"
)
_SIGNED = re.compile(
    rf"(?<=[{marks()})）])\s?([^\W\d_][\w.'-]*(?: [^\W\d_][\w.'-]*){{0,3}}) ?/ ?([^/\n]{{2,30}})$"
)  # a photographer and an agency, right after the caption
_LABELLED = re.compile(
    rf"(?:^|(?<=[{marks()}”\"»)）]))\s*((?:[^\W\d_]\w*\.? ){{0,2}}[^\W\d_]\w*\.?)"
    r"\s?[:：=＝]\s?([^:：=＝\n]{2,50})$"
)


def credit_start(line: str) -> int | None:
    """Return where the picture's credit that ends a line starts.

    >>> credit_start("Readers wait at the side door. (Photo: Jane Doe/AP)"), credit_start("It (AP)")
    (30, 2)
    >>> credit_start("Leser am Samstag. Foto: J. Doe"), credit_start("The results (see below)")
    (17, None)
    """
    if (
        line[-1:] not in _BRACKET_ENDS
        and _CREDIT_SIGNS.search(line, max(0, len(line) - 60)) is None
    ):
        return None
    bracket = _BRACKET.search(line) if line[-1:] in _BRACKET_ENDS else None
    if bracket:
        return bracket.start() if _is_bracketed(bracket[1].strip()) else None
    taken = _TAKEN_END.search(line)
    if taken:
        return taken.start()
    signed = _SIGNED.search(line[-90:])
    if signed and key_of(signed[2]) in words_of("agency") and _is_source(signed[1]):
        return max(0, len(line) - 90) + signed.start()
    mark = None if _END.search(line) else _LABELLED.search(line[-90:])
    if mark and _is_label(mark[1]) and _is_source(mark[2]):
        return max(0, len(line) - 90) + mark.start()
    return None


@lru_cache(maxsize=2048)
def is_caption(line: str) -> bool:
    """Is a line a caption: does it end in a credit, and one with a label if it is a sentence?

    >>> is_caption("The old harbour (AP)"), is_caption("He has denied the claim for years. (AP)")
    (True, False)
    """
    start = credit_start(line)
    if start is None:
        return False
    return not is_prose(line[:start]) or line[start:].strip(_OUTER).casefold() not in _agencies()


@cache
def _agencies() -> frozenset[str]:
    return words_of("agency")


def _is_label(text: str) -> bool:
    key = key_of(text)
    return key in words_of("credit") and key not in _SOURCES


def _is_bracketed(text: str) -> bool:
    """Is what stands in a bracket a credit: labelled, an agency, or who took the picture?"""
    key = key_of(text)
    if is_credit(text, key) or key in words_of("agency"):
        return True
    words = re.split(r"[\s:：=＝／/|]+", text)
    labelled = len(words) > 1 and _is_label(words[0]) and _is_source(" ".join(words[1:]))
    if labelled or (_CJK.search(text) and len(text) <= 30 and _TAKEN.search(text)):
        return True
    if 1 < len(words) <= 4 and _is_label(words[-1]) and all(w[:1].isupper() for w in words):
        return True  # an agency's name and `Photo`
    name, slash, agency = text.rpartition("/")
    return bool(slash) and key_of(agency) in words_of("agency") and _is_source(name)
