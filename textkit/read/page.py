"""A page to a record: its article as text, and what it says of itself."""

from __future__ import annotations

from textkit.document import Document
from textkit.errors import ConfigError
from textkit.read.html import candidates
from textkit.read.html.blocks import collect
from textkit.read.html.charset import check_page, decode_page
from textkit.read.html.metadata import metadata
from textkit.read.html.tree import parse
from textkit.read.html.vote import medoid
from textkit.read.options import CANDIDATES, ReadOptions

DISAGREE = 0.6  # mean similarity of the chosen candidate to the others


def read_page(data: bytes, id: str, source: str, options: ReadOptions) -> Document:
    """Return the record of a page. Raises InputError where the bytes hold none."""
    check_page(data)
    markup, encoding = decode_page(data, options.encoding)
    root, warnings = parse(markup)
    said = metadata(root)
    found = candidates.texts(root, collect(root), _names(options))
    name, agreement = medoid(found)
    notes = list(warnings)
    if not found[name].strip():
        notes.append("no article found on this page")
    elif agreement < DISAGREE and len(found) > 1:
        notes.append(f"the extractors disagree (similarity {agreement:.2f}): check this text")
    extra = {"declared_lang": said.lang} if said.lang else {}
    if encoding != "utf-8":
        extra["page_encoding"] = encoding
    return Document(
        id=id,
        source=source,
        text=_without_headline(found[name], said.title),
        title=said.title,
        author=said.author,
        date=said.date,
        warnings=tuple(notes),
        extra=extra,
    )


def _without_headline(text: str, title: str | None) -> str:
    """The text without the headline at its top: that is in `title`."""
    first, _, rest = text.partition("\n")
    if title and rest and first.strip().casefold() == title.casefold():
        return rest.lstrip("\n")
    return text


def _names(options: ReadOptions) -> tuple[str, ...]:
    """Return the candidates that the options ask for. Raises ConfigError."""
    unknown = [name for name in options.candidates if name not in CANDIDATES]
    if unknown:
        hint = f"one or more of {', '.join(CANDIDATES)}"
        raise ConfigError(f"unknown candidate: {unknown[0]}", hint)
    if options.fast and options.candidates:
        raise ConfigError("`fast` is one candidate: it excludes a list of them")
    return CANDIDATES[:1] if options.fast else options.candidates or CANDIDATES
