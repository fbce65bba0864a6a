"""The head: what stands before the first prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from textkit.clean.breadcrumbs import is_breadcrumb
from textkit.clean.bylines import author_of, is_name, is_report, is_staff
from textkit.clean.credits import is_caption
from textkit.clean.dates import date_of, dated_line, is_date_label
from textkit.clean.page import Line
from textkit.clean.phrases import ANY, EDGE, WEAK
from textkit.clean.shape import is_number, is_topic, unspaced_columns

BYLINE_LINES = 15  # lines in which a byline or date may stand
CHRONICLE_LINES = 300  # lines in which another date makes a chronicle
REPEAT_LINES = 12  # lines below the title in which it stands again
_ITEM = re.compile(r"[•‣▪●○*–-]\s|\d+[.)]\s")
_NOTICE = re.compile(r"[\d©ⓒ®.]|\([cC]\)")
_LABELLED = re.compile(r"[^:：]{2,16}[:：]\s*(\S.*)")
_FIGURE = re.compile(
    r"(?:[^\W\d_][\w/.&-]* ){0,3}(?:[$€£¥₹]?[+-]?\d+(?:[.,]\d{3})*[.,]\d+ ?%?|[+-]?\d+ ?°[CF]?)"
)
MIN_TITLE_WORDS, MIN_TITLE_COLUMNS = 4, 8  # words, or columns of unspaced script
MIN_HEADED_WORDS = 5  # words of a title that looks like a notice
MIN_TICKER = 3  # lines of a ticker
MIN_MENU = 3  # words of a menu that make one


More = Callable[[], Iterable[Line]]  # the lines after the head, read only where they are needed

_TOPICS = frozenset({"section", "network"})  # lists of other kinds have these too
_BUTTONS = frozenset({"share", "counter"})
_TITLES = frozenset({"share", "menu", "newsletter", "credit", "related"})  # may head an article


@dataclass
class EdgeResidue:
    """The residue lines of the head or tail by offset, and what the text says of itself."""

    rules: dict[int, str] = field(default_factory=dict)
    title: str | None = None
    title_index: int | None = None
    author: str | None = None
    date: str | None = None


def head_residue(head: list[Line], more: More) -> EdgeResidue:
    """Return the residue of the head, and the title, author and date.

    `more` gives the lines after the head; it is called only if a decision hangs on them.
    """
    facts = EdgeResidue()
    rules = [_own_rule(head, index) for index in range(len(head))]
    keep_headings(head, rules, next(iter(more()), None))
    _mark_figures(head, rules)
    _mark_title(head, rules, facts)
    _mark_bylines(head, rules, facts)
    _mark_dates(head, rules, facts, more)
    mark_supported(head, rules, top=True)
    _mark_button(head, rules, more)
    facts.rules = {line.start: rule for line, rule in zip(head, rules, strict=True) if rule}
    return facts


def keep_headings(lines: list[Line], rules: list[str | None], after: Line | None) -> None:
    """Keep what stands between two sentences, unless it is residue anywhere or a button.

    What the sentence below it speaks of is its heading. `after` is the line below the last one.
    """
    for index in range(1, len(lines)):
        line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else after
        if rules[index] is None or not (below and below.prose and lines[index - 1].prose):
            continue
        kind = line.verdict
        firm = kind and (kind.where == ANY or kind.kind in _BUTTONS)
        if not firm or (rules[index] != "TK109" and is_topic(line.text, below.text)):
            rules[index] = None


def _mark_button(head: list[Line], rules: list[str | None], more: More) -> None:
    """`Share` between the title and a paragraph that does not speak of it."""
    if len(head) < 2 or rules[-1]:
        return
    kind = head[-1].verdict
    if kind is None or kind.kind != "share":
        return
    after = next(iter(more()), None)
    if after and not is_topic(head[-1].text, after.text):
        rules[-1] = kind.rule


def _own_rule(head: list[Line], index: int) -> str | None:
    """Return the rule of a line that is residue in the head, whatever stands beside it."""
    line, kind = head[index], head[index].verdict
    if kind and (kind.where in (ANY, EDGE) or kind.kind == "copyright"):
        return None if len(head) == 1 and _may_be_title(line.text, kind.kind) else kind.rule
    following = head[index + 1].text if index + 1 < len(head) else ""
    return "TK101" if not line.prose and is_breadcrumb(line.text, following) else None


def _may_be_title(text: str, kind: str) -> bool:
    """May a line of residue that stands alone above the text be its title?"""
    if kind == "copyright":  # a notice has a year or a sign: `Rights reserved for the people`
        return not _NOTICE.search(text) and len(text.split()) >= MIN_HEADED_WORDS
    return kind in _TITLES and len(text.split()) <= 2


def _mark_title(head: list[Line], rules: list[str | None], facts: EdgeResidue) -> None:
    """Find the title: the first line that is left and says enough; the same line again goes."""
    left = [i for i, rule in enumerate(rules) if rule is None and not head[i].prose]
    if not left:
        return
    standfirst = next((i for i, line in enumerate(head) if line.prose), len(head))
    named = [i for i in left if _may_name(head[i])]
    if not named:
        return
    first = next((i for i in named if i < standfirst and _says_enough(head[i])), named[0])
    first = _without_label(head, rules, first)
    facts.title_index, facts.title = first, head[first].text
    _mark_repeats(head, rules, first)
    again = next((i for i in left if i > first and rules[i]), first)
    between = [i for i in left if first < i < again]
    if len(between) == 1 and is_name(head[between[0]].text):
        rules[between[0]] = "TK111"
        facts.author = head[between[0]].text


def _may_name(line: Line) -> bool:
    """May a line name the text: is it no caption, and no date with a place or a clock?"""
    text = line.text
    dated = dated_line(text) or is_date_label(text)
    return not (dated or is_caption(text) or is_report(text) or is_staff(text))


def _without_label(head: list[Line], rules: list[str | None], first: int) -> int:
    """`Reading now: TITLE` above the title goes; return the index of the title."""
    label = _LABELLED.match(head[first].text)
    if label is None:
        return first
    again = range(first + 1, min(first + REPEAT_LINES, len(head)))
    title = next((i for i in again if head[i].text == label[1]), None)
    if title is None or len(label[1]) < MIN_TITLE_COLUMNS:
        return first
    rules[first] = "TK113"
    return title


def _mark_figures(head: list[Line], rules: list[str | None]) -> None:
    """Mark a ticker: rates, indexes or temperatures, in lines of a few words, in a row."""
    run: list[int] = []
    for index in range(len(head) + 1):
        if index < len(head) and len(head[index].text) < 40 and _FIGURE.fullmatch(head[index].text):
            run.append(index)
            continue
        if len(run) >= MIN_TICKER:
            for i in run:
                rules[i] = rules[i] or "TK114"
        run = []


def _says_enough(line: Line) -> bool:
    """May a line be the title, by its length and wording?"""
    text = line.text
    if len(text.split()) < MIN_TITLE_WORDS and unspaced_columns(text) < MIN_TITLE_COLUMNS:
        return False
    return line.verdict is None and not date_of(text) and not author_of(text)


def _mark_repeats(head: list[Line], rules: list[str | None], first: int) -> None:
    title = head[first].text
    if len(title) < 8:
        return
    for index in range(first + 1, min(first + REPEAT_LINES, len(head))):
        if rules[index] is None and is_same_title(title, head[index].text):
            rules[index] = "TK113"


def is_same_title(title: str, other: str) -> bool:
    """Is a line the title again, or the title without the site's name?"""
    if title == other:
        return True
    if len(other) < 12 or not (title.startswith(other) or title.endswith(other)):
        return False
    rest = title.removeprefix(other).removesuffix(other).strip()
    return rest[:1] in tuple("|-–—·»:") or rest[-1:] in tuple("|-–—·»:")


