"""The clean stage: residue of scraping goes, the text stays, every change is an edit.

Characters are mended first, then what is inside lines, then whole lines, then blanks; each step
sees what the one before left. The edits of all steps are composed into one list that counts in
the text as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from textkit.clean.blanks import blanks
from textkit.clean.characters import compose_letters, decode_entities, mend_mojibake, odd_characters
from textkit.clean.inline import inline_residue
from textkit.clean.lines import removals, residue
from textkit.clean.markup import strip_html
from textkit.clean.registry import Rule, registry, wanted
from textkit.clean.section import Residue
from textkit.clean.urls import bare_urls, data_and_images, markdown, tracking
from textkit.document import Document, revise
from textkit.edits import Edit, apply, compose
from textkit.library import make_callable
from textkit.text.dates import iso_date
from textkit.text.markdown import protected

__all__ = [
    "CleanOptions", "Cleaned", "Finding", "Rule", "clean", "clean_document", "clean_text",
    "findings", "line_reasons", "reason_of", "registry",
]  # fmt: skip

MODEL = "TK13"  # the codes of the line model
_BLANKS = frozenset({"TK308", "TK309", "TK310"})
MAX_ROUNDS = 8  # what a round uncovers is cleaned by the next; two are nearly always enough


@dataclass(frozen=True)
class CleanOptions:
    """Which rules are applied. Raises ConfigError, when used, where a name is unknown."""

    select: tuple[str, ...] = ()  # codes or prefixes; all rules where empty
    ignore: tuple[str, ...] = ()  # codes or prefixes
    keep: tuple[str, ...] = ()  # names of rules whose residue stays: byline, date, title ...
    strict: bool = False  # of the lines that only the line model takes out, the surest alone

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the rules to apply."""
        return wanted(self.select, self.ignore, self.keep)

    @cached_property
    def model(self) -> bool:
        """Is any rule of the line model applied?"""
        return any(code.startswith(MODEL) for code in self.codes)


_DEFAULTS = CleanOptions()


class Cleaned(NamedTuple):
    """What cleaning a text gives: the new text, the edits that lead to it, what was found."""

    text: str
    edits: list[Edit]
    title: str | None = None
    author: str | None = None
    date: str | None = None
    reasons: dict[str, str] | None = None  # of lines that the model took out, by their text


class Finding(NamedTuple):
    """One change that cleaning would make, and why."""

    edit: Edit
    code: str
    reason: str


def clean_text(text: str, options: CleanOptions | None = None) -> Cleaned:
    """Return a text without its residue.

    >>> clean_text("0 views\\n\\nThe council met on Tuesday.").text
    'The council met on Tuesday.\\n'
    """
    options = options or _DEFAULTS
    edits, now, first = _round(text, options, _STEPS)
    reasons, rounds, more = dict(first.line_reasons), 1, edits
    while more and rounds < MAX_ROUNDS:
        more, now, later = _round(now, options, _AGAIN)
        edits = compose(edits, more) if more else edits
        reasons |= later.line_reasons
        rounds += 1
    return Cleaned(now, edits, first.title, first.author, first.date, reasons)


def clean_document(document: Document, options: CleanOptions | None = None) -> Document:
    """Return the record with its text cleaned; title, author and date where they were null.

    `date` is ISO 8601, null where the date line leaves the day open; `date_text` has its words.
    """
    cleaned = clean_text(document.text, options)
    edits = cleaned.edits
    if document.extra.get("markup") == "markdown":
        edits = _outside_markup(document.text, edits)
    return replace(
        revise(document, "clean", edits),
        title=document.title or cleaned.title,
        author=document.author or cleaned.author,
        date=document.date or iso_date(cleaned.date, document.lang),
        date_text=document.date_text or cleaned.date,
    )


def _outside_markup(text: str, edits: list[Edit]) -> list[Edit]:
    """The edits that leave Markdown's own blocks and signs alone."""
    spans = protected(text)
    return [edit for edit in edits if not any(a < edit.end and edit.start < b for a, b in spans)]


def clean(documents: Iterable[Document], options: CleanOptions | None = None) -> Iterator[Document]:
    """Yield each record cleaned."""
    for document in documents:
        yield clean_document(document, options)


def findings(text: str, options: CleanOptions | None = None) -> list[Finding]:
    """Return what cleaning would change, in order, each with its reason."""
    cleaned = clean_text(text, options)
    reasons = cleaned.reasons or {}
    return [Finding(edit, edit.rule, reason_of(edit, reasons)) for edit in cleaned.edits]


def line_reasons(text: str, edits: Iterable[Edit]) -> dict[str, str]:
    """Return why the model takes lines out, by their text; empty if no edit is the model's."""
    if any(edit.rule.startswith(MODEL) for edit in edits):
        return clean_text(text).reasons or {}
    return {}


def reason_of(edit: Edit, reasons: dict[str, str]) -> str:
    """Return why an edit is made: its rule's reason, or the model's own for this line."""
    own = reasons.get(edit.old.strip()) if edit.rule.startswith(MODEL) else None
    return own or registry()[edit.rule].reason


_Step = Callable[[str], Iterable[Edit]]

_STEPS: tuple[_Step, ...] = (
    strip_html, mend_mojibake, decode_entities, odd_characters, compose_letters,
    data_and_images, tracking, markdown, bare_urls, inline_residue,
)  # fmt: skip
_AGAIN = tuple(step for step in _STEPS if step is not decode_entities)


def _round(
    text: str, options: CleanOptions, steps: Iterable[_Step]
) -> tuple[list[Edit], str, Residue]:
    """Run every step once; return the composed edits, the new text and what the lines say."""
    codes = options.codes
    made: list[Edit] = []
    for step in steps:
        made, text = _then(made, text, step(text), codes)
    made, text = _then(made, text, blanks(text), codes)
    found = residue(text, options.model, options.strict)
    made, text = _then(made, text, removals(text, found.rules), codes)
    made, text = _then(made, text, blanks(text), codes)
    return made, text, found


def _then(
    made: list[Edit], text: str, edits: Iterable[Edit], codes: frozenset[str]
) -> tuple[list[Edit], str]:
    more = [edit for edit in edits if edit.rule in codes]
    if not more:
        return made, text
    return (_named(made, compose(made, more)) if made else more), apply(text, more)


def _named(made: list[Edit], composed: list[Edit]) -> list[Edit]:
    """Where mere blanks were added to what a rule took out, that rule gives the reason."""
    at, named = 0, []
    for edit in composed:
        while at < len(made) and made[at].end <= edit.start and made[at].start < edit.start:
            at += 1
        inside = at < len(made) and made[at].end <= edit.end and made[at].start >= edit.start
        if inside and edit.rule in _BLANKS and made[at].rule not in _BLANKS:
            named.append(Edit(edit.start, edit.old, edit.new, made[at].rule))
        else:
            named.append(edit)
    return named


make_callable(__name__)
