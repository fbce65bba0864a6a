"""From dictionary entries to the one English word or name that a gloss uses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textkit.text.scripts import HAN
from textkit.translate.gloss.cedict import Entry

_NO_SENSE = re.compile(
    r"(?:CL:|classifier|(?:old |archaic |unofficial |erroneous |Japanese |popular )?variant of"
    r"|see |used in|also written|also pr\.|same as|equivalent (?:of|to)|abbr\. (?:for|of|to)"
    r"|short (?:name|for)|Taiwan pr\.|pr\. )"
)
_NOTE = re.compile(r"\s*(?:\([^()]*\)|\[[^\]]*\])")
_HAN = re.compile(rf"\S*[{HAN}]\S*")
_WITHIN = re.compile(  # Santai county in Mianyang 綿陽|绵阳
    rf"\b(county|district|township|town|city|prefecture|region)\b (?:in|of) .*[{HAN}].*",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:(?:[A-Z][\w'’-]*|of|the|and|for)(?: |$)){1,10}")
_COMPANY = re.compile(r"\([^()]*\bcompany[^()]*\)")
_ABBREVIATED = re.compile(rf"abbr\. (?:for|of) [{HAN}|]+(?:\[[^\]]*\])?,\s*(?=[A-Z])(.+)")
_NEWSPAPER = re.compile(r"\(.*\bnewspaper\b.*\)")
_OF_PAPERS = re.compile(r"\b(?:Times|Post|Journal|Guardian|Herald|Tribune|Telegraph|Observer)$")
_KIND = re.compile(
    r"^(?!.*\bnames? of)(?:the )?(?:[a-z]+ )+of (?=[A-Z])"  # ancient city of Troy
)
_PLACE_KIND = re.compile(  # Nanjing subprovincial city on the Changjiang
    r"^((?:[A-Z][\w'’-]* )+)(?:[a-z-]+ ){0,2}?(province|city|county|district|prefecture"
    r"|municipality|region|river|lake)\b.*"
)
_DESCRIBED = re.compile(  # Hubei Province in central China
    r"^([A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*) (?:in|on|near|at|between) (?=the |[a-z]+ |China).*"
)
_OTHER_NAME = re.compile(
    r"^(?:\w+ )*(?:birth|given|courtesy|posthumous|temple|pen|style|real|childhood|reign)"
    r" (?:name|title)"
)
_OLD = re.compile(r"\((?:classical|archaic|old|literary|dialect|bound form)\)|\bvariant of\b")
_VAGUE = re.compile(r"\b(?:indicating|particle|used|sth|sb|one's|etc)\b|\.\.\.")  # no sense, a note
_SURNAME = re.compile(r"surname (\S+)")
_LONGEST = 4  # words of a sense that is still a gloss
_LONGEST_FIRST = 6  # of the first sense, which is cut if longer


def name(entries: Sequence[Entry]) -> str | None:
    """Return the name that a word is known by; None where it is no proper noun.

    >>> name([Entry("纽约时报", "Niu3 yue1 Shi2 bao4", ("New York Times (newspaper)",))])
    'The New York Times'
    """
    names = all_names(entries)
    return names[0] if names else None


def all_names(entries: Sequence[Entry]) -> list[str]:
    """Return every English spelling that the dictionary gives of a proper noun, best first."""
    found: list[str] = []
    known = [sense for entry in entries if entry.is_name for sense in entry.senses]
    for sense in sorted(known, key=lambda s: not _COMPANY.search(s)):
        spelling = _name_of(sense)
        if spelling and spelling not in found:
            found.append(spelling)
    return found or _in_full(entries)


def _in_full(entries: Sequence[Entry]) -> list[str]:
    """What an abbreviation stands for, where that is all the dictionary says.

    >>> name([Entry("中共", "Zhong1 Gong4", ("abbr. for 中國共產黨|中国共产党, Communist Party",))])
    'Communist Party'
    """
    senses = [s for entry in entries if entry.is_name for s in entry.senses]
    full = [match[1] for s in senses if (match := _ABBREVIATED.match(s))]
    return [spelling for text in full if (spelling := _name_of(text, longest=10))]


def _name_of(sense: str, longest: int = 6) -> str | None:
    """A sense without notes and explanations, if it starts with a capital or has one inside."""
    if _NO_SENSE.match(sense) or _OTHER_NAME.match(sense) or sense.startswith("surname "):
        return None
    text = _WITHIN.sub(r"\1", _NOTE.sub("", sense))
    text = _HAN.sub("", text)
    text = text.split(",")[0].split(";")[0].split(" or ")[0].strip()
    text = _KIND.sub("", _DESCRIBED.sub(r"\1", _PLACE_KIND.sub(r"\1\2", text)))
    if not text or '"' in text or (len(text.split()) > longest and not _TITLE.fullmatch(text)):
        return None
    if not any(c.isupper() for c in text):
        return None
    if _NEWSPAPER.search(sense) and _OF_PAPERS.search(text) and not text.startswith("The "):
        text = f"The {text}"
    return text


def is_place_within(entries: Sequence[Entry]) -> bool:
    """Is a reading a county or district somewhere, which longer words often only look like?"""
    return any(_WITHIN.search(sense) for entry in entries for sense in entry.senses)


def is_company(entries: Sequence[Entry]) -> bool:
    """Is one reading a company, to go by the note beside it?"""
    return any(_COMPANY.search(s) for entry in entries if entry.is_name for s in entry.senses)


def surname(entries: Sequence[Entry]) -> str | None:
    """Return a surname in pinyin: `Huang`."""
    for entry in entries:
        for sense in entry.senses if entry.is_name else ():
            match = _SURNAME.match(sense)
            if match:
                return match[1]
    return None


def pinyin(entries: Sequence[Entry]) -> str:
    """Return the reading of a word without tones, in lower case: `ren`.

    >>> pinyin([Entry("女", "nu:3", ("female",))])
    'nü'
    """
    best = max(entries, key=lambda e: (not e.is_name, len(e.senses)))
    return re.sub(r"[1-5 ]", "", best.pinyin).replace("u:", "ü").lower()


def gloss(entries: Sequence[Entry]) -> str | None:
    """Return the first plain sense of a word: no notes, no `to`; None where there is none.

    >>> gloss([Entry("短缺", "duan3 que1", ("shortage",)), Entry("供", "gong1", ("to supply",))])
    'shortage'
    """
    common = [e for e in entries if not e.is_name]
    common.sort(key=lambda e: (_is_bound(e), -sum(1 for s in e.senses if not _NO_SENSE.match(s))))
    senses = [text for e in common for sense in e.senses for text in _plain_senses(sense)]
    if senses and len(senses[0].split()) <= _LONGEST_FIRST and not _VAGUE.search(senses[0]):
        return senses[0]
    return next((s for s in senses if len(s.split()) <= _LONGEST), None) or (
        " ".join(senses[0].split()[:_LONGEST]) if senses else None
    )


def _is_bound(entry: Entry) -> bool:
    """Does an entry have only senses of old or literary writing?"""
    return all(_OLD.search(sense) for sense in entry.senses)


def _plain_senses(sense: str) -> list[str]:
    if _NO_SENSE.match(sense):
        return []
    parts = _NOTE.sub("", sense).split(";")
    plain = (_HAN.sub("", part.split(",")[0]).strip(" !") for part in parts)
    return [re.sub(r"^to (?:be )?", "", p) for p in plain if re.search(r"\w", p)]
