"""The translate stage: foreign passages give way to the target language; originals are kept.

Every sentence is an edit, so that `undo` brings the text back and any place in the translation
can be traced to its original. A passage that no engine can translate stays as it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from textkit.document import Check, Document, Passage, revise
from textkit.edits import Edit, OffsetMap
from textkit.library import make_callable
from textkit.text.scripts import letters_by_script
from textkit.translate.checks.expect import NUMBER, Checker
from textkit.translate.engine import Engine
from textkit.translate.options import TranslateOptions
from textkit.translate.quality import KINDS, Translated, translate_checked
from textkit.translate.routes import Route, Routes, base
from textkit.translate.units import Unit, units

__all__ = ["TranslateOptions", "translate", "translate_document"]

LOOK_AHEAD = 32  # documents in one batch
LOOK_AHEAD_CHARACTERS = 200_000  # of foreign text in one batch


_Key = tuple[str, str]


@dataclass(frozen=True)
class _Job:
    """A passage that an engine translates, in sentences."""

    passage: Passage
    route: Route
    units: tuple[Unit, ...]

    @property
    def key(self) -> _Key:
        """Engine, pair and source language: what goes into one batch."""
        return self.route.rule, self.passage.lang


@dataclass
class _Work:
    """A document, its jobs, and what has to be said about it."""

    document: Document
    jobs: list[_Job] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def translate(
    documents: Iterable[Document], options: TranslateOptions, routes: Routes | None = None
) -> Iterator[Document]:
    """Yield the documents in order, each with its foreign passages in the target language.

    Sentences of several documents go to the engine together; at most `LOOK_AHEAD` are held back.
    `routes` are those of an earlier call with these options, whose models are loaded.
    """
    routes = routes or Routes(options)
    for batch in _batches(documents, routes):
        yield from _translate_batch(batch, routes)


def translate_document(document: Document, options: TranslateOptions) -> Document:
    """Return the document with its foreign passages in the target language."""
    return next(translate([document], options))


def _batches(documents: Iterable[Document], routes: Routes) -> Iterator[list[_Work]]:
    """Yield documents in groups; what needs no engine never waits for more to come."""
    batch: list[_Work] = []
    characters = 0
    for document in documents:
        work = _plan(_detected(document), routes)
        batch.append(work)
        characters += sum(j.passage.end - j.passage.start for j in work.jobs)
        if not characters or len(batch) >= LOOK_AHEAD or characters >= LOOK_AHEAD_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _detected(document: Document) -> Document:
    if document.lang is not None:
        return document
    from textkit.detect import DetectOptions, detect_document

    return detect_document(document, DetectOptions())


def _plan(document: Document, routes: Routes) -> _Work:
    """What is to be translated, by which engine, and what can't be."""
    work = _Work(_with_passages(document, routes.options))
    for passage in _foreign(work.document, routes.options):
        found = routes.find(passage.lang)
        work.warnings += routes.warnings
        if found is None:
            work.warnings.append(_no_engine(passage.lang, routes.options))
            continue
        parts = tuple(units(document.text, passage.start, passage.end, passage.lang))
        if parts:
            work.jobs.append(_Job(passage, found, parts))
        if found.engine.name == "gloss":
            work.warnings.append(_glossed(passage.lang, routes.options))
    return work


def _with_passages(document: Document, options: TranslateOptions) -> Document:
    """A document in one foreign language, without passages, is one passage."""
    lang = document.lang or "und"
    text = document.text
    if document.passages or not text.strip() or not _is_foreign(lang, options):
        return document
    start = len(text) - len(text.lstrip())
    script = next(iter(letters_by_script(text)), "Zyyy")
    whole = Passage(start, len(text.rstrip()), lang, script, 1.0, "user", "paragraph")
    return replace(document, passages=(whole,))


def _foreign(document: Document, options: TranslateOptions) -> Iterator[Passage]:
    """The passages that are in a language, and not in the target."""
    for passage in document.passages:
        if _is_foreign(passage.lang, options) and (passage.kind != "inline" or options.inline):
            yield passage


def _is_foreign(lang: str, options: TranslateOptions) -> bool:
    return base(lang) not in ("und", "zxx", "mul", base(options.to))


def _no_engine(lang: str, options: TranslateOptions) -> str:
    return (
        f"{lang}: left as it is, no engine for {lang} to {options.to} is installed"
        f" (textkit models install {_code(lang)} {_code(options.to)})"
    )


def _code(lang: str) -> str:
    """A language as packages spell it: `zt` for zh-Hant."""
    from textkit.detect.languages import argos_code

    return argos_code(lang) or base(lang)


def _glossed(lang: str, options: TranslateOptions) -> str:
    return (
        f"{lang}: glossed word by word, not translated"
        f" (textkit models install {_code(lang)} {_code(options.to)})"
    )


