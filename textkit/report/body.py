"""An article's text as a page shows it.

Paragraphs, with anchors on the sentences that something points to, foreign runs in their language,
translated ones beside their original, and what was removed folded away at its place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup

from textkit.document import Check, Document
from textkit.report.changes import Cut, Original, cuts, originals, reason
from textkit.report.show import attributes, content, language, safe, shortened
from textkit.text.blocks import HEADING, ITEM, LEAD_IN, ROW, Block, blocks
from textkit.translate.gloss.beside import TARGET, gloss_between

EMPTY = Markup("")
Span = tuple[int, int]


@dataclass(frozen=True)
class Text:
    """All that is needed to show one text, found once."""

    document: Document
    anchor: str  # prefix of the ids of this article
    anchors: Mapping[Span, str]  # spans that something points to, with their tags, if any
    lang: str | None
    cuts: Sequence[Cut] = ()
    originals: Sequence[Original] = ()
    edges: Sequence[int] = field(default_factory=tuple)  # where a run of one language starts, ends

    @property
    def text(self) -> str:
        """The text as it stands now."""
        return self.document.text


def text_of(document: Document, anchor: str, anchors: Mapping[Span, str]) -> Text:
    """Gather what the body of an article needs."""
    passages = [p for p in document.passages if p.end <= len(document.text)]
    edges = sorted({edge for p in passages for edge in (p.start, p.end)})
    lang = document.lang if document.lang not in (None, "mul", "und", "zxx") else None
    return Text(document, anchor, anchors, lang, cuts(document), originals(document), edges)


def body(shown: Text, limit: int) -> tuple[Markup, int]:
    """Return the blocks as markup, `limit` bytes at most, and how many characters are left out."""
    parts: list[Markup] = []
    size, in_list, rest = 0, False, 0
    for kind, start, markup in _with_cuts(shown):
        size += len(markup.encode("utf-8", "replace"))
        if size > limit:
            rest = len(shown.text) - start
            break
        if (kind == ITEM) is not in_list:
            in_list = not in_list
            parts.append(Markup('<ul class="items">') if in_list else Markup("</ul>"))
        parts.append(markup)
    if in_list:
        parts.append(Markup("</ul>"))
    return Markup("\n").join(parts), rest


def _with_cuts(shown: Text) -> Iterator[tuple[str, int, Markup]]:
    """Yield blocks and the folds of removed lines between them, in order, each with its start."""
    lines = [cut for cut in shown.cuts if not cut.inline]
    at = 0
    for index, block in enumerate(blocks(shown.text)):
        stop = at
        while stop < len(lines) and lines[stop].at <= block.start:
            stop += 1
        if index == 0 and _is_title(shown, block):
            continue
        if stop > at:
            yield "cut", block.start, _fold(lines[at:stop])
            at = stop
        yield block.kind, block.start, _block(shown, block)
    if at < len(lines):
        yield "cut", len(shown.text), _fold(lines[at:])


def _is_title(shown: Text, block: Block) -> bool:
    """The title stands above the text already."""
    return shown.text[block.start : block.end] == shown.document.title and not any(
        start < block.end for start, _ in shown.anchors
    )


def _fold(removed: Sequence[Cut]) -> Markup:
    """Removed lines, folded away; open, each is struck through, with its rule and reason."""
    count = f"{len(removed)} lines removed" if len(removed) > 1 else "1 line removed"
    rules = ", ".join(dict.fromkeys(cut.rule for cut in removed))
    lines = EMPTY.join(_removed(cut) for cut in removed)
    return Markup('<details class="cut"><summary>{} <span>{}</span></summary>{}</details>').format(
        count, safe(rules), lines
    )


def _removed(cut: Cut) -> Markup:
    why = reason(cut.rule)
    return Markup("<p><del{}>{}</del> <small>{}{}</small></p>").format(
        attributes(cut.text, None),
        content(shortened(cut.text, 600)),
        safe(cut.rule),
        safe(f" {why}" if why else ""),
    )


def _inline_fold(cut: Cut) -> Markup:
    why = reason(cut.rule)
    return Markup(
        '<details class="cut in"><summary>{}</summary><del>{}</del> <small>{}</small></details>'
    ).format(
        Markup("removed <span>{}</span>").format(safe(cut.rule)),
        content(shortened(cut.text, 600)),
        safe(why),
    )


_TAGS = {HEADING: "h4", ITEM: "li"}
_CLASSES = {ROW: Markup(' class="row"'), LEAD_IN: Markup(' class="lead"')}


def _block(shown: Text, block: Block) -> Markup:
    """One block: a pair of columns where a passage in it was translated."""
    translated = [o for o in shown.originals if o.start < block.end and o.end > block.start]
    if translated:
        return _pair(shown, block, translated)
    if gloss := gloss_between(shown.document, block.start, block.end):
        return _glossed(shown, block, gloss)
    inline = [c for c in shown.cuts if c.inline and block.start <= c.at <= block.end]
    tag = "div" if inline else _TAGS.get(block.kind, "p")
    around = shown.lang
    lang = _whole(shown, block) or around
    kind = _CLASSES.get(block.kind, EMPTY)
    if inline:
        kind = Markup(' class="para"')
    return Markup("<{0}{1}{2}>{3}</{0}>").format(
        safe(tag),
        kind,
        attributes(shown.text[block.start : block.end], lang, around),
        _inside(shown, block.start, block.end, lang, inline),
    )


def _whole(shown: Text, block: Block) -> str | None:
    """The language of a block that lies in one passage."""
    for passage in shown.document.passages:
        if passage.start <= block.start and block.end <= passage.end:
            return passage.lang if passage.lang not in ("und", "zxx") else None
    return None


def _pair(shown: Text, block: Block, translated: Sequence[Original]) -> Markup:
    """The original on the left, what replaced it on the right, the check's findings below."""
    before = _before(shown, block, translated)
    engines = {o.passage.engine or "" for o in translated}
    origin = translated[0].passage.origin
    how = "Gloss" if engines == {"gloss"} else "Translation"
    by = ", ".join(sorted(e for e in engines if e and e != "gloss"))
    return Markup(
        '<div class="pair"><div{0}><b>Original <span>{1}</span></b><p{2}>{3}</p></div>'
        "<div><b>{4} <span>{5}</span></b><p{6}>{7}</p>{8}</div></div>"
    ).format(
        EMPTY,
        safe(language(origin)),
        attributes(_plain_before(shown, block, translated), _only_origin(block, translated),
                   shown.lang),
        before,
        how,
        safe(by or ("word by word" if how == "Gloss" else "")),
        attributes(shown.text[block.start : block.end], _whole(shown, block), shown.lang),
        _inside(shown, block.start, block.end, _whole(shown, block) or shown.lang, ()),
        _findings(shown.document.checks, block),
    )  # fmt: skip


