"""The head: what stands before the first prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from textkit.clean.breadcrumbs import is_breadcrumb
from textkit.clean.bylines import author_of, is_name
from textkit.clean.dates import date_of
from textkit.clean.phrases import ANY, EDGE, WEAK
from textkit.clean.shape import Line, is_number, is_topic
from textkit.clean.verdicts import Verdict

BYLINE_LINES = 15  # lines in which a byline or date may stand
CHRONICLE_LINES = 300  # lines in which another date makes a chronicle
_ITEM = re.compile(r"[•‣▪●○*–-]\s|\d+[.)]\s")
_NOTICE = re.compile(r"[\d©ⓒ®.]|\([cC]\)")
LEAST_OF_TITLE = 5  # words
LEAST_MENU = 3  # words of a menu that make one


More = Callable[[], Iterable[Line]]  # the lines after the head, read only where they are needed

_TOPICS = frozenset({"section", "network"})  # lists of other kinds have these too
_TITLES = frozenset({"share", "menu", "newsletter", "credit", "related"})  # may head an article


@dataclass
class Facts:
    """Residue lines with their rules, and what they say."""

    lines: list[tuple[Line, str]] = field(default_factory=list)
    title: str | None = None
    author: str | None = None
    date: str | None = None


def head_rules(head: list[Line], said: list[Verdict | None], more: More) -> Facts:
    """Return the residue of the head, and the title, author and date.

    `said` is what each line is by itself; `more` are the lines after the head, which are asked
    for only where a date stands in it.
    """
    facts = Facts()
    rules = [_alone(head, index, found) for index, found in enumerate(said)]
    _title(head, rules, facts)
    _byline(head, rules, facts)
    _date(head, rules, facts, more)
    support(head, said, rules, top=True)
    _button(head, said, rules, more)
    facts.lines = [(line, rule) for line, rule in zip(head, rules, strict=True) if rule]
    return facts


def _button(
    head: list[Line], said: list[Verdict | None], rules: list[str | None], more: More
) -> None:
    """`Share` between the title and a paragraph that does not speak of it."""
    if len(head) < 2 or rules[-1] or not (said[-1] and said[-1].kind == "share"):
        return
    after = next(iter(more()), None)
    if after and not is_topic(head[-1].text, after.text):
        rules[-1] = said[-1].rule


def _alone(head: list[Line], index: int, found: Verdict | None) -> str | None:
    """The rule of a line that is residue in the head whatever stands beside it."""
    if found and (found.where in (ANY, EDGE) or found.kind == "copyright"):
        return None if len(head) == 1 and _may_be_title(head[0].text, found.kind) else found.rule
    following = head[index + 1].text if index + 1 < len(head) else ""
    return "TK101" if is_breadcrumb(head[index].text, following) else None


def _may_be_title(text: str, kind: str) -> bool:
    """May a line of residue that stands alone above the text be its title?"""
    if kind == "copyright":  # a notice has a year or a sign: `Rights reserved for the people`
        return not _NOTICE.search(text) and len(text.split()) >= LEAST_OF_TITLE
    return kind in _TITLES and len(text.split()) <= 2


def _title(head: list[Line], rules: list[str | None], facts: Facts) -> None:
    """The first line that is left is the title; the same line again is residue."""
    left = [index for index, rule in enumerate(rules) if rule is None]
    if not left:
        return
    first = left[0]
    facts.title = title = head[first].text
    again = next((i for i in left[1:10] if _same_title(title, head[i].text)), None)
    if again is None or len(title) < 8:
        return
    rules[again] = "TK113"
    between = [i for i in left if first < i < again]
    if len(between) == 1 and is_name(head[between[0]].text):
        rules[between[0]] = "TK111"
        facts.author = head[between[0]].text


def _same_title(title: str, other: str) -> bool:
    """Is a line the title again, or the title without the site's name?"""
    if title == other:
        return True
    if len(other) < 12 or not (title.startswith(other) or title.endswith(other)):
        return False
    rest = title.removeprefix(other).removesuffix(other).strip()
    return rest[:1] in tuple("|-–—·»:") or rest[-1:] in tuple("|-–—·»:")


def _byline(head: list[Line], rules: list[str | None], facts: Facts) -> None:
    seen = 0
    for index, line in enumerate(head[: BYLINE_LINES + 1]):
        author = author_of(line.text) if rules[index] is None and seen else None
        if author:
            rules[index] = "TK111"
            facts.author = facts.author or author
        seen += rules[index] is None


def _date(head: list[Line], rules: list[str | None], facts: Facts, more: More) -> None:
    """A date line; several without a label are a chronicle, and stay."""
    for index, line in enumerate(head):
        found = date_of(line.text) if rules[index] is None else None
        if found is None:
            continue
        date, labelled = found
        if not labelled and (index == 0 or _is_chronicle(chain(head[index + 1 :], more()))):
            return
        rules[index] = "TK112"
        facts.date = facts.date or date


def _is_chronicle(lines: Iterable[Line]) -> bool:
    """Does another date without a label follow?"""
    near = islice(lines, CHRONICLE_LINES)
    dates = (date_of(line.text) for line in near if len(line.text) < 60)
    return any(date and not date[1] for date in dates)


def support(
    lines: list[Line], said: list[Verdict | None], rules: list[str | None], top: bool
) -> None:
    """Decide weak phrases and lone numbers by their neighbours; `top`: do they start the text?"""
    weak = [
        found is not None and found.where == WEAK and rule is None and not _ITEM.match(line.text)
        for line, found, rule in zip(lines, said, rules, strict=True)
    ]
    for start, end in _runs(lines, weak, rules):
        inside = range(start, end)
        firm = any(rules[i] for i in inside)
        if firm or _is_menu([said[i] for i in inside if weak[i]], top=top and start == 0):
            for i in inside:
                found = said[i]
                if rules[i] is None and found and weak[i]:
                    rules[i] = found.rule
        if {"TK104", "TK105"} & {rules[i] for i in inside}:
            for i in inside:
                rules[i] = rules[i] or "TK104"


def _is_menu(found: list[Verdict | None], top: bool) -> bool:
    """Enough words of a menu: at the top, or with one that is no mere topic among them."""
    kinds = [one.kind for one in found if one]
    return len(kinds) >= LEAST_MENU and (
        top or any(kind not in ("section", "network") for kind in kinds)
    )


def _runs(
    lines: list[Line], weak: list[bool], rules: list[str | None]
) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring lines that are residue, may be, or are numbers right beside it."""
    start = None
    for i, line in enumerate(lines):
        near = weak[i] or rules[i] is not None
        near = near or (is_number(line.text) and start is not None and not line.gap)
        if near and start is None:
            start = i
        if not near and start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, len(lines)
