"""Structure: residue that no table knows, told by what stands where and what repeats.

Each rule here costs next to nothing in good lines; what is less sure is left to the model.
"""

from __future__ import annotations

import re
from itertools import chain

from textkit.clean.bylines import is_report, is_staff
from textkit.clean.credits import is_caption
from textkit.clean.dates import MAX_OTHERS, date_among, date_of, dated_line, is_date_label
from textkit.clean.head import is_same_title
from textkit.clean.phrases import is_comment_heading
from textkit.clean.section import ABOVE, AFTER, BELOW, BODY, TITLE, Residue, Section
from textkit.clean.shape import columns

MAX_CAPTION = 260  # columns of a caption; a longer line with a credit is a paragraph
LAST_LINES = 2  # lines at the end in which a date line may stand
MAX_COMMENT = 230  # columns of a comment; a wider paragraph below the heading is a story
MAX_DOUBLED = 120  # columns of a caption that stands twice; a paragraph is the author's
MIN_BOX = 2  # lines of a comment box that are no comments
SECOND_TITLE = 4  # lines of the story in which the title may stand below its standfirst
MIN_WORDS = 5  # words of a title that may stand there
MIN_TWICE = 8  # columns of a line that is told twice

_TEMPLATE = re.compile(
    r"\{\{[^{}]*\}\}|\{ ?[\w.]+ ?\}|(?:\[\[ ?[\w.]+ ?\]\]\s*)+|<%.*%>|\$\{[\w.]+\}|%[A-Z_]{3,}%"
    r"|\w*(?:(?:left|right|up|down|adv|prev|next)-?arrow)+|(?:icon|ico|fa|svg)-[a-z-]+"
    r"|(?:xs|sm|md|lg|xl)(?:[ /|]+(?:xs|sm|md|lg|xl))+|\[object Object\]|NaN"
)


def mark_structure(section: Section, facts: Residue) -> None:
    """Mark the residue that structure tells; dates and bylines go to the facts."""
    _mark_title_again(section)
    _mark_doubled(section)
    _mark_dates(section, facts)
    _mark_comment_box(section)
    for index, line in enumerate(section.lines):
        if section.rules[index] is None and not line.prose:
            rule = _rule_of(section, index)
            if rule:
                section.rules[index] = rule
    for index, line in enumerate(section.lines):
        if section.rules[index] is None and _is_caption(section, index):
            section.rules[index] = "TK109"
        rule = section.rules[index]
        if rule:
            facts.rules.setdefault(line.start, rule)


def _rule_of(section: Section, index: int) -> str | None:
    text, place = section.lines[index].text, section.place(index)
    if place == TITLE or len(text) > 200:
        return None
    if _TEMPLATE.fullmatch(text):
        return "TK121"
    if place in (ABOVE, BELOW) and is_date_label(text):
        return "TK112"
    if place != BODY and is_staff(text):
        return "TK115"
    if place == BODY and not section.is_alone(index):
        return None
    return "TK111" if is_report(text) else None


def _is_caption(section: Section, index: int) -> bool:
    """Does a line below the title end in a picture's credit?"""
    text = section.lines[index].text
    if section.place(index) == TITLE or columns(text) > MAX_CAPTION or not is_caption(text):
        return False
    beside = section.closes(index - 1) or section.closes(index + 1)
    return section.place(index) != BODY or beside


def _mark_title_again(section: Section) -> None:
    """Mark the title where it stands again: near it, after the text, or alone between prose."""
    if section.title is None or columns(section.lines[section.title].text) < MIN_TWICE:
        return
    title = section.lines[section.title].text
    letters = _letters(title)
    below = range(section.title + 1, min(section.first + SECOND_TITLE, section.last + 1))
    for index in chain(below, range(section.last + 1, len(section.lines))):
        line = section.lines[index]
        if line.prose or section.rules[index] or columns(line.text) < MIN_TWICE:
            continue
        again = _letters(line.text) == letters
        if section.place(index) == BODY:
            again = again and section.closes(index - 1) and len(title.split()) >= MIN_WORDS
        elif not again:
            again = is_same_title(title, line.text)
        if again:
            section.rules[index] = "TK113"


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _mark_doubled(section: Section) -> None:
    """Mark a line that stands again right below itself, in no list and no refrain."""
    lines, rules = section.lines, section.rules
    for index in range(len(lines) - 1):
        first, second = lines[index], lines[index + 1]
        if first.text != second.text or first.prose or rules[index] or rules[index + 1]:
            continue
        in_list = not (section.closes(index - 1) and section.closes(index + 2))
        if not in_list and MIN_TWICE <= columns(first.text) <= MAX_DOUBLED:
            rules[index + 1] = "TK120"


def _mark_dates(section: Section, facts: Residue) -> None:
    """Mark full dates with few other words in the head and the last two lines."""
    count = len(section.lines)
    dated = {}
    for index, line in enumerate(section.lines):
        place = section.place(index)
        edge = place in (ABOVE, BELOW) or (place == AFTER and index >= count - LAST_LINES)
        if section.rules[index] is None and not line.prose and edge:
            among = dated_line(line.text)
            if among and among.others:
                dated[index] = among.date
    if not dated or _is_chronicle(section, max(dated)):
        return
    for index, date in dated.items():
        section.rules[index] = "TK112"
        facts.date = facts.date or date


def _is_chronicle(section: Section, after: int) -> bool:
    """Does a line that starts with a date stand in the story?"""
    for index in range(max(after + 1, section.first), section.last + 1):
        text = section.lines[index].text
        if len(text) < 60 and section.rules[index] is None and (date_of(text) or date_among(text)):
            return True
    return False


def _mark_comment_box(section: Section) -> None:
    """Mark everything from the heading of the comments to the end, if no story follows."""
    for index in range(section.first + 1, len(section.lines)):
        if is_comment_heading(section.lines[index].text) and _is_box(section, index):
            for i in range(index, len(section.lines)):
                section.rules[i] = section.rules[i] or "TK122"
            return


def _is_box(section: Section, heading: int) -> bool:
    """Do comments follow a heading: signs of a box, and less prose than stands before it?"""
    before, rest = section.lines[section.first : heading], section.lines[heading + 1 :]
    if any(columns(line.text) > MAX_COMMENT for line in rest):
        return False
    if 2 * sum(line.prose for line in rest) > sum(line.prose for line in before):
        return False
    return sum(line.verdict is not None or _is_stamp(line.text) for line in rest) >= MIN_BOX


def _is_stamp(text: str) -> bool:
    """Is a line the date of a comment: `3 hours ago`, `12 May 2024 at 10:15`?"""
    among = date_among(text) if len(text) < 60 else None
    if among and among.others <= MAX_OTHERS:
        return True
    return date_of(text) is not None
