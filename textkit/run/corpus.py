"""`corpus.md`: what the whole corpus says, in a form that reads well in a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textkit.document import Document, SummarySentence
from textkit.report.markdown import escape


def corpus_page(corpus: Document, documents: Iterable[tuple[Document, str]]) -> str:
    """Return the page: the corpus summary, the stories, what each article says."""
    entries, stories, copies, links = [], dict[str, list[str]](), [], dict[str, str]()
    for document, stem in documents:
        found = document.dedup
        links[document.id] = f"[{escape(document.id)}](<articles/{stem}.txt>)"
        if found and found.action == "drop":
            copies.append((document.id, found.canonical or found.cluster, found.reason or ""))
            continue
        if found and found.story:
            stories.setdefault(found.story, []).append(document.id)
        entries.append("\n".join(_entry(document, links[document.id])))
    pieces = ["# Corpus summary", "\n".join(sentence_lines(corpus.summary, links))]
    pieces += [f"> {escape(warning)}" for warning in corpus.warnings]
    told = [ids for ids in stories.values() if len(ids) > 1]
    if told:
        pieces += ["## Stories told more than once"]
        pieces += ["\n".join(f"- {', '.join(links[i] for i in ids)}" for ids in told)]
    if copies:
        pieces += ["## Copies left out"]
        pieces += ["\n".join(_copy(id, kept, why, links) for id, kept, why in copies)]
    pieces += [f"## Articles ({len(entries)})", *entries]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _copy(id: str, kept: str, why: str, links: dict[str, str]) -> str:
    return f"- {escape(id)}, kept: {links.get(kept, escape(kept))}" + (
        f" ({escape(why)})" if why else ""
    )


def _entry(document: Document, link: str) -> Iterator[str]:
    yield f"### {escape(document.title or document.id)}"
    yield ""
    facts = [link, document.author, document.date, document.lang]
    yield " · ".join([link, *(escape(fact) for fact in facts[1:] if fact)])
    yield ""
    yield from sentence_lines(document.summary, {})
    for warning in document.warnings:
        yield f"\n> {escape(warning)}"


def sentence_lines(summary: Iterable[SummarySentence], links: dict[str, str]) -> Iterator[str]:
    """Yield the sentences of a summary as items of a list, each with its source."""
    for sentence in summary:
        mark = f"\\[{sentence.origin}\\] " if sentence.origin else ""
        source = f" {links.get(sentence.id, escape(sentence.id))}" if sentence.id else ""
        yield f"- {mark}{escape(sentence.text)}{source}"
