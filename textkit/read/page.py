"""A page to a record: its article as text, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from textkit.document import Document
from textkit.errors import ConfigError
from textkit.read.html.blocks import MOST_BLOCKS, Page, collect
from textkit.read.html.candidates import Choice, article
from textkit.read.html.charset import check_page, decode_page
from textkit.read.html.dates import iso_date
from textkit.read.html.features import STOP_END
from textkit.read.html.listing import PROSE
from textkit.read.html.metadata import Metadata, metadata
from textkit.read.html.render import render
from textkit.read.html.scorer import value
from textkit.read.html.tree import parse
from textkit.read.options import CANDIDATES, ReadOptions
from textkit.text.blocks import HEADING

DISAGREE = 0.5  # mean similarity of the candidates; below it a person should look
HUGE = 10_000  # elements; on a larger page only the extractor whose cost is known is asked
TOP = 4  # blocks at the top among which the headline and the date may stand
ABOVE = 8  # blocks above the article in which its date may stand
DATELINE = 100  # letters; a longer text is no line with a date


def read_page(data: bytes, id: str, source: str, options: ReadOptions) -> Document:
    """Return the record of a page. Raises InputError where the bytes hold none."""
    check_page(data)
    markup, encoding = decode_page(data, options.encoding)
    root, warnings = parse(markup)
    said = metadata(root)
    page = collect(root)
    names = _names(options)
    huge = len(page.elements) > HUGE and names != CANDIDATES[:1]
    choice = article(root, page, CANDIDATES[:1] if huge else names)
    body, head = split_head(page, choice.blocks, said)
    text = render(page, body)
    notes = [*warnings, *_doubts(page, text, choice, huge)]
    extra = {"declared_lang": said.lang} if said.lang else {}
    if encoding != "utf-8":
        extra["page_encoding"] = encoding
    return Document(
        id=id,
        source=source,
        text=text,
        title=said.title,
        author=said.author,
        date=said.date or head_date(page, choice.blocks, head),
        warnings=tuple(notes),
        extra=extra,
    )


def _doubts(page: Page, text: str, choice: Choice, huge: bool) -> Iterator[str]:
    """What a person should know of the choice."""
    if page.cut:
        yield f"the page is too long: only its first {MOST_BLOCKS:,} blocks were read"
    if huge:
        yield "the page is very large: one extractor alone was asked"
    if not text:
        yield "no article found on this page"
    elif choice.agreement < DISAGREE:
        yield f"the extractors disagree ({choice.agreement:.2f} of 1): check this text"


def split_head(page: Page, chosen: set[int], said: Metadata) -> tuple[set[int], set[int]]:
    """The chosen blocks, parted into the article's body and what stands above it: the headline,
    which is in `title`, and lines with the date or the author.
    """
    title = _letters(said.title or "")
    names = [name for name in map(_letters, (said.author or "").split(",")) if name]
    head = set()
    for i in sorted(chosen)[:TOP]:
        block = page.blocks[i]
        letters = _letters(block.text)
        if title and letters == title:
            head.add(i)
            continue
        label = block.width <= DATELINE and not STOP_END.search(block.text[-6:])
        named = any(name in letters for name in names)
        if label and block.kind != HEADING and (named or iso_date(block.text)):
            head.add(i)
        elif value(block) > PROSE:
            break
    return chosen - head, head


def head_date(page: Page, chosen: set[int], head: set[int]) -> str | None:
    """The date that stands in a short line round the start of the article, above its prose."""
    if not chosen:
        return None
    first = min(chosen - head, default=min(chosen))
    for i in range(max(0, first - ABOVE), first + 1):
        block = page.blocks[i]
        if block.width <= DATELINE and block.links < 0.5 and (found := iso_date(block.text)):
            return found
    return None


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _names(options: ReadOptions) -> tuple[str, ...]:
    """Return the candidates that the options ask for. Raises ConfigError."""
    unknown = [name for name in options.candidates if name not in CANDIDATES]
    if unknown:
        hint = f"one or more of {', '.join(CANDIDATES)}"
        raise ConfigError(f"unknown candidate: {unknown[0]}", hint)
    if options.fast and options.candidates:
        raise ConfigError("`fast` is one candidate: it excludes a list of them")
    return CANDIDATES[:1] if options.fast else options.candidates or CANDIDATES
