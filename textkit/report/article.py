"""What the template of one article is given."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from textkit.document import Document, SummarySentence
from textkit.report import charts
from textkit.report.body import body, text_of
from textkit.report.changes import Changed, reason, tally
from textkit.report.memo import key_of
from textkit.report.show import attributes, count, first, language, more, shortened
from textkit.report.store import Card
from textkit.report.survey import Survey
from textkit.report.views import MOST_SENTENCES, MOST_WARNINGS, View, differences_view, link

MOST_RULES = 20
MOST_RIBBON = 200  # language runs drawn for one article


def article_key(found: Survey, index: int, open_text: bool, limit: int) -> bytes:
    """Return a key of all that an article's part of the page is made of."""
    card = found.cards[index]
    others = [(other, found.cards[other].title) for other in found.others.get(index, ())]
    colors = [found.palette[tag] for tag, _ in card.languages]
    anchors = sorted(found.anchors.get(index, {}).items())
    record = blake2b(found.store.read(index)).hexdigest()
    return key_of(
        "article", record, index, open_text, limit, anchors, found.story_of(index), colors, others,
        [(r.start, r.id, r.other_start) for r in found.told[index]],
    )  # fmt: skip


def article_view(found: Survey, index: int, open_text: bool, limit: int) -> dict[str, Any]:
    """Return what an article's part of the page shows; `limit` is in bytes of its text's markup."""
    document, card = found.store[index], found.cards[index]
    shown = text_of(document, f"a{index}", found.anchors.get(index, {}))
    markup, rest = body(shown, limit)
    changes = tally(document)
    return {
        "card": card,
        "langs": " ".join(tag for tag, _ in card.languages),
        "story": found.story_of(index),
        "title_attrs": attributes(card.title, shown.lang),
        "lang_attrs": attributes(document.text[:2000], shown.lang),
        "meta": _meta(card),
        "copy": _copy(found, document),
        **_ribbon(found, document, card),
        "warnings": first(card.warnings, MOST_WARNINGS),
        "summary": [_own(index, s, shown.lang) for s in document.summary[:MOST_SENTENCES]],
        "more_summary": more(len(document.summary), MOST_SENTENCES),
        "differences": differences_view(found, found.own.get(index, ())),
        "open": open_text,
        "text_note": count(card.words, "word"),
        "body": markup,
        "rest": f"{rest:,} more characters are left out here." if rest else "",
        "told": _told(found, index, document),
        "changes": [_change(c) for c in changes[:MOST_RULES]],
        "changes_note": count(sum(c.times for c in changes), "edit"),
        "link": link,
    }


def _meta(card: Card) -> list[str]:
    facts = (card.id, card.author, card.date, language(card.lang))
    items = [shortened(fact, 120) for fact in facts if fact]
    notes = (
        (card.removed, "removed"), (card.translated, "translated"), (card.glossed, "glossed")
    )  # fmt: skip
    return items + [f"{number:,} {word}" for number, word in notes if number]


def _copy(found: Survey, document: Document) -> View | None:
    dedup = document.dedup
    if not dedup or not dedup.canonical or dedup.canonical == document.id:
        return None
    index = found.by_id.get(dedup.canonical)
    near = f", similarity {dedup.similarity:.2f}" if dedup.similarity is not None else ""
    why = f" ({dedup.reason})" if dedup.reason else ""
    return {
        "what": {"exact": "The same text as", "near": "Nearly the same text as"}.get(
            dedup.level or "", "Goes with"
        ),
        "href": link(index) if index is not None else "#articles",
        "title": found.cards[index].title if index is not None else dedup.canonical,
        "why": near + why,
    }


def _ribbon(found: Survey, document: Document, card: Card) -> dict[str, Any]:
    """The language ribbon, where there is more than one language."""
    if len(card.languages) < 2:
        return {"ribbon": None}
    runs = [
        (p.start, p.end, p.origin or p.lang)
        for p in document.passages
        if (p.origin or p.lang) not in ("und", "zxx")
    ][:MOST_RIBBON]
    total = sum(size for _, size in card.languages) or 1
    legend = [
        {"name": language(tag), "share": _percent(size / total), "color": found.palette[tag]}
        for tag, size in card.languages[:6]
    ]
    label = "Languages in order: " + ", ".join(f"{x['name']} {x['share']}" for x in legend)
    parts = charts.ribbon(runs, found.palette, len(document.text))
    return {"ribbon": parts, "legend": legend, "ribbon_label": label}


def _percent(share: float) -> str:
    return "under 1 %" if share < 0.01 else f"{share:.0%}".replace("%", " %")


def _own(index: int, sentence: SummarySentence, lang: str | None) -> View:
    return {
        "text": shortened(sentence.text, 2000),
        "href": link(index, sentence.start),
        "attrs": attributes(sentence.text, lang, lang),
        "origin": language(sentence.origin) if sentence.origin else "",
    }


def _told(found: Survey, index: int, document: Document) -> list[View]:
    result: list[View] = []
    for repeat in found.told[index]:
        other = found.by_id.get(repeat.id)
        if other is not None and other != index:
            result.append(
                {
                    "text": shortened(document.text[repeat.start : repeat.end], 90),
                    "here": link(index, repeat.start),
                    "href": link(other, repeat.other_start),
                    "kind": repeat.kind.replace("_", " "),
                    "title": shortened(found.cards[other].title, 60),
                }
            )
    return result


def _change(changed: Changed) -> View:
    return {
        "rule": changed.rule,
        "count": f"{changed.times:,}",
        "why": reason(changed.rule),
        "old": _shown(changed.old),
        "new": _shown(changed.new) if changed.new.strip() else "",
    }


def _shown(text: str) -> str:
    """A changed piece; blanks, which nobody could see, by their code points."""
    if text.strip():
        return shortened(text, 40)
    return " ".join(f"U+{ord(char):04X}" for char in text[:4])
