"""The tail: what stands after the last prose."""

from __future__ import annotations

from textkit.clean.breadcrumbs import is_breadcrumb
from textkit.clean.bylines import author_of
from textkit.clean.head import Facts, support
from textkit.clean.phrases import ANY, EDGE, TAIL, WEAK, has_teaser
from textkit.clean.shape import Line, is_headline
from textkit.clean.verdicts import Verdict

LAST_LINES = 3  # lines in which a byline may stand at the end


def tail_rules(tail: list[Line], said: list[Verdict | None]) -> Facts:
    """Return the residue of the tail; `said` is what each line is by itself."""
    facts = Facts()
    rules = [_alone(line, found) for line, found in zip(tail, said, strict=True)]
    _rows(tail, said, rules)
    _pagers(tail, said, rules)
    _teasers(tail, said, rules)
    support(tail, said, rules, top=False)
    _last(tail, said, rules)
    _byline(tail, rules, facts)
    facts.lines = [(line, rule) for line, rule in zip(tail, rules, strict=True) if rule]
    return facts


def _alone(line: Line, found: Verdict | None) -> str | None:
    if found and found.where in (ANY, EDGE, TAIL):
        return found.rule
    return "TK101" if is_breadcrumb(line.text, "") else None


def _rows(tail: list[Line], said: list[Verdict | None], rules: list[str | None]) -> None:
    """A count right below a line that stays is a row of it: votes, points, prices."""
    for index, found in enumerate(said):
        above = index > 0 and not tail[index].gap and rules[index - 1] is None
        if found and found.kind == "counter" and found.where == EDGE and above:
            rules[index] = None


def _pagers(tail: list[Line], said: list[Verdict | None], rules: list[str | None]) -> None:
    """`Next`, once or twice, and one headline up to the end or the next such label."""
    index = 0
    while index < len(tail):
        if not _is_pager(said[index]):
            index += 1
            continue
        stop = index
        while stop < len(tail) and _is_pager(said[stop]):
            stop += 1
        after = stop + 1
        teaser = stop < len(tail) and rules[stop] is None and is_headline(tail[stop].text)
        ends = after >= len(tail) or _is_pager(said[after]) or rules[after] is not None
        doubled = stop - index > 1
        if doubled or ends or stop >= len(tail):
            for i in range(index, min(stop + (teaser and ends), len(tail))):
                rules[i] = "TK102"
        index = stop


def _is_pager(found: Verdict | None) -> bool:
    return found is not None and found.kind == "pager"


def _teasers(tail: list[Line], said: list[Verdict | None], rules: list[str | None]) -> None:
    """All headlines after the label of related stories, unless it stands before one of its own."""
    labelled = False
    for index, line in enumerate(tail):
        found = said[index]
        if found and found.kind == "related" and rules[index]:
            labelled = labelled or not has_teaser(line.text)
        elif labelled and rules[index] is None and is_headline(line.text):
            rules[index] = "TK103"


def _last(tail: list[Line], said: list[Verdict | None], rules: list[str | None]) -> None:
    """A weak phrase that nothing follows, and that is no item of a list."""
    for index in reversed(range(len(rules))):
        found = said[index]
        if rules[index] is None:
            if found is None or found.where != WEAK or found.kind in ("section", "home"):
                return
            in_list = index > 0 and not tail[index].gap and rules[index - 1] is None
            if in_list:
                return
            rules[index] = found.rule


def _byline(tail: list[Line], rules: list[str | None], facts: Facts) -> None:
    left = [i for i, rule in enumerate(rules) if rule is None]
    for index in left[-LAST_LINES:]:
        author = author_of(tail[index].text)
        if author and len(left) <= LAST_LINES:
            rules[index] = "TK111"
            facts.author = facts.author or author