def _translate_batch(batch: Sequence[_Work], routes: Routes) -> Iterator[Document]:
    """Translate the sentences of all documents, each engine and pair at once."""
    wanted: dict[_Key, dict[str, None]] = {}
    engines: dict[_Key, Engine] = {}
    for work in batch:
        for job in work.jobs:
            engines[job.key] = job.route.engine
            wanted.setdefault(job.key, {}).update((u.text, None) for u in job.units)
    options = routes.options
    done: dict[_Key, dict[str, Translated]] = {}
    for key, texts in wanted.items():
        checker = Checker(key[1], options.to, routes.names(key[1]), options.glossary)
        repair = "none" if engines[key].name == "gloss" else options.repair
        results = translate_checked(list(texts), engines[key], checker, repair)
        done[key] = dict(zip(texts, results, strict=True))
    for work in batch:
        yield _finish(work, done, options)


def _finish(
    work: _Work, done: dict[_Key, dict[str, Translated]], options: TranslateOptions
) -> Document:
    """The document with its jobs' translations in place, one revision an engine."""
    document = work.document
    earlier: list[Edit] = []
    for name in dict.fromkeys(job.route.engine.name for job in work.jobs):
        jobs = [job for job in work.jobs if job.route.engine.name == name]
        text = work.document.text
        edits = [e for job in jobs for e in _edits(job, done[job.key], text)]
        if len(edits) < sum(len(job.units) for job in jobs):
            work.warnings.append(f"{name}: sentences that came out empty stay as they are")
        shift = OffsetMap(earlier)
        moved = [Edit(shift.new_start(e.start), e.old, e.new, e.rule) for e in edits]
        document = revise(document, "translate", moved, engine=name)
        earlier = sorted(earlier + edits, key=lambda e: e.start)
    offsets = OffsetMap(earlier)
    document = _relabel(document, work, earlier, options)
    checks = tuple(check for job in work.jobs for check in _checks(job, done[job.key], offsets))
    warnings = dict.fromkeys((*document.warnings, *work.warnings))
    return replace(document, warnings=tuple(warnings), checks=(*document.checks, *checks))


def _edits(job: _Job, translations: dict[str, Translated], text: str) -> Iterator[Edit]:
    """An edit a sentence; a gloss says in the text itself what it is."""
    source, _, target = job.route.rule.removeprefix("gloss:").partition(">")
    is_gloss = job.route.engine.name == "gloss"
    for unit in job.units:
        new = unit.dressed(translations[unit.text].text)
        if not new.strip():
            continue  # better the original than a hole
        if is_gloss:
            new = (f"[gloss {source}→{target}: " if unit.first else "") + new
            new += "]" if unit.last else ""
        if not unit.spaced:
            new += " "
        yield Edit(unit.start, text[unit.start : unit.end], new, job.route.rule)


def _checks(job: _Job, translations: dict[str, Translated], offsets: OffsetMap) -> Iterator[Check]:
    """What the first translation of a passage lacked and what became of it; what is added."""
    start, end = offsets.to_new(job.passage.start, job.passage.end)
    for unit in job.units:
        translated = translations[unit.text]
        for missing, outcome in translated.findings:
            kind = KINDS.get(missing.kind, missing.kind)
            yield Check(start, end, kind, missing.source, missing.wanted, outcome)
        for number in translated.added:
            yield Check(start, end, NUMBER, "", "", "added", number)


def _relabel(
    document: Document, work: _Work, edits: Sequence[Edit], options: TranslateOptions
) -> Document:
    """Passages over translated text are in the target language now, and say whence."""
    offsets = OffsetMap(edits)
    starts = [edit.start for edit in edits]
    engines = {
        offsets.to_new(j.passage.start, j.passage.end): (j.passage.lang, j.route.engine.name)
        for j in work.jobs
        if bisect_left(starts, j.passage.start) < bisect_left(starts, j.passage.end)
    }
    passages = []
    for passage in document.passages:
        text = document.text[passage.start : passage.end]
        origin, engine = engines.get((passage.start, passage.end), (None, None))
        passages.append(
            replace(
                passage, lang=options.to, script=next(iter(letters_by_script(text)), "Zyyy"),
                confidence=1.0, reason="translation", origin=origin, engine=engine,
                alternatives=(),
            ) if engine else passage
        )  # fmt: skip
    return replace(document, passages=tuple(passages), lang=_main(document.lang, passages, options))


def _main(lang: str | None, passages: list[Passage], options: TranslateOptions) -> str | None:
    """The main language: the target, where nothing is left of what was the main one."""
    left = {base(p.lang) for p in passages if p.kind != "inline"} - {"und", "zxx"}
    return options.to if left == {base(options.to)} else lang


make_callable(__name__)
