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
from textkit.text.languages import primary
from textkit.text.marks import marks
from textkit.text.scripts import (
    ARABIC,
    COMBINING,
    ETHIOPIC,
    HAN,
    HEBREW,
    INDIC,
    KANA,
    KHMER,
    LAO,
    MYANMAR,
    THAI,
    script_of,
)
from textkit.text.stops import OPENERS, is_abbreviation, starts_sentence
from textkit.text.tails import TAIL

_CLOSERS = "\"'’”“»«›」』）)\\]}》〉】"
_WIDE = marks(shared=False)
# One class in front lets the search run through text at the speed of a scan for characters.
_BREAK = re.compile(
    rf"[.!?…{_WIDE}](?:(?![a-z0-9])|(?<=[{_WIDE}])|(?<=[a-z]{{3}}\.)(?=\d{{1,2}}\s))"
    rf"[.!?…{_WIDE}]*+(?:[ ][.!?](?![^\s.!?]))*+{TAIL}"
)
_GREEK_BREAK = re.compile(_BREAK.pattern.replace("[.!?…", "[.!?;…"))
_ARMENIAN_BREAK = re.compile(_BREAK.pattern.replace("[.!?…", "[.!?:…"))
_BREAKS = {"el": _GREEK_BREAK, "hy": _ARMENIAN_BREAK}
_UNCASED_JOIN = re.compile(rf"[{INDIC}{HEBREW}{ARABIC}{ETHIOPIC}{KANA}{HAN}{MYANMAR}{KHMER}]")
_FUSED = re.compile(
    r"(?<=[^\W\d_A-Z]{3})\.(?=[^\W\d_a-z][^\W\d_A-Z]+(?:[ ,]|(?<=\.(?:Mr|Ms|Dr))\. |(?<=\.Mrs)\. ))"
    r"|(?<=\d,\d{3})\.(?=[A-Z][a-z]+ )"
)
_FUSED_QUOTE = re.compile(r"(?<=[^\W\d_A-Z]{3})[.!?](?=[\"“][^\W\d_a-z])")
_MARKER = re.compile(r"(?:^|:\s+)[(（]?(?:\d{1,3}|[ivxlc]{1,5}|[A-Za-z])(?:\.\)|[.)])$")
_SPEAKER = re.compile(r"[^。！？“”\n]{0,12}(?:说|說|道|表示|称|稱|问|問|答|指出)[，,：:]\s*“")
_NAMES_WITH_MARK = frozenset("yahoo jeopardy yum oklahoma wham mamma".split())
_MAX_TITLE = 60  # characters of a title in 《》; half of them for a quotation that is a name
_CAMEL = re.compile(r"[^\W\d_]{1,2}[A-Z]")
_QUOTED_ON = "とっのはがをにでもやへか、，,"  # particles after 」: the sentence goes on
_AFTER_STOP = re.compile(rf"[\s{_WIDE}{_CLOSERS}]")
MOST_ASIDE = 100  # characters that parentheses may hold on either side of a stop
_INITIAL_BEFORE = re.compile(rf"(?<![{INDIC}])[{INDIC}][{COMBINING}]?\Z")
_THAI = re.compile(rf"[{THAI}{LAO}]")
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
    known, begin = rules(lang), start
    straight, counted = 0, start  # straight marks up to an offset: each is counted once
    for match in _BREAKS.get(primary(lang), _BREAK).finditer(text, start, end):
        low, stop = match.span()
        if stop >= end:
            return
        if '"' in match[0]:
            straight += text.count('"', counted, stop)
            counted = stop
        at = 0
        if text[low] in _WIDE:
            if not (_in_aside(text, low, stop, start, end) or _in_title(text, stop, start, end)):
                at = _wide_stop(text, low, stop, straight)
        elif text[stop].isspace():
            if _ends_spaced(text, low, stop, begin, end, known) and not _is_marker(
                text, begin, stop
            ):
                at = stop
        else:
            at = _fused_stop(text, low, stop, end, straight)
        if at:
            yield at
            begin = at


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
    if text[stop - 1] == "”" and _SPEAKER.match(text, stop):
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


