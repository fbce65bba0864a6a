"""A page's headline, without the names of its site and section."""

from __future__ import annotations

import re

# What parts a headline from the site's name: a sign with blanks round it, or an upright bar.
_PARTS = re.compile(r"\s+[|•·»–—-]\s+|\s*[|｜]\s*|_(?=[^_]+$)")
_STRONG = "|｜_•»"  # what stands before a site's name and hardly inside a headline
_EDGE = " ·–—-" + _STRONG
_FULL_COLON = re.compile(r"：(?=[^：]+$)")
_MEDIA = re.compile(
    r"新聞|新闻網|新闻网|日報|日报|時報|时报|デジタル|ニュース|オンライン|放送|通信$|NEWS"
)
SECTION = 20  # characters; a longer part between a headline and the site is no section's name


def holds(whole: str, part: str) -> bool:
    """Does a name hold a heading, apart from case and blanks?"""
    a, b = letters(whole), letters(part)
    return bool(b) and (b in a or (a in b and len(a) * 2 > len(b))) and len(b) * 3 > len(a)


def letters(text: str) -> str:
    """Return the letters and digits of a text in small letters."""
    return "".join(char for char in text.casefold() if char.isalnum())


def without_site(title: str, site: str | None) -> tuple[str, str]:
    """Return a title without the site's name at either end, and what was cut off.

    >>> without_site("Ferry comes back | News | Harbour Times", "Harbour Times")
    ('Ferry comes back', 'Harbour Times')
    >>> without_site("Rain - and sun - in a very long month of May", None)
    ('Rain - and sun - in a very long month of May', '')
    """
    head, name = _cut_end(title, site)
    if name:
        return _without_section(head), name
    return _cut_start(title, site)


def _cut_end(title: str, site: str | None) -> tuple[str, str]:
    parts = _PARTS.split(title)
    if len(parts) < 2 or not parts[-1]:
        head, _, last = title.rpartition("：")
        media = head and len(last) <= len(head) and _MEDIA.search(last)
        return (head, last) if media else (title, "")
    at = title.rfind(parts[-1])
    cut = title[:at].rstrip(_EDGE)
    share = 1 if set(title[len(cut) : at]) & set(_STRONG) else 2  # a dash may be the headline's
    named = site is not None and holds(site, parts[-1])
    short = len(parts[-1]) * share <= len(cut)
    return (cut, parts[-1]) if named or short else (title, "")


def _cut_start(title: str, site: str | None) -> tuple[str, str]:
    """The site's name in front: known, or short before an upright bar."""
    parts = _PARTS.split(title)
    if len(parts) < 2 or not parts[0]:
        return title, ""
    rest = title[len(parts[0]) :]
    cut = rest.lstrip(_EDGE)
    strong = bool(set(rest[: len(rest) - len(cut)]) & set(_STRONG))
    named = site is not None and letters(site) == letters(parts[0])
    if named or (strong and len(parts) == 2 and 2 * len(parts[0]) <= len(cut)):
        return cut, parts[0]
    return title, ""


def _without_section(head: str) -> str:
    """A headline without the short name of a section after an upright bar."""
    parts = re.split(r"\s+[|•»]\s+|\s*[|｜]\s*", head)
    if len(parts) > 1 and len(parts[-1]) <= min(SECTION, len(parts[0])):
        return head[: head.rfind(parts[-1])].rstrip(_EDGE)
    return head
