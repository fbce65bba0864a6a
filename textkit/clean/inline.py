"""Residue at the ends of good lines: links to the rest, credits, edit marks, glosses of sounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from textkit.clean.credits import credit_start
from textkit.clean.phrases import key_of, look_up, words_of
from textkit.clean.shape import columns, ends_sentence, is_prose
from textkit.edits import Edit
from textkit.text.marks import marks
from textkit.text.scripts import HAN

MIN_CAPTIONED = 150  # columns of a line that is a paragraph with a credit, and no caption
MIN_GLOSSES = 3  # in a text
MIN_BETWEEN = 12  # ideographs per gloss: a textbook has one at nearly every word
MAX_LINKED = 2  # lines that end in an address; more are a list of sources
MAX_LABEL = 60  # characters of a link's label

_MORE = re.compile(
    r"(?P<cut>…|\.\.\.|\[…\]|\[\.\.\.\])?\s*(?P<arrow>[»›→▸▶>]*)\s*(?P<label>[^…»›→▸▶>\n]+)$"
)
_CUT_SIGNS = frozenset("…»›→▸▶>")
_ELISION = re.compile(r"\s*\[(?:…|\.\.\.)\][ \t]*$", re.MULTILINE)
_TWEET = re.compile(r"[ \t]*(?:https?://)?(?:pic\.twitter\.com|t\.co)/\w+")
_REPORT = re.compile(
    r"^[〔【［(（](?:本報|本报)?(?:記者|记者)[^〔〕【】\n]{1,30}?"
    r"(?:報導|报道|报导|電|电)[〕】］)）][ \t]*",
    re.MULTILINE,
)
_EDIT = re.compile(
    r"[ \t]*\[([^\[\]\n|]{2,30})(?:\s?\|\s?([^\[\]\n|]{2,30}))?\][ \t]*$", re.MULTILINE
)
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_GLOSS = re.compile(rf"[(（][a-zü]{{0,4}}[{_TONED}][a-z]{{0,3}}[)）]")
_IDEOGRAPH = re.compile(rf"[{HAN}]")
_INITIALS = re.compile(rf"(?<=[{marks()}”\"»])\s*[(（](?:[^\W\d_]{{2,4}}/)?([^\W\d_]{{2,5}})[)）]$")
_LAST_URL = re.compile(rf"(?<=[{marks()}”\"»])\s+https?://\S+$")
_YEAR = re.compile(r"\((?:19|20)\d\d")


def inline_residue(text: str) -> Iterator[Edit]:
    """Yield edits that take residue out of lines whose rest stays.

    >>> [e.old for e in inline_residue("The council voted on the new line … Read more")]
    [' Read more']
    >>> [e.old for e in inline_residue("The sea was calm in the harbour. pic.twitter.com/a1B2")]
    [' pic.twitter.com/a1B2']
    """
    edits: list[Edit] = []
    if "twitter.com/" in text or "t.co/" in text:
        edits += [Edit(m.start(), m[0], "", "TK211") for m in _TWEET.finditer(text)]
    if "記者" in text or "记者" in text:
        edits += [Edit(m.start(), m[0], "", "TK210") for m in _REPORT.finditer(text)]
    if "[" in text:
        edits += [Edit(m.start(), m[0], "", "TK209") for m in _ELISION.finditer(text)]
        edits += [Edit(m.start(), m[0], "", "TK212") for m in _EDIT.finditer(text) if _is_edit(m)]
    edits += _glosses(text)
    edits += _line_ends(text)
    end = -1
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= max(end, 0) and edit.old:
            yield edit
            end = edit.end


def _is_edit(match: re.Match[str]) -> bool:
    return all(key_of(label) in words_of("edit") for label in match.groups() if label)


def _glosses(text: str) -> list[Edit]:
    """Sounds of characters in brackets, 設(shè)立: an aid of the page, not of its author."""
    if text.isascii():
        return []
    glosses = [
        m for m in _GLOSS.finditer(text) if _IDEOGRAPH.match(text[m.start() - 1 : m.start()])
    ]
    if len(glosses) < MIN_GLOSSES:
        return []
    if len(_IDEOGRAPH.findall(text)) < MIN_BETWEEN * len(glosses):
        return []
    return [Edit(match.start(), match[0], "", "TK213") for match in glosses]


def _line_ends(text: str) -> Iterator[Edit]:
    linked: list[Edit] = []
    at = 0
    for line in text.split("\n"):
        content = line.rstrip()
        if len(content) > MAX_LABEL // 2:
            edit = _line_end(content)
            if edit is not None:
                start, rule = edit
                whole = Edit(at + start, content[start:], "", rule)
                if rule == "TK211":
                    linked.append(whole)
                else:
                    yield whole
        at += len(line) + 1
    if len(linked) <= MAX_LINKED:
        yield from linked


@lru_cache(maxsize=2048)
def _line_end(line: str) -> tuple[int, str] | None:
    """Return where the residue at a line's end starts, and its rule."""
    last = line[-1]
    if last in ")）〕］]】":
        initials = _INITIALS.search(line)
        if initials and _is_mark(initials[1]) and is_prose(line[: initials.start()]):
            return initials.start(), "TK210"
        if columns(line) < MIN_CAPTIONED:
            return None
        start = credit_start(line)
        return (start, "TK210") if start and ends_sentence(line[:start]) else None
    url = _LAST_URL.search(line[-300:]) if "://" in line[-300:] else None
    if url and not _YEAR.search(line):
        return max(0, len(line) - 300) + url.start(), "TK211"
    return _more(line)


def _is_mark(initials: str) -> bool:
    """Is a bracket after the last stop an agency or an author's initials?"""
    return key_of(initials) in words_of("agency") or initials.isupper()


def _more(line: str) -> tuple[int, str] | None:
    """`… Read more`, `. » mehr`: a link to the rest of a story."""
    if _CUT_SIGNS.isdisjoint(line[-MAX_LABEL:]) and "..." not in line[-MAX_LABEL:]:
        return None
    match = _MORE.search(line[-MAX_LABEL:])
    if match is None or not (match["cut"] or match["arrow"]):
        return None
    offset = len(line) - len(line[-MAX_LABEL:])
    phrase = look_up(match["label"])
    if phrase is None or phrase.kind != "related" or phrase.key != key_of(match["label"]):
        return None
    start = offset + (match.end("cut") if match["cut"] else match.start())
    if not match["cut"] and not ends_sentence(line[:start]):
        return None
    return (start, "TK209") if start else None
