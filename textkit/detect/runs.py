"""Scripts inside one piece of text: whose it is, and who is a guest in it.

Latin names inside Han, Cyrillic, Arabic, Thai or Devanagari text belong to their host. A run of
another script inside Latin text is a phrase of another language. What stands in brackets or in
quotation marks has no vote about the words round it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from textkit.detect.families import names
from textkit.detect.han import is_simplified
from textkit.detect.languages import HAN
from textkit.text.scripts import KANA, KATAKANA
from textkit.text.stopwords import stop_words

# Letters of Latin text that say as much as one letter of the script.
_WEIGHT = {HAN: 3.0, "Hang": 2.0}
_NAME_WEIGHT = 0.2  # what a letter of a Latin name weighs beside text of another script
_PROSE = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_A-Z]+(?:['’-][^\W\d_]+)*(?!\w|,)")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
MIN_PROSE = 4  # lower-case words that make Latin inside another script a phrase of its own
_PROSE_LETTERS = 4  # letters in lower-case words without which Latin text is names
_LEAST = 2  # letters of a guest; single letters are symbols
MAX_GLOSS = 5  # Han characters inside Hangul that explain a word and are Korean
_BICAMERAL = frozenset(("Latn", "Cyrl", "Grek"))
_LONG = 10  # words of Latin that can't all be one name
MAX_NAME = 4  # characters of a name in Han or Hangul
_FRAMING = ("en", "fr", "de", "es", "pt", "it", "nl", "sv")  # whose function words frame a name
_BRACKETS = re.compile(r"\([^()\n]*\)|（[^（）\n]*）|\[[^\[\]\n]*\]|［[^［］\n]*］")
_QUOTES = re.compile(
    r'"[^"\n]*"|“[^“”\n]*”|„[^„“”\n]*[“”]|«[^«»\n]*»|「[^「」\n]*」|『[^『』\n]*』|《[^《》\n]*》'
)
_LETTER = re.compile(r"[^\W\d_]")
_BRACKET_PAIRS = ("()", "（）", "[]", "［］")
_KATAKANA = re.compile(rf"[{KATAKANA}・＝=\s]+")
_KANA = re.compile(f"[{KANA}]")
_CHINESE_WORDS = re.compile("[的了是在不和有我他她你這这那們们與与為为也就都把被]|[，。；]")


class Run(NamedTuple):
    """Letters of one script in a row, with what is common to all scripts between them."""

    start: int
    end: int
    family: str
    letters: int
    prose: bool = True  # False for Latin letters that are all names


def has_letters(text: str, start: int, end: int) -> bool:
    """Is there a letter between two offsets?"""
    return _LETTER.search(text, start, end) is not None


def runs(letters: bytes, start: int, end: int) -> list[Run]:
    """Return the runs of one script family each, in order; `letters` is the text's `families`.

    >>> from textkit.detect.families import families
    >>> [run.family for run in runs(families("DGX 系统です и вот"), 0, 14)]
    ['Latn', 'Hani', 'Cyrl']
    """
    found: list[Run] = []
    at = _next(letters, start, end)
    if at < end:
        code, count = letters[at], letters.count(letters[at], at, end)
        if count + letters.count(0, at, end) == end - at:  # most pieces are of one script
            return [Run(at, letters.rindex(code, at, end) + 1, names()[code], count)]
    while at < end:
        code = letters[at]
        stray = _is_stray(letters, at, end, found)
        stop = at + 1 if stray else _next(letters, at, end, code)
        last, count = letters.rindex(code, at, stop) + 1, letters.count(code, at, stop)
        if stray or (found and found[-1].family == names()[code]):
            found[-1] = found[-1]._replace(end=last, letters=found[-1].letters + count)
        else:
            found.append(Run(at, last, names()[code], count))
        at = _next(letters, stop, end)
    return found


def _next(letters: bytes, at: int, end: int, family: int = 0) -> int:
    """The place of the next letter of another family."""
    match = _other(family).search(letters, at, end)
    return match.start() if match else end


@cache
def _other(family: int) -> re.Pattern[bytes]:
    return re.compile(b"[^\0" + re.escape(bytes([family])) + b"]")


def _is_stray(letters: bytes, at: int, end: int, found: list[Run]) -> bool:
    """Is it one letter of a look-alike alphabet inside a word?"""
    if not found or found[-1].end != at or found[-1].letters <= _LEAST:
        return False
    alone = at + 1 == end or letters[at + 1] != letters[at]
    families_of = (found[-1].family, names()[letters[at]])
    return alone and families_of[0] != families_of[1] and set(families_of) <= _BICAMERAL


def host_and_guests(text: str, letters: bytes, start: int, end: int) -> tuple[Run, list[Run]]:
    """Return the script that a piece is written in, and the runs that do not belong to it."""
    found = runs(letters, start, end)
    if not found:
        return Run(start, end, "", 0), []
    if len(found) == 1:
        family, count = found[0].family, found[0].letters
        return Run(start, end, family, count, family != "Latn" or _has_prose(text, found)), []
    host = _host(text, letters, found, start, end)
    own = [run for run in found if run.family == host]
    prose = host != "Latn" or _has_prose(text, own)
    guests = [run for run in found if run.family != host and _is_guest(text, run, host)]
    return Run(start, end, host, sum(run.letters for run in own), prose), guests


def _outside(text: str, letters: bytes, start: int, end: int, aside: re.Pattern[str]) -> list[Run]:
    """The runs of a piece without what stands in brackets, or in quotation marks."""
    left = bytearray(letters[start:end])
    for match in aside.finditer(text[start:end]):
        left[match.start() : match.end()] = bytes(match.end() - match.start())
    return [
        run._replace(start=run.start + start, end=run.end + start)
        for run in runs(bytes(left), 0, len(left))
    ]


def _host(text: str, letters: bytes, found: list[Run], start: int, end: int) -> str:
    """The script that says most; of other scripts' names in Latin prose, Latin."""
    host = _loudest(text, found)
    if host == "Latn" or all(run.family != "Latn" for run in found):
        return host
    bare = _outside(text, letters, start, end, _BRACKETS)
    unquoted = _outside(text, letters, start, end, _QUOTES)
    if _all_latin(bare) or (_all_latin(unquoted) and _has_prose(text, unquoted)):
        return "Latn"
    if not _framed(text, bare):
        return host
    return "Latn" if _names_only(bare) else _loudest(text, bare)