def _glossed(shown: Text, block: Block, gloss: str) -> Markup:
    """The words on the left, their gloss on the right."""
    lang = _whole(shown, block) or shown.lang
    return Markup(
        '<div class="pair"><div><b>Original <span>{0}</span></b><p{1}>{2}</p></div>'
        "<div><b>Gloss <span>word by word</span></b><p{3}>{4}</p></div></div>"
    ).format(
        safe(language(lang)),
        attributes(shown.text[block.start : block.end], lang, shown.lang),
        _inside(shown, block.start, block.end, lang, ()),
        attributes(gloss, TARGET, shown.lang),
        content(gloss),
    )


def _only_origin(block: Block, translated: Sequence[Original]) -> str | None:
    """The language of a block that was all of one passage."""
    first = translated[0]
    covers = first.start <= block.start and first.end >= block.end
    return first.passage.origin if covers else None


def _pieces_before(
    shown: Text, block: Block, translated: Sequence[Original]
) -> Iterator[tuple[str, str | None]]:
    """Yield the block as it was, as runs with the language of the foreign ones."""
    at = block.start
    for original in translated:
        if original.start > at:
            yield shown.text[at : original.start], None
        if original.start >= block.start:
            yield original.text, original.passage.origin
        at = max(at, original.end)
    if at < block.end:
        yield shown.text[at : block.end], None


