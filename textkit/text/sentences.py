"""Sentences: one splitter for all scripts, with offsets, without data to download.

A block is never split across: headings, list items and table rows are sentences of their own.
Inside a block a sentence mark ends a sentence unless what stands round it says otherwise. Marks
that no abbreviation uses (。！？ ؟ ।) need no blank after them; Thai and Lao, which have no mark
at all, are cut at blanks once a piece is long enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textkit.text.abbreviations import Rules, rules
from textkit.text.blocks import blocks

_CLOSERS = "\"'’”“»«›」』）)\\]}》〉】"
_WIDE = "。！？｡．؟۔।॥։።\u17d4\u17d5\u104b\u0f0d\u0f0e"
# One class in front lets the search run through text at the speed of a scan for characters.
_TAIL = rf"(?:[{_CLOSERS}]|[ ]?\[\d{{1,3}}\](?!\w)|[ \u00a0\u202f]»(?=\s|$))*+"
_BREAK = re.compile(rf"[.!?…{_WIDE}](?:(?![a-z0-9])|(?<=[{_WIDE}]))[.!?…{_WIDE}]*+{_TAIL}")
_GREEK_BREAK = re.compile(_BREAK.pattern.replace("[.!?…", "[.!?;\u037e…"))
_OPENERS = " \t\n\u00a0\u3000\"'“”„‘’«»‹›([{¿¡「『（《〈【-–—―•*"
_UNCASED_JOIN = re.compile(r"[\u0900-\u0dff\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff]")
_FUSED = re.compile(r"(?<=[^\W\d_A-Z]{3})\.(?=[^\W\d_a-z][^\W\d_A-Z]+[ ,])")
_CAMEL = re.compile(r"[^\W\d_]{1,2}[A-Z]")
_QUOTED_ON = "とっのはがをにでもやへか、，,"  # particles after 」: the sentence goes on
_AFTER_STOP = re.compile(rf"[\s{_WIDE}{_CLOSERS}]")
MOST_ASIDE = 100  # characters that parentheses may hold on either side of a stop
_ELIDED = re.compile(r"^(?:l|d|dell|all|dall|nell|sull|un)['’](?=\w{2})", re.IGNORECASE)  # l'on.
_DRAVIDIAN = re.compile(r"[\u0b85-\u0d39][\u0bbe-\u0d57]?")  # a letter with its vowel
_THAI = re.compile(r"[\u0e00-\u0eff]")
_THAI_GAP = re.compile(
    r"(?<=[\u0e00-\u0eff]{12})[ \u00a0]+(?=[\u0e00-\u0eff]{3})|[.!?]+(?=[ \u00a0]+\S)"
)
_THAI_LEAST = 60  # letters in a piece of Thai, which has no sentence mark but a blank


class Sentence(NamedTuple):
    """A span of the text and the kind of the block that it lies in."""

    start: int
    end: int
    block: str


def sentences(text: str, lang: str | None = None) -> list[Sentence]:
    """Return the sentences of `text` in order, without the blanks between them.

    >>> text = 'Dr. Wu left. "Really?" 他走了。真的吗？'
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['Dr. Wu left.', '"Really?"', '他走了。', '真的吗？']
    """
    return [
        Sentence(start, end, kind)
        for block_start, block_end, kind in blocks(text)
        for start, end in split_block(text, block_start, block_end, lang)
    ]


def split_block(
    text: str, start: int, end: int, lang: str | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences between two offsets, which hold one block."""
    at = start
    for stop in _stops(text, start, end, lang):
        if stop > at:
            yield at, stop
            at = stop
            while at < end and text[at].isspace():
                at += 1
    if at < end:
        yield at, end


def _stops(text: str, start: int, end: int, lang: str | None) -> Iterator[int]:
    """Yield the offsets just after each sentence's last character."""
    if _THAI.search(text, start, min(end, start + 200)):
        yield from _thai_stops(text, start, end)
        return
    known = rules(lang)
    marks, counted = 0, start  # straight marks up to an offset: each is counted once
    breaks = _GREEK_BREAK if lang and lang[:2] == "el" else _BREAK
    for match in breaks.finditer(text, start, end):
        low, stop = match.span()
        if stop >= end:
            return
        if text[low] in _WIDE:
            if text[stop - 1] == '"':
                marks += text.count('"', counted, stop)
                counted = stop
            if not _in_aside(text, low, stop, start, end):
                yield _wide_stop(text, low, stop, marks)
        elif text[stop].isspace():
            if _ends_spaced(text, low, stop, start, end, known):
                yield stop
        elif _ends_fused(text, low, stop, end):
            yield stop


def _thai_stops(text: str, start: int, end: int) -> Iterator[int]:
    at = start
    for match in _THAI_GAP.finditer(text, start, end):
        marked = match[0][0] in ".!?"
        if marked and not _is_thai_end(text, match, at):
            continue
        if marked or match.start() - at >= _THAI_LEAST:
            yield match.end() if marked else match.start()
            at = match.end()


def _is_thai_end(text: str, match: re.Match[str], at: int) -> bool:
    """A full stop ends Thai only after a long word; the short ones are abbreviations."""
    word = text[max(at, match.start() - 24) : match.start()].split(" ")[-1]
    return match[0][0] != "." or len(word) > 6


