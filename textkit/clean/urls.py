"""Addresses inside lines: image and tracking URLs, embedded data, Markdown links and images."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textkit.clean.phrases import rule_of_label
from textkit.edits import Edit
from textkit.text.marks import CLOSERS, marks
from textkit.text.scripts import HANGUL, UNSPACED_LETTERS

_URL = re.compile(r"(?:https?:)?//[!-;=?-~]++")
_OF_IMAGE = re.compile(
    r"[^?#]{4,2000}\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?!@&#/].*)?", re.IGNORECASE
)
_QUERY = re.compile(r"(?<![!-~])[?&][\w.~-]{1,40}=[!-~]*(?:%3A%2F%2F|%2F)[!-~]*", re.IGNORECASE)
_SOURCE = r"(?:https?:)?/[!-+\--~]++\s{1,9}+\d{1,9}(?:\.\d{1,9})?[wx]"
_SRCSET = re.compile(rf"(?<![!-~]){_SOURCE}(?:\s{{0,9}},\s{{0,9}}{_SOURCE})+")
_DATA = re.compile(
    r"(?<!\w)data:[a-z]+/[a-z0-9.+-]{1,40}(?:;[a-z0-9=-]{1,40}){0,3},[A-Za-z0-9+/=%_-]*"
)
_NAMES = r"(?:utm_[a-z]+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|_hsenc|_hsmi|spm)"
_PARAMETER = rf"{_NAMES}=[^\s&\"'<>)\]]*+"
_TRACKING = re.compile(
    rf"\?{_PARAMETER}(?:&{_PARAMETER})*+(?!&)|(?<=[?&])(?:{_PARAMETER}&)++|(?:&{_PARAMETER})++"
)
_BARE = re.compile(r"^[ \t]*<?(?:https?://|www\.)[!-;=?-~]+>?[ \t]*$", re.MULTILINE)

_TARGET = (
    r"\(\s{0,9}<?(?P<url>[^()\s<>]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000})?)>?"
    r"(?:\s{1,9}[\"'][^\"'\n]{0,300}[\"'])?\s{0,9}\)"
)
_IMAGE = re.compile(
    rf"(?P<link>\[)?!\[[^\[\]\n]{{0,500}}\]{_TARGET}(?(link)\]{_TARGET.replace('?P<url>', '?:')})"
)
_LINK = re.compile(rf"(?<![!\w\]])\[(?P<label>[^\[\]\n]{{1,500}})\]{_TARGET}")
_ADDRESS = re.compile(
    r"(?:https?://|/|#|\./|\.\./|mailto:|tel:|www\.)\S*|[\w.-]+\.(?:html?|php|aspx?)\S*"
)

_SUFFIX = re.compile(rf"[a-z]{{1,3}}(?!\w)|[{UNSPACED_LETTERS}{HANGUL}]")  # the report[s]

_SENTENCE_END = re.compile(rf"[{marks()}{marks('colon', 'semicolon')}{re.escape(CLOSERS)}]$")


def data_and_images(text: str) -> Iterator[Edit]:
    """Yield edits that take out data: URIs, image URLs and percent-encoded query strings.

    An image's URL in the middle of a sentence is part of it and stays.

    >>> [e.old for e in data_and_images("It rose. ?url=http%3A%2F%2Fx.org%2Fa.jpg&type=jpg")]
    [' ?url=http%3A%2F%2Fx.org%2Fa.jpg&type=jpg']
    """
    edits: list[Edit] = []
    if "data:" in text:
        edits += _cut(text, _DATA.finditer(text), "TK203")
    if "//" in text:
        edits += _cut(text, _SRCSET.finditer(text), "TK202")
        images = (m for m in _URL.finditer(text) if _OF_IMAGE.fullmatch(m[0].rstrip(",.;:)'")))
        edits += (e for e in _cut(text, images, "TK201") if _between_sentences(text, e))
    if "%2" in text:
        edits += _cut(text, _QUERY.finditer(text), "TK201")
    return _disjoint(edits)


def _disjoint(edits: list[Edit]) -> Iterator[Edit]:
    """Yield edits in order; of two that overlap, the one that starts first, the longer one."""
    end = 0
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if edit.start >= end:
            yield edit
            end = edit.end


def _cut(text: str, matches: Iterable[re.Match[str]], rule: str) -> Iterator[Edit]:
    """Yield an edit for each match, with the blanks on one of its sides."""
    for match in matches:
        start, end = match.span()
        while rule != "TK204" and text[end - 1] in ",.)]\"'" and end - 1 > start:
            end -= 1
        if text[start - 1 : start] in ("", "\n", " ", "\t") and text[end : end + 1] in (" ", "\t"):
            while text[end : end + 1] in (" ", "\t"):
                end += 1
        elif text[end : end + 1] in ("", "\n"):
            while start and text[start - 1] in " \t":
                start -= 1
        between = text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()
        yield Edit(start, text[start:end], " " if between else "", rule)


def _between_sentences(text: str, edit: Edit) -> bool:
    before = text[max(0, edit.start - 80) : edit.start].rpartition("\n")[2].rstrip()
    after = text[edit.end : edit.end + 1]
    return (
        not before
        or (bool(_SENTENCE_END.search(before)) and before[-1] not in ":：")
        or (after in ("", "\n") and not before[-1:].isalnum() and before[-1] not in ":：(（")
    )


def tracking(text: str) -> Iterator[Edit]:
    """Yield edits that take the tracking parameters out of URLs.

    >>> [e.old for e in tracking("https://x.org/a?utm_source=f&id=3&fbclid=9")]
    ['utm_source=f&', '&fbclid=9']
    """
    if "=" in text:
        for match in _TRACKING.finditer(text):
            yield Edit(match.start(), match[0], "", "TK208")


def bare_urls(text: str) -> Iterator[Edit]:
    """Yield an edit for each line that is only a URL, unless the line before it announces it."""
    if "://" in text or "www." in text:
        for match in _BARE.finditer(text):
            if text[max(0, match.start() - 80) : match.start()].rstrip()[-1:] not in (":", "："):
                yield Edit(match.start(), match[0], "", "TK207")


def markdown(text: str) -> Iterator[Edit]:
    """Yield edits that take out Markdown images and unwrap links.

    A link whose label is residue by itself and that is all of its line goes whole.

    >>> text = "See [the report](https://x.org/r) ![chart](c.png)"
    >>> [e.old for e in markdown(text)]
    ['[', '](https://x.org/r)', ' ![chart](c.png)']
    """
    if "](" not in text:
        return
    images = list(_cut(text, _IMAGE.finditer(text), "TK204"))
    links = [edit for match in _LINK.finditer(text) for edit in _unwrap(text, match)]
    yield from _disjoint(images + links)


def _unwrap(text: str, match: re.Match[str]) -> Iterator[Edit]:
    if not _ADDRESS.match(match["url"]):
        return
    start, end = match.span()
    before = text[max(0, start - 8) : start].rpartition("\n")[2]
    after = text[end : end + 8].partition("\n")[0]
    alone = len(before) < 8 > len(after) and not (before + after).strip(" \t*-•>»→")
    rule = rule_of_label(match["label"]) if alone else None
    if rule:
        yield Edit(start, match[0], "", rule)
        return
    label_end = match.end("label")
    joined = text[start - 1 : start].isalnum()
    yield Edit(start, "[", " " if joined else "", "TK205")
    joined = text[end : end + 1].isalnum() and not _SUFFIX.match(text, end)
    yield Edit(label_end, text[label_end:end], " " if joined else "", "TK205")
