"""A page to a record: its article as text, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from textkit.document import Document
from textkit.errors import ConfigError
from textkit.read.html.blocks import MAX_BLOCKS, Page, collect
from textkit.read.html.candidates import Choice, article
from textkit.read.html.charset import read_markup
from textkit.read.html.head import split_head
from textkit.read.html.metadata import metadata
from textkit.read.html.render import render
from textkit.read.html.tree import parse
from textkit.read.kinds import refuse_other
from textkit.read.options import CANDIDATES, ReadOptions

DISAGREE = 0.5  # mean similarity of the candidates; below it a person should look
HUGE = 30_000  # elements; on a larger page only the extractor whose cost is known is asked


def read_page(data: bytes, id: str, source: str, options: ReadOptions) -> Document:
    """Return the record of a page. Raises InputError where the bytes hold none."""
    refuse_other(data, "a page")
    markup, encoding, doubts = read_markup(data, options.encoding)
    root, warnings = parse(markup)
    said = metadata(root)
    page = collect(root)
    names = _names(options)
    huge = names != CANDIDATES[:1] and root.xpath("count(//*)") > HUGE
    choice = article(root, page, CANDIDATES[:1] if huge else names)
    body, said = split_head(page, choice.blocks, said)
    text = render(page, body)
    notes = [*doubts, *warnings, *_doubts(page, text, choice, huge)]
    extra = {"declared_lang": said.lang} if said.lang else {}
    if encoding:
        extra["page_encoding"] = encoding
    return Document(
        id=id,
        source=source,
        text=text,
        title=said.title,
        author=said.author,
        date=said.date,
        url=said.url,
        site=said.site,
        description=said.description,
        tags=said.tags,
        image=said.image,
        date_text=said.date_text,
        warnings=tuple(notes),
        extra=extra,
    )


def _doubts(page: Page, text: str, choice: Choice, huge: bool) -> Iterator[str]:
    """What a person should know of the choice."""
    if page.cut:
        yield f"the page is too long: only its first {MAX_BLOCKS:,} blocks were read"
    if huge:
        yield "the page is very large: one extractor alone was asked"
    if not text:
        yield "no article found on this page"
    elif choice.agreement < DISAGREE:
        yield f"the extractors disagree ({choice.agreement:.2f} of 1): check this text"


def _names(options: ReadOptions) -> tuple[str, ...]:
    """Return the candidates that the options ask for. Raises ConfigError."""
    unknown = [name for name in options.candidates if name not in CANDIDATES]
    if unknown:
        hint = f"one or more of {', '.join(CANDIDATES)}"
        raise ConfigError(f"unknown candidate: {unknown[0]}", hint)
    if options.fast and options.candidates:
        raise ConfigError("`fast` is one candidate: it excludes a list of them")
    return CANDIDATES[:1] if options.fast else options.candidates or CANDIDATES
