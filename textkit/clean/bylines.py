"""Bylines: a label and a name, or a name and a role, and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

from textkit.clean.phrases import byline_labels, key_of, words_of
from textkit.text.marks import marks
from textkit.text.scripts import HAN, HANGUL, KANA, UNCASED

LONGEST = 80
MOST_WORDS = 7
MIN_STAFF = 3  # people with their part in the work in one line
_PARTICLES = frozenset(
    "de da do dos das del della di la le van von der den zu ter ten el al bin ibn bint und et y e"
    " and och og i и та ve dan และ with avec con com mit met dan z".split()
)
_SPLIT = re.compile(r"[\s,&/|]+")
_SEPARATORS = " \t:：|/／·•-–—,＝="
_UNCASED = re.compile(f"[{UNCASED}]")
_NEXT_LABEL = re.compile(rf"(?<=\S)\s+[{KANA}{HAN}{HANGUL}]{{1,6}}[:：]")
_EMAIL = re.compile(r"\s*[(<]?[\w.+-]+@[\w.-]+[)>]?$")
_KOREAN = re.compile(rf"(?:[{HANGUL}]{{2,6}}=)?([{HANGUL}]{{2,4}}) ?([{HANGUL}]+)")
_CHINESE_REPORT = re.compile(
    rf"[〔【(（▲]?\s*(?:[{HAN}]{{2,6}}(?:報|报|社|網|网))?(?:本報|本报|特約|特约|實習|实习|首席)?"
    rf"(?:記者|记者|文|撰文|編譯|编译)[:：／/|｜ ]?\s*[{HAN}、· ]{{2,16}}"
    rf"(?:\s*[／/|｜]\s*[{HAN}]{{2,8}}|\s*[／/|｜]?\s*[{HAN}]{{0,4}}(?:報導|报道|报导|編輯|编辑|撰文|攝影報導))"
    r"[〕】)）]?"
)
_PART = re.compile(rf"(?:^|(?<=\s))[{HAN}]{{2,6}}[:：] ?[{HAN}·]{{2,8}}(?=[\s、,，]|$)")
_KOREAN_REPORT = re.compile(
    rf"(?:[\w{HANGUL}.·]{{2,12}}[ =]){{0,2}}[{HANGUL}]{{2,4}} ?"
    r"(?:선임|수습|인턴|객원|전문)?(?:기자|특파원|논설위원)"
    rf"(?:[ (|/]+\S+@\S+)?(?:,? ?[{HANGUL}]{{2,10}})?"
)
_END = re.compile(rf"[{marks()}{marks('comma')};]$")


@lru_cache(maxsize=2048)
def author_of(text: str) -> str | None:
    """Return the name in a byline; None if the line is none.

    >>> author_of("by admin477351"), author_of("Jane Doe, Staff Writer"), author_of("By the river")
    ('admin477351', 'Jane Doe', None)
    """
    if len(text) > LONGEST or _END.search(text):
        return None
    folded = text.casefold()
    if len(folded) != len(text):
        folded = text.lower() if len(text.lower()) == len(text) else text
    lead = len(folded) - len(folded.lstrip(_SEPARATORS))
    for label, strict in byline_labels().get(folded[lead : lead + 1], ()):
        if folded.startswith(label, lead):
            name = _after(text, lead, label, strict)
            if name and is_name(name):
                return name
    return _with_role(text)


def _after(text: str, lead: int, label: str, strict: bool) -> str | None:
    """What follows the label, which starts at `lead`."""
    rest = text[lead + len(label) :]
    mark = rest.lstrip()[:1]
    if strict and mark not in tuple(":：|/／＝"):
        return None
    if rest[:1].isalnum() and not (_UNCASED.match(label) and strict):
        return None
    rest = _NEXT_LABEL.split(rest.strip(_SEPARATORS))[0]
    return rest.strip(_SEPARATORS) or None


@lru_cache(maxsize=2048)
def is_name(text: str) -> bool:
    """Does a text have the shape of one or a few names?

    >>> is_name("José van der Berg and Li Wei"), is_name("the sea"), is_name("王小明")
    (True, False, True)
    """
    if key_of(text) in words_of("desk"):
        return True
    words = [word for word in _SPLIT.split(text) if word]
    if not 1 <= len(words) <= MOST_WORDS or any(c in text for c in '?!。！？"“”«»:;'):
        return False
    if _UNCASED.search(text):
        return len(text) <= 24 and len(words) <= 6
    if len(words) == 1:
        return words[0][:1].isalnum() and (
            words[0][:1].isupper() or any(map(str.isdigit, words[0]))
        )
    named = [w for w in words if w.casefold() not in _PARTICLES]
    return len(named) >= 1 and all(_is_capitalised(word) for word in named)


def _is_capitalised(word: str) -> bool:
    first = word.lstrip("'’(@")[:1]
    return first.isupper() and not any(c.isdigit() for c in word)


def _with_role(text: str) -> str | None:
    """`Jane Doe, Staff Writer`: a name before a role."""
    korean = _KOREAN.fullmatch(_EMAIL.sub("", text) if "@" in text else text)
    if korean and korean[2] in words_of("role", "ko"):
        return korean[1]
    for mark in (",", "|", "-", "–", "—", "(", "/"):
        name, found, role = text.partition(mark)
        if found and key_of(role.strip(" )")) in words_of("role") and is_name(name.strip()):
            return name.strip()
    return None


def is_report(text: str) -> bool:
    """Is a line an East Asian byline with the reporter's post, in the forms of agencies?

    >>> is_report("記者林素芬／綜合報導"), is_report("김하늘 기자 k@example.org")
    (True, True)
    """
    return bool(_CHINESE_REPORT.fullmatch(text) or _KOREAN_REPORT.fullmatch(text))


def is_staff(text: str) -> bool:
    """Does a line name several people, each after a part in the work?

    >>> is_staff("策划:王明 记者:李红 编辑:赵一"), is_staff("时间:周二 地点:广场")
    (True, False)
    """
    return len(_PART.findall(text)) >= MIN_STAFF