def _loudest(text: str, found: list[Run]) -> str:
    weights: dict[str, float] = {}
    found = _hanja_as_korean(text, found)
    mixed = any(run.family != found[0].family for run in found)
    for run in found:
        weights[run.family] = weights.get(run.family, 0.0) + _weight(text, run, mixed)
    return max(weights, key=lambda family: (weights[family], family != "Latn", family))


def _hanja_as_korean(text: str, found: list[Run]) -> list[Run]:
    """The runs with Han that is no Chinese clause counted as Korean, where Hangul stands."""
    if all(run.family != "Hang" for run in found):
        return found
    return [
        run._replace(family="Hang")
        if run.family == HAN and not _is_chinese_clause(text, run) and not _has_kana(text, run)
        else run
        for run in found
    ]


def _has_kana(text: str, run: Run) -> bool:
    return _KANA.search(text, run.start, run.end) is not None


def _all_latin(found: list[Run]) -> bool:
    return bool(found) and all(run.family == "Latn" for run in found)


def _framed(text: str, found: list[Run]) -> bool:
    """Do function words of a Latin language stand there?"""
    latin = (run for run in found if run.family == "Latn")
    words = (match[0] for run in latin for match in _PROSE.finditer(text, run.start, run.end))
    return any(word in _function_words() for word in words)


def _names_only(found: list[Run]) -> bool:
    """Is the Han or Hangul no more than a name or two beside as much Latin?"""
    others = [run for run in found if run.family != "Latn"]
    latin = sum(run.letters for run in found if run.family == "Latn")
    short = all(run.family in _WEIGHT and run.letters <= MAX_NAME for run in others)
    return short and sum(run.letters for run in others) <= latin


@cache
def _function_words() -> frozenset[str]:
    return frozenset[str]().union(*map(stop_words, _FRAMING))


def _weight(text: str, run: Run, mixed: bool) -> float:
    if run.family != "Latn" or not mixed:
        return run.letters * _WEIGHT.get(run.family, 1.0)
    prose = _prose_letters(text, run)
    return prose + _NAME_WEIGHT * (run.letters - prose)


def _has_prose(text: str, latin: list[Run]) -> bool:
    """Are there words beside the names, or nothing but words?"""
    prose = 0
    for run in latin:
        for match in _PROSE.finditer(text, run.start, run.end):
            prose += match.end() - match.start()
            if prose >= _PROSE_LETTERS:
                return True
    return prose == sum(run.letters for run in latin)


def _prose_letters(text: str, run: Run) -> int:
    return sum(len(match[0]) for match in _PROSE.finditer(text, run.start, run.end))


def _is_guest(text: str, run: Run, host: str) -> bool:
    if _is_bracketed_name(text, run):
        return False
    if run.family == "Latn":
        words = len(_WORD.findall(text, run.start, run.end))
        prose = len(_PROSE.findall(text, run.start, run.end))
        return (prose >= MIN_PROSE and prose * 2 >= words) or (prose >= 2 and words >= _LONG)
    if run.family == HAN and host == "Hang":
        return _is_chinese_clause(text, run)
    return run.letters >= _LEAST or run.family in (HAN, "Hang")


def _is_bracketed_name(text: str, run: Run) -> bool:
    """Is the run a name as its own script writes it, alone between brackets?"""
    if text[max(0, run.start - 1) : run.start] + text[run.end : run.end + 1] not in _BRACKET_PAIRS:
        return False
    if run.family in _WEIGHT:
        return run.letters <= MAX_NAME or _KATAKANA.fullmatch(text, run.start, run.end) is not None
    words = text[run.start : run.end].split()
    return run.family in _BICAMERAL and len(words) <= MAX_NAME and all(w.istitle() for w in words)


def _is_chinese_clause(text: str, run: Run) -> bool:
    """Is Han inside Korean text a clause of Chinese, rather than words in hanja?

    A clause has function words or characters that Korea never took over.
    """
    if run.letters <= MAX_GLOSS:
        return False
    return bool(_CHINESE_WORDS.search(text, run.start, run.end)) or is_simplified(
        text[run.start : run.end]
    )
