"""The translate stage: foreign passages give way to the target language; originals are kept.

Every sentence is an edit, so that `undo` brings the text back and any place in the translation
can be traced to its original. A passage that no engine can translate stays as it is; a gloss of
it stands beside its words, in the passage's field `gloss`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textkit.document import Document
from textkit.guards import EVERYBODYS, OnFailure, batch_by_batch, reported
from textkit.library import make_callable
from textkit.translate.checks.expect import Checker
from textkit.translate.engine import Engine
from textkit.translate.options import TranslateOptions
from textkit.translate.placing import place
from textkit.translate.plan import Work, plan
from textkit.translate.quality import Translated, translate_checked
from textkit.translate.routes import Routes

__all__ = ["TranslateOptions", "translate", "translate_document"]

LOOK_AHEAD = 32  # documents in one batch
LOOK_AHEAD_CHARACTERS = 200_000  # of foreign text in one batch


def translate(
    documents: Iterable[Document],
    options: TranslateOptions,
    routes: Routes | None = None,
    on_failure: OnFailure | None = None,
) -> Iterator[Document]:
    """Yield the documents in order, each with its foreign passages in the target language.

    Sentences of several documents go to the engine together; at most `LOOK_AHEAD` are held back.
    `routes` are those of an earlier call with these options, whose models are loaded. What goes
    wrong with a document is raised, or goes to `on_failure`, and the document stays as it was.
    """
    chosen = routes or Routes(options)
    for batch in _batches(documents, chosen, on_failure):
        if on_failure is None:
            yield from _translate_batch(batch, chosen)
        else:
            yield from batch_by_batch(
                "translate",
                lambda some: _translate_batch(some, chosen),
                batch,
                lambda work: work.document,
                on_failure,
            )


def translate_document(document: Document, options: TranslateOptions) -> Document:
    """Return the document with its foreign passages in the target language."""
    return next(translate([document], options))


def _batches(
    documents: Iterable[Document], routes: Routes, on_failure: OnFailure | None
) -> Iterator[list[Work]]:
    """Yield documents in groups; what needs no engine never waits for more to come."""
    batch: list[Work] = []
    characters = 0
    for document in documents:
        work = _planned(document, routes, on_failure)
        batch.append(work)
        characters += sum(j.passage.end - j.passage.start for j in work.jobs)
        if not characters or len(batch) >= LOOK_AHEAD or characters >= LOOK_AHEAD_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _planned(document: Document, routes: Routes, on_failure: OnFailure | None) -> Work:
    """The plan of a document; one that fails is reported, and nothing of it is translated."""
    try:
        return plan(document, routes)
    except EVERYBODYS:
        raise
    except Exception as error:
        if on_failure is None:
            raise
        return Work(reported("translate", document, error, on_failure))


def _translate_batch(batch: Sequence[Work], routes: Routes) -> Iterator[Document]:
    """Translate the sentences of all documents, each engine and pair at once."""
    sentences: dict[tuple[str, str], dict[str, None]] = {}
    engines: dict[tuple[str, str], Engine] = {}
    for work in batch:
        for job in work.jobs:
            engines[job.key] = job.route.engine
            sentences.setdefault(job.key, {}).update((u.text, None) for u in job.units)
    done = {
        key: _translate_sentences(list(texts), engines[key], key[1], routes)
        for key, texts in sentences.items()
    }
    for work in batch:
        yield place(work, done, routes.options)


def _translate_sentences(
    sentences: Sequence[str], engine: Engine, lang: str, routes: Routes
) -> dict[str, Translated]:
    """Each sentence's translation, checked and mended, or its gloss."""
    options = routes.options
    if engine.name == "gloss":
        results = [Translated(text) for text in engine.translate(sentences)]
    else:
        checker = Checker(lang, options.to, routes.names(lang), options.glossary)
        results = translate_checked(sentences, engine, checker, options.repair)
    return dict(zip(sentences, results, strict=True))


make_callable(__name__)
