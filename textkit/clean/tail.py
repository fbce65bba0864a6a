"""The tail: what stands after the last prose."""

from __future__ import annotations

from textkit.clean.breadcrumbs import is_breadcrumb
from textkit.clean.bylines import author_of
from textkit.clean.head import EdgeResidue, keep_headings, mark_supported
from textkit.clean.page import Line
from textkit.clean.phrases import ANY, EDGE, TAIL, WEAK, has_teaser
from textkit.clean.shape import is_headline

LAST_LINES = 3  # lines in which a byline may stand at the end


def tail_residue(tail: list[Line]) -> EdgeResidue:
    """Return the residue of the tail, and the author if a byline ends it."""
    facts = EdgeResidue()
    rules = [_own_rule(line) for line in tail]
    keep_headings(tail, rules, None)
    _keep_rows(tail, rules)
    _mark_pagers(tail, rules)
    _mark_teasers(tail, rules)
    mark_supported(tail, rules, top=False)
    _mark_last(tail, rules)
    _mark_byline(tail, rules, facts)
    facts.rules = {line.start: rule for line, rule in zip(tail, rules, strict=True) if rule}
    return facts


def _own_rule(line: Line) -> str | None:
    if line.verdict and line.verdict.where in (ANY, EDGE, TAIL):
        return line.verdict.rule
    return "TK101" if not line.prose and is_breadcrumb(line.text, "") else None


def _keep_rows(tail: list[Line], rules: list[str | None]) -> None:
    """A count right below a line that stays is a row of it: votes, points, prices."""
    for index, line in enumerate(tail):
        kind = line.verdict
        above = index > 0 and not line.gap and rules[index - 1] is None
        if kind and kind.kind == "counter" and kind.where == EDGE and above:
            rules[index] = None


def _mark_pagers(tail: list[Line], rules: list[str | None]) -> None:
    """`Next`, once or twice, and one headline up to the end or the next such label."""
    index = 0
    while index < len(tail):
        if not _is_pager(tail[index]):
            index += 1
            continue
        stop = index
        while stop < len(tail) and _is_pager(tail[stop]):
            stop += 1
        after = stop + 1
        teaser = stop < len(tail) and rules[stop] is None and is_headline(tail[stop].text)
        ends = after >= len(tail) or _is_pager(tail[after]) or rules[after] is not None
        doubled = stop - index > 1
        if doubled or ends or stop >= len(tail):
            for i in range(index, min(stop + (teaser and ends), len(tail))):
                rules[i] = "TK102"
        index = stop


def _is_pager(line: Line) -> bool:
    return line.verdict is not None and line.verdict.kind == "pager"


def _mark_teasers(tail: list[Line], rules: list[str | None]) -> None:
    """Mark the headlines below a `Related stories` label, unless it names a story on its line."""
    labelled = False
    for index, line in enumerate(tail):
        kind = line.verdict
        if kind and kind.kind == "related" and rules[index]:
            labelled = labelled or not has_teaser(line.text)
        elif labelled and rules[index] is None and is_headline(line.text):
            rules[index] = "TK103"


def _mark_last(tail: list[Line], rules: list[str | None]) -> None:
    """Mark a weak phrase that nothing follows and that is no item of a list."""
    for index in reversed(range(len(rules))):
        kind = tail[index].verdict
        if rules[index] is None:
            if kind is None or kind.where != WEAK or kind.kind in ("section", "home"):
                return
            in_list = index > 0 and not tail[index].gap and rules[index - 1] is None
            if in_list:
                return
            rules[index] = kind.rule


def _mark_byline(tail: list[Line], rules: list[str | None], facts: EdgeResidue) -> None:
    left = [i for i, rule in enumerate(rules) if rule is None]
    for index in left[-LAST_LINES:]:
        author = author_of(tail[index].text)
        if author and len(left) <= LAST_LINES:
            rules[index] = "TK111"
            facts.author = facts.author or author
