"""`corpus.md`: what the whole corpus says, in a form that reads well in a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textkit.document import Document, SummarySentence
from textkit.report.markdown import escape
from textkit.report.not_done import Cause, causes
from textkit.run.cards import Card, Line

MAX_ENTRIES = 1000  # stories, copies and articles on the page; a longer one is read by nobody


def corpus_page(corpus: Document, cards: Iterable[tuple[Card, str]]) -> str:
    """Return the page: the corpus summary, the stories, what each article says.

    `cards` come with the stems of their files.
    """
    entries, stories, links = [], dict[str, list[str]](), dict[str, str]()
    copies, variants = list[Card](), list[Card]()
    number, warned = 0, list[tuple[int, str]]()
    for place, (card, stem) in enumerate(cards):
        links[card.id] = stem
        warned += [(place, warning) for warning in card.warnings]
        if card.copy_of is not None:
            copies.append(card)
            continue
        number += 1
        if card.variant:
            variants.append(card)
        if card.story is not None:
            stories.setdefault(card.story, []).append(card.id)
        if number <= MAX_ENTRIES:
            entries.append("\n".join(_entry(card, _link(card.id, links))))
    pieces = ["# Corpus summary", "\n".join(sentence_lines(corpus.summary, links))]
    pieces += [f"> {escape(warning)}" for warning in corpus.warnings]
    if not_done := causes(warned):
        pieces += ["## Not done", _list(list(map(_cause, not_done)))]
    told = [", ".join(_link(i, links) for i in ids) for ids in stories.values() if len(ids) > 1]
    if told:
        pieces += ["## Stories told more than once", _list(told)]
    if copies:
        lines = [_copy(card, links) for card in copies[:MAX_ENTRIES]]
        pieces += ["## Copies left out", _list(lines, len(copies))]
    if variants:
        lines = [_variant(card, links) for card in variants[:MAX_ENTRIES]]
        pieces += ["## Copies kept, because they tell a fact differently"]
        pieces += [_list(lines, len(variants))]
    pieces += [f"## Articles ({number})", *entries, _more(number - len(entries))]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _list(lines: list[str], number: int | None = None) -> str:
    shown = [f"- {line}" for line in lines[:MAX_ENTRIES]]
    more = _more((len(lines) if number is None else number) - len(shown))
    return "\n".join([*shown, *([f"- {more}"] if more else [])])


def _more(number: int) -> str:
    return f"and {number} more in [articles.jsonl](articles.jsonl)" if number > 0 else ""


def _link(id: str, links: dict[str, str]) -> str:
    return f"[{escape(id)}](<articles/{links[id]}.txt>)" if id in links else escape(id)


def _copy(card: Card, links: dict[str, str]) -> str:
    why = f" ({escape(card.why)})" if card.why else ""
    return f"{escape(card.id)}, kept: {_link(card.copy_of or '', links)}{why}"


def _variant(card: Card, links: dict[str, str]) -> str:
    return f"{_link(card.id, links)}: {escape((card.why or '').removeprefix('kept, '))}"


def _entry(card: Card, link: str) -> Iterator[str]:
    yield f"### {escape(card.title or card.id)}"
    yield ""
    facts = [card.author, card.date, card.lang]
    yield " · ".join([link, *(escape(fact) for fact in facts if fact)])
    yield ""
    yield from (_sentence(line) for line in card.summary)


def _cause(cause: Cause) -> str:
    commands = "; ".join(f"`{command}`" for command in cause.commands)
    return escape(cause.text) + (f": {commands}" if commands and cause.kind != "other" else "")


def sentence_lines(summary: Iterable[SummarySentence], links: dict[str, str]) -> Iterator[str]:
    """Yield the sentences of a summary as items of a list, each with its source."""
    for sentence in summary:
        source = f" {_link(sentence.id, links)}" if sentence.id else ""
        line = Line(sentence.text, sentence.origin, sentence.gloss)
        yield _sentence(line, source)


def _sentence(line: Line, source: str = "") -> str:
    mark = f"\\[{line.origin}\\] " if line.origin else ""
    gloss = f"\n  *(gloss) {escape(line.gloss)}*" if line.gloss else ""
    return f"- {mark}{escape(line.text)}{source}{gloss}"