def _plain_before(shown: Text, block: Block, translated: Sequence[Original]) -> str:
    return "".join(text for text, _ in _pieces_before(shown, block, translated))


def _before(shown: Text, block: Block, translated: Sequence[Original]) -> Markup:
    around = _only_origin(block, translated) or shown.lang
    return EMPTY.join(
        content(text)
        if lang is None or lang == around
        else Markup("<span{}>{}</span>").format(attributes(text, lang, around), content(text))
        for text, lang in _pieces_before(shown, block, translated)
    )


def _findings(checks: Iterable[Check], block: Block) -> Markup:
    found = [c for c in checks if c.start < block.end and c.end > block.start]
    if not found:
        return EMPTY
    items = EMPTY.join(
        Markup('<li class="{}"><bdi>{}</bdi> → {} <small>{} {}</small></li>').format(
            safe(c.outcome), safe(c.source or "–"), safe(c.wanted or c.found), safe(c.kind),
            safe(c.outcome),
        )
        for c in found
    )  # fmt: skip
    return Markup('<ul class="checks" aria-label="Names and numbers checked">{}</ul>').format(items)


def _inside(shown: Text, start: int, end: int, lang: str | None, inline: Sequence[Cut]) -> Markup:
    """The words of a block, with anchors nested by their spans."""
    parts: list[Markup] = []
    still_open: list[tuple[int, Markup]] = []
    at = start
    for low, high, opening, closing in _anchors(shown, start, end):
        while still_open and still_open[-1][0] <= low:
            stop, tag = still_open.pop()
            parts += (_leaf(shown, at, stop, lang, inline), tag)
            at = stop
        parts += (_leaf(shown, at, low, lang, inline), opening)
        at = low
        still_open.append((min([high, *(stop for stop, _ in still_open)]), closing))
    for stop, tag in reversed(still_open):
        parts += (_leaf(shown, at, stop, lang, inline), tag)
        at = stop
    parts.append(_leaf(shown, at, end, lang, inline, last=True))
    return EMPTY.join(parts)


def _anchors(shown: Text, start: int, end: int) -> Iterator[tuple[int, int, Markup, Markup]]:
    """Yield the anchored spans within a block, outer ones first, with their tags."""
    found = [span for span in shown.anchors if span[0] < end and span[1] > start]
    used: set[int] = set()
    for low, high in sorted(found, key=lambda span: (span[0], -span[1])):
        tag = safe(shown.anchors[low, high] or "span")
        id = EMPTY
        if low >= start and low not in used:
            used.add(low)
            id = Markup(' id="{}-{}"').format(shown.anchor, low)
        opening = Markup("<{}{}>").format(tag, id)
        yield max(low, start), min(high, end), opening, Markup("</{}>").format(tag)


def _leaf(
    shown: Text, start: int, end: int, lang: str | None, inline: Sequence[Cut], last: bool = False
) -> Markup:
    """Words without anchors: runs of other languages, and what was removed between them."""
    here = [c for c in inline if start <= c.at < end or (last and c.at == end)]
    stops = sorted({start, end, *(c.at for c in here), *_edges(shown, start, end)})
    parts: list[Markup] = [_inline_fold(c) for c in here if c.at == start]
    for low, high in pairwise(stops):
        parts.append(_run(shown, low, high, lang))
        parts += [_inline_fold(c) for c in here if c.at == high]
    return EMPTY.join(parts)


def _edges(shown: Text, start: int, end: int) -> Sequence[int]:
    low = bisect_right(shown.edges, start)
    return shown.edges[low : bisect_left(shown.edges, end)]


def _run(shown: Text, start: int, end: int, lang: str | None) -> Markup:
    text = shown.text[start:end]
    found = shown.document.passages
    index = bisect_right(found, start, key=lambda p: p.start) - 1
    if index >= 0 and found[index].start <= start < found[index].end:
        own = found[index].lang
        if own not in ("und", "zxx", lang):
            return Markup("<span{}>{}</span>").format(attributes(text, own, lang), content(text))
    return content(text)
