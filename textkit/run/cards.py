"""What the pages and the final table say about an article: small, so that all can be looked at."""

from __future__ import annotations

import json

import msgspec

from textkit.document import Document
from textkit.report.changes import counts


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A sentence of a summary."""

    text: str
    origin: str | None  # the language it was translated from
    gloss: str | None = None  # where it is in a language that nothing translates


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article without its text."""

    id: str
    title: str | None = None
    author: str | None = None
    date: str | None = None
    lang: str | None = None
    summary: tuple[Line, ...] = ()
    warnings: tuple[str, ...] = ()
    copy_of: str | None = None  # the one kept in its place
    why: str | None = None  # of a copy or a variant
    variant: bool = False  # a copy that tells a fact differently, and is kept
    story: str | None = None
    edits: int = 0  # of cleaning
    translated: int = 0  # passages
    glossed: int = 0


_CARD = msgspec.json.Decoder(Card)


def card_of(document: Document) -> bytes:
    """Return the card of a record, as JSON."""
    found = document.dedup
    is_copy = found is not None and found.action == "drop"
    varies = found is not None and not is_copy and found.relation == "variant"
    counted = counts(document)
    card = Card(
        id=document.id,
        title=document.title,
        author=document.author,
        date=document.date,
        lang=document.lang,
        summary=tuple(Line(s.text, s.origin, s.gloss) for s in document.summary),
        warnings=document.warnings,
        copy_of=(found.canonical or found.cluster) if found and is_copy else None,
        why=found.reason if found and (is_copy or varies) else None,
        variant=varies,
        story=found.story if found else None,
        edits=counted.edits,
        translated=counted.translated,
        glossed=counted.glossed,
    )
    try:
        return msgspec.json.encode(card)
    except UnicodeEncodeError:  # lone surrogates, which no page can show
        fields = msgspec.to_builtins(card)
        return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")


def read_card(data: bytes) -> Card:
    """Return the card that `card_of` wrote."""
    return _CARD.decode(data)