def _in_title(text: str, stop: int, start: int, end: int) -> bool:
    """Does a mark stand inside a title (《加油吧！妈妈》) or a quoted name before a particle?"""
    opened = max(text.rfind(mark, max(start, stop - _MAX_TITLE), stop) for mark in "《〈『「")
    if opened < 0:
        return False
    closing = "》〉』」"["《〈『「".index(text[opened])]
    closed = text.find(closing, opened, min(end, opened + _MAX_TITLE))
    if closed < stop:
        return False
    if closing in "》〉":
        return True
    return closed - opened <= _MAX_TITLE // 2 and text[closed + 1 : closed + 2] in tuple(_QUOTED_ON)


def _is_marker(text: str, begin: int, stop: int) -> bool:
    """Is what ends here the number or letter of an item, which belongs to what follows?"""
    return _MARKER.search(text[max(begin, stop - 12) : stop].lstrip() if stop - begin > 12 else
                          text[begin:stop].strip()) is not None  # fmt: skip


def _fused_stop(text: str, low: int, stop: int, end: int, straight: int) -> int:
    """Where a sentence ends with no blank after it; 0 where it goes on.

    So it ends where a script has no capitals, or where a blank was lost. `straight` counts the
    straight quotation marks up to here: the last of an odd number opens.
    """
    following, before = text[stop], text[low - 1] if low else ""
    if _UNCASED_JOIN.match(following):
        part = text[low] == "." and (
            before.isdigit() or _INITIAL_BEFORE.search(text[max(0, low - 3) : low])
        )
        return 0 if part else stop
    if _FUSED_QUOTE.match(text, low, end) and (text[stop - 1] == "“" or straight % 2):
        return low + 1
    if text[low] == "." and stop == low + 1:
        fused = _FUSED.match(text, low, end) and not _in_address(text, low)
        return stop if fused else 0
    return stop if text[low] in "!?" and following.isupper() and before.islower() else 0


def _in_address(text: str, low: int) -> bool:
    word = text[max(0, low - 40) : low].rsplit(None, 1)[-1]
    return any(mark in word for mark in "./@:")


def _ends_spaced(text: str, low: int, stop: int, start: int, end: int, known: Rules) -> bool:
    """A mark with a blank after it, in scripts that write blanks between words."""
    at = stop
    while at < end and text[at] in OPENERS:
        at += 1
    if at >= end:
        return True
    following = text[at]
    if following.islower() and not _CAMEL.match(text, at, end):
        return script_of(following) == "Geor"  # Georgian writes sentences without capitals
    if text[stop - 1] in '"”“»’' and _speaker_follows(text, at, end, known):
        return False
    if text[low] == "!" and _is_name_with_mark(text, low, at, end, known):
        return False
    if text[low] == "." and text[low + 1] not in ".!?…" and not text.startswith(" .", low + 1):
        return not is_abbreviation(text, low, at, start, end, known)
    return True


def _is_name_with_mark(text: str, low: int, following: int, end: int, known: Rules) -> bool:
    """Is the exclamation mark part of a name: Yahoo! Japan?"""
    word = text[max(0, low - 16) : low].rsplit(None, 1)[-1:]
    return bool(word) and word[0].casefold() in _NAMES_WITH_MARK and not starts_sentence(
        text, following, end, known)  # fmt: skip


def _speaker_follows(text: str, at: int, end: int, known: Rules) -> bool:
    """Is what follows a quotation its speaker: `"Go!" Smith said.`?"""
    following = text[at : min(end, at + 60)].replace(",", " ").split()[:4]
    for place, word in enumerate(following):
        if word.casefold().rstrip(".") in known.speech:
            return place > 0 or len(following) > 1
        if not word[:1].isupper() or word.casefold() in known.starters:
            return False
    return False
