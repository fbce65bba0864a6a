"""From what was found to what each record says about it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from textkit.document import Dedup, Document, Repeat

DIGITS = 2  # of similarities in records; further ones change with any document of the corpus


@dataclass
class Finding:
    """What is known of one document; positions are those of the ranked corpus."""

    level: str | None = None
    cluster: int = 0  # the first one, by rank, of all that near copies connect
    kept: int = 0  # what is kept in its place; itself where it is kept
    matched: int | None = None  # what it was compared with
    similarity: float | None = None
    containment: float | None = None
    relation: str | None = None
    held: tuple[int, ...] = ()  # unrelated stories on this page
    inside: int | None = None  # a page of several stories that holds this one as well
    story: int | None = None
    shared: tuple[str, ...] = ()  # facts that the story group shares
    measure: str = ""
    repeats: tuple[Repeat, ...] = field(default=())


def dedup_record(at: int, findings: Sequence[Finding], documents: Sequence[Document]) -> Dedup:
    """Return the record of the document at a position."""
    found = findings[at]
    dropped = found.kept != at
    return Dedup(
        action="drop" if dropped else "keep",
        cluster=documents[found.cluster].id,
        level=found.level,
        canonical=documents[found.kept].id if dropped else None,
        similarity=_rounded(found.similarity),
        containment=_rounded(found.containment),
        story=None if found.story is None else documents[found.story].id,
        relation=found.relation or (None if found.inside is None else "contained_in"),
        reason=reason(at, findings, documents),
        repeats=found.repeats,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(min(max(value, 0.0), 1.0), DIGITS)


_HOW = {"contained_in": "part of", "contains": "holds", "variant": "variant of"}


def reason(at: int, findings: Sequence[Finding], documents: Sequence[Document]) -> str:
    """Return one sentence that says why."""
    found = findings[at]
    other = "" if found.matched is None else documents[found.matched].id
    if found.level == "exact":
        return f"same words as {other}"
    if found.level == "near":
        how = _HOW.get(found.relation or "", "near copy of")
        kept = "kept, " if found.kept == at else ""
        return f"{kept}{how} {other}: {found.measure}"
    if found.held:
        ids = ", ".join(sorted(documents[part].id for part in found.held))
        return f"holds several stories: {ids}"
    if found.level == "story":
        return f"same story as {other}: {found.measure}"
    if found.inside is not None:
        return f"part of {documents[found.inside].id}, a page of several stories"
    return "nothing like it"
