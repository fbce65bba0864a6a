"""The summarize stage: the sentences that say most, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from textkit.document import Document, SummarySentence
from textkit.library import make_callable
from textkit.summarize.options import METHODS, ORDERS, SummarizeOptions

if TYPE_CHECKING:
    from textkit.summarize.units import Pool

__all__ = [
    "METHODS",
    "ORDERS",
    "SummarizeOptions",
    "summarize",
    "summarize_corpus",
    "summarize_document",
]


DEFAULTS = SummarizeOptions()


def summarize(
    documents: Iterable[Document], options: SummarizeOptions = DEFAULTS
) -> Iterator[Document]:
    """Yield each record with its own summary."""
    for document in documents:
        yield summarize_document(document, options)


def summarize_document(document: Document, options: SummarizeOptions = DEFAULTS) -> Document:
    """Return the record with `summary` filled; a warning says why where it stays empty.

    With `options.keywords` the field `keywords` is added to what is handed on.
    """
    from textkit.summarize.build import summary_of
    from textkit.summarize.empty import PREFIX
    from textkit.summarize.keywords import with_keywords
    from textkit.summarize.tiers import WARNING, admit
    from textkit.summarize.units import pool

    candidates = pool([document], options, copies=True)
    candidates.tier = admit(candidates.units, candidates.langs[0])
    summary = summary_of(candidates, options, corpus=False)
    kept = tuple(w for w in document.warnings if not w.startswith((PREFIX, WARNING)))
    return replace(
        document,
        summary=tuple(replace(sentence, id=None) for sentence in summary),
        warnings=(*kept, *_warnings(candidates, summary, options)),
        extra=with_keywords(document.extra, candidates, options),
    )


def _warnings(
    candidates: Pool, summary: Sequence[SummarySentence], options: SummarizeOptions
) -> tuple[str, ...]:
    """Say why a summary is empty, or what it was chosen from where no sentence was eligible."""
    from textkit.summarize.empty import why_empty
    from textkit.summarize.tiers import WARNING

    if not summary:
        return (why_empty(candidates, options),)
    return (WARNING + candidates.tier,) if candidates.tier else ()


def summarize_corpus(
    documents: Iterable[Document], options: SummarizeOptions = DEFAULTS
) -> Document:
    """Return one record, `corpus`, whose summary draws on all documents, each sentence with its id.

    Duplicates are left out; stories come first where de-duplication has marked them. With
    `options.since` it says what is new since a day, with `options.timeline` one thing per day.
    """
    from textkit.summarize.build import summary_of
    from textkit.summarize.empty import why_empty
    from textkit.summarize.keywords import with_keywords
    from textkit.summarize.news import timeline, what_is_new
    from textkit.summarize.units import pool

    if options.since is not None:
        candidates, summary = what_is_new(documents, options)
    elif options.timeline:
        candidates, summary = timeline(documents, options)
    else:
        candidates = pool(documents, options)
        summary = summary_of(candidates, options, corpus=True)
    return Document(
        id="corpus",
        source="-",
        text="".join(sentence.text + "\n" for sentence in summary),
        lang=common_language(candidates.langs),
        summary=tuple(summary),
        warnings=() if summary else (why_empty(candidates, options),),
        extra=with_keywords({}, candidates, options),
    )


def common_language(langs: list[str | None]) -> str | None:
    """The language that all documents share; `mul` for several."""
    known = {lang for lang in langs if lang}
    if not known:
        return None
    return known.pop() if len(known) == 1 else "mul"


make_callable(__name__)