def _mark_bylines(head: list[Line], rules: list[str | None], facts: EdgeResidue) -> None:
    seen = 0
    for index, line in enumerate(head[: BYLINE_LINES + 1]):
        author = author_of(line.text) if rules[index] is None and seen else None
        if author:
            rules[index] = "TK111"
            facts.author = facts.author or author
        seen += rules[index] is None


def _mark_dates(head: list[Line], rules: list[str | None], facts: EdgeResidue, more: More) -> None:
    """Mark date lines; several without a label are a chronicle, and stay."""
    for index, line in enumerate(head):
        dated = date_of(line.text) if rules[index] is None else None
        if dated is None:
            continue
        date, labelled = dated
        alone = index == 0 and not facts.title_index
        if not labelled and (alone or _is_chronicle(chain(head[index + 1 :], more()))):
            return
        rules[index] = "TK112"
        facts.date = facts.date or date


def _is_chronicle(lines: Iterable[Line]) -> bool:
    """Does another date without a label follow?"""
    near = islice(lines, CHRONICLE_LINES)
    dates = (date_of(line.text) for line in near if len(line.text) < 60)
    return any(date and not date[1] for date in dates)


def mark_supported(lines: list[Line], rules: list[str | None], top: bool) -> None:
    """Decide weak phrases and lone numbers by their neighbours; `top`: do they start the text?"""
    weak = [
        line.verdict is not None
        and line.verdict.where == WEAK
        and rule is None
        and not _ITEM.match(line.text)
        for line, rule in zip(lines, rules, strict=True)
    ]
    for start, end in _runs(lines, weak, rules):
        inside = range(start, end)
        firm = any(rules[i] for i in inside)
        if firm or _is_menu([lines[i] for i in inside if weak[i]], top=top and start == 0):
            for i in inside:
                kind = lines[i].verdict
                if rules[i] is None and kind and weak[i]:
                    rules[i] = kind.rule
        if {"TK104", "TK105"} & {rules[i] for i in inside}:
            for i in inside:
                rules[i] = rules[i] or "TK104"


def _is_menu(lines: list[Line], top: bool) -> bool:
    """Are there enough words of a menu: at the top, or with one that is no mere topic?"""
    kinds = [line.verdict.kind for line in lines if line.verdict]
    return len(kinds) >= MIN_MENU and (top or any(kind not in _TOPICS for kind in kinds))


def _runs(
    lines: list[Line], weak: list[bool], rules: list[str | None]
) -> Iterator[tuple[int, int]]:
    """Yield runs of neighbouring lines that are residue, may be, or are numbers beside it."""
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
