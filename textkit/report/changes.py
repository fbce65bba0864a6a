"""What the stages changed, at the place in the final text where it happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from textkit.document import Document, Passage
from textkit.edits import Edit, EditError, OffsetMap, invert, undo

TRANSLATE = "translate"


class Cut(NamedTuple):
    """Residue that was removed."""

    at: int  # in the final text
    text: str
    rule: str
    inline: bool  # from inside a line whose other words stay


class Original(NamedTuple):
    """A translated passage and what it was."""

    start: int  # in the final text
    end: int
    text: str
    passage: Passage


def cuts(document: Document) -> list[Cut]:
    """Return what was removed and was more than blanks, in the order of the text.

    >>> from textkit.document import revise
    >>> page = Document("a", "-", "0 views\\nNews.")
    >>> cuts(revise(page, "clean", [Edit(0, "0 views\\n", "", "X")]))
    [Cut(at=0, text='0 views', rule='X', inline=False)]
    """
    later: list[OffsetMap] = []
    found: list[Cut] = []
    for revision in reversed(document.revisions):
        if revision.stage != TRANSLATE:
            found += _placed(document.text, revision.edits, later)
        later.insert(0, OffsetMap(revision.edits))
    return sorted(found, key=lambda cut: cut.at)


def _placed(text: str, edits: tuple[Edit, ...], later: list[OffsetMap]) -> Iterator[Cut]:
    for edit, inverse in zip(edits, invert(edits), strict=True):
        if not is_removal(edit):
            continue
        at = inverse.start
        for offsets in later:
            at = offsets.to_new(at, at)[0]
        at = min(at, len(text))
        inline = "\n" not in edit.old and not _is_blank_line(text, at)
        yield Cut(at, edit.old.strip(), edit.rule, inline)


class Counts(NamedTuple):
    """What the stages did to one text."""

    edits: int  # of cleaning
    removed: int  # edits of any stage but translation that took away more than blanks
    translated: int  # passages
    glossed: int  # passages that nothing translates, with a gloss beside them


def counts(document: Document) -> Counts:
    """Return what a run's closing lines and every page count of one text."""
    return Counts(
        sum(len(r.edits) for r in document.revisions if r.stage == "clean"),
        sum(map(is_removal, (e for r in document.revisions if r.stage != TRANSLATE
                             for e in r.edits))),
        sum(passage.origin is not None for passage in document.passages),
        sum(passage.gloss is not None for passage in document.passages),
    )  # fmt: skip


def is_removal(edit: Edit) -> bool:
    """Does the edit take away more than blanks and put nothing in its place?"""
    return not edit.new.strip() and bool(edit.old.strip())


def _is_blank_line(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return not text[start : end if end >= 0 else len(text)].strip()


class Changed(NamedTuple):
    """How often a rule changed the text, and how."""

    rule: str
    stage: str
    times: int
    old: str  # the first one
    new: str


def tally(document: Document) -> list[Changed]:
    """Return the changes that are neither removals nor translations, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Edit] = {}
    for revision in document.revisions:
        if revision.stage != TRANSLATE:
            for edit in revision.edits:
                if not is_removal(edit):
                    counts[edit.rule, revision.stage] += 1
                    first.setdefault((edit.rule, revision.stage), edit)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Changed(*key, n, first[key].old, first[key].new) for key, n in ordered]


def originals(document: Document) -> list[Original]:
    """Return the translated passages with the words that they replace.

    Revisions that do not fit the text give none: the page then says so elsewhere.
    """
    wanted = [p for p in document.passages if p.origin and p.end <= len(document.text)]
    first = next((i for i, r in enumerate(document.revisions) if r.stage == TRANSLATE), None)
    if not wanted or first is None:
        return []
    text, spans = document.text, [(p.start, p.end) for p in wanted]
    try:
        for revision in reversed(document.revisions[first:]):
            offsets = OffsetMap(revision.edits)
            spans = [offsets.to_old(start, end) for start, end in spans]
            text = undo(text, revision.edits)
    except EditError:
        return []
    return [Original(p.start, p.end, text[a:b], p) for p, (a, b) in zip(wanted, spans, strict=True)]


@cache
def reason(rule: str) -> str:
    """Return why a rule removes what it removes; nothing where the rule is not known."""
    try:
        found = import_module("textkit.clean.registry").registry().get(rule)
    except (ImportError, AttributeError):
        return ""
    return str(found.reason).replace("`", "") if found else ""