def _wide_stop(text: str, low: int, stop: int, marks: int) -> int:
    """Where a sentence ends by a mark that no abbreviation has; 0 where it goes on.

    Straight marks tell no side: the last of an odd number of them, `marks`, opens a quotation.
    """
    opening = text.find("“", low, stop)  # closes in German, but opens in the scripts of these marks
    if opening >= 0:
        return opening
    following = text[stop]
    if text[stop - 1] in "」』）》〉】" and following in _QUOTED_ON:
        return 0
    if text[low] == "．" and following.isdigit():
        return 0
    opens = text[stop - 1] == '"' and not following.isspace()
    return stop - 1 if opens and marks % 2 else stop


def _in_aside(text: str, low: int, stop: int, start: int, end: int) -> bool:
    """Inside wide parentheses nothing ends, nor at their close where they opened in a sentence."""
    opened = text.rfind("（", max(start, low - MOST_ASIDE), low)
    if opened < 0 or text.find("）", opened, low) >= 0:
        return False
    if text.find("）", low, stop) < 0:
        return text.find("）", stop, min(end, stop + MOST_ASIDE)) >= 0
    return opened > start and not _AFTER_STOP.match(text, opened - 1)


def _ends_fused(text: str, low: int, stop: int, end: int) -> bool:
    """No blank follows: a new sentence only where a script has no capitals, or a blank was lost."""
    following, before = text[stop], text[low - 1] if low else ""
    if _UNCASED_JOIN.match(following):
        return not before.isdigit() or text[low] != "."
    if text[low] == "." and stop == low + 1:
        return bool(_FUSED.match(text, low, end)) and not _in_address(text, low)
    return text[low] in "!?" and following.isupper() and before.islower()


def _in_address(text: str, low: int) -> bool:
    word = text[max(0, low - 40) : low].rsplit(None, 1)[-1]
    return any(mark in word for mark in "./@:")


def _ends_spaced(text: str, low: int, stop: int, start: int, end: int, known: Rules) -> bool:
    """A mark with a blank after it, in scripts that write blanks between words."""
    at = stop
    while at < end and text[at] in _OPENERS:
        at += 1
    if at >= end:
        return True
    following = text[at]
    if following.islower() and not _CAMEL.match(text, at, end):
        return "\u10d0" <= following <= "\u10ff"  # Georgian writes sentences without capitals
    if text[stop - 1] in '"”“»’' and _speaker_follows(text, at, end, known):
        return False
    if text[low] == "." and stop - low == 1:
        return not _is_abbreviation(text, low, at, start, end, known)
    return True


def _speaker_follows(text: str, at: int, end: int, known: Rules) -> bool:
    """Is what follows a quotation its speaker: `"Go!" Smith said.`?"""
    following = text[at : min(end, at + 60)].replace(",", " ").split()[:4]
    for place, word in enumerate(following):
        if word.casefold().rstrip(".") in known.speech:
            return place > 0 or len(following) > 1
        if not word[:1].isupper() or word.casefold() in known.starters:
            return False
    return False


def _is_abbreviation(
    text: str, low: int, following: int, start: int, end: int, known: Rules
) -> bool:
    """Is the full stop part of the word before it: Dr. Wu, J. K. Rowling, the U.S. Army?"""
    pieces = text[max(start, low - 24) : low].rsplit(None, 1)
    word = _ELIDED.sub("", pieces[-1].lstrip(_OPENERS)) if pieces else ""
    folded = word.casefold()
    kind = known.kinds.get(folded) or known.kinds.get(f"-{folded[-3:]}")
    if not word or (len(word) > 12 and kind != "number"):
        return False
    if kind == "title":
        return True
    if kind == "number" and not _is_initial(word):
        return text[following].isdigit()
    if word.isdigit():
        return known.ordinals and len(word) <= 2 and not _starts(text, following, end, known)
    if kind == "any" or _is_initial(word) or _is_dotted(word):
        return not _starts(text, following, end, known)
    return False


def _is_initial(word: str) -> bool:
    """One capital letter, or one letter of a script without capitals."""
    if _DRAVIDIAN.fullmatch(word):
        return True  # no sentence of these languages ends in a word so short
    if len(word) == 1:
        return word.isalpha() and not word.islower() and not "\u3040" <= word <= "\u9fff"
    return len(word) in (3, 4) and word[-2] == "-" and word[-1].isupper() and word[0].isupper()


def _is_dotted(word: str) -> bool:
    """Letters with stops between them: U.S, a.m, z.B."""
    return (
        "." in word and all(0 < len(part) <= 3 for part in word.split(".")) and (word[0].isalpha())
    )


def _starts(text: str, at: int, end: int, known: Rules) -> bool:
    """Does a word stand here that starts sentences rather than follows an abbreviation?"""
    stop = at
    while stop < end and stop < at + 20 and (text[stop].isalpha() or text[stop] in "'’"):
        stop += 1
    if stop == at + 1 and text.startswith(".", stop):
        return False  # another initial
    word = text[at:stop].replace("’", "'").casefold()
    return word in known.starters or word.split("'")[0] in known.starters
