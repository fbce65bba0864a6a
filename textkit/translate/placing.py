"""Translations in their places: edits, passages that say where they came from, checks, glosses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from textkit.document import Check, Document, Passage, revise
from textkit.edits import Edit, OffsetMap
from textkit.text.languages import base
from textkit.text.scripts import letters_by_script
from textkit.translate.checks.expect import NUMBER
from textkit.translate.options import TranslateOptions
from textkit.translate.plan import Job, Work
from textkit.translate.quality import KEPT, KINDS, Translated
from textkit.translate.units import Unit

Translations = Mapping[str, Translated]  # by the sentence
MAX_REJECTED = 200  # characters of a rejected answer that the record keeps


def place(
    work: Work, done: Mapping[tuple[str, str], Translations], options: TranslateOptions
) -> Document:
    """Return the document with its translations in place, one revision per engine.

    `done` has the translations of each job's key. Glosses stand beside the words.
    """
    jobs = [job for job in work.jobs if not job.is_gloss]
    glosses = {
        (job.passage.start, job.passage.end): _gloss(job, done[job.key])
        for job in work.jobs
        if job.is_gloss
    }
    document = replace(
        work.document,
        passages=tuple(_split(work.document.passages, jobs, done, glosses, options)),
    )
    document, offsets = _revised(document, work.document.text, jobs, done)
    checks = [check for job in jobs for check in _checks(job, done[job.key], offsets)]
    kept = sum(check.outcome == KEPT for check in checks)
    if kept:
        work.warnings.append(_kept_warning(kept))
    return replace(
        document,
        passages=tuple(_with_scripts(document)),
        lang=_main(document, jobs, options),
        warnings=tuple(dict.fromkeys((*document.warnings, *work.warnings))),
        checks=(*document.checks, *checks),
    )


def _gloss(job: Job, translations: Translations) -> str:
    """A line for each sentence of a passage."""
    return "\n".join(" ".join(translations[unit.text].text.split()) for unit in job.units)


def _revised(
    document: Document,
    text: str,
    jobs: Sequence[Job],
    done: Mapping[tuple[str, str], Translations],
) -> tuple[Document, OffsetMap]:
    """The document with a revision per engine, and the way from the old text to the new one."""
    edits: list[Edit] = []
    for name in dict.fromkeys(job.route.engine.name for job in jobs):
        of_engine = [
            edit
            for job in jobs
            if job.route.engine.name == name
            for edit in _edits(job, done[job.key], text)
        ]
        shift = OffsetMap(edits)
        moved = [Edit(shift.new_start(e.start), e.old, e.new, e.rule) for e in of_engine]
        document = revise(document, "translate", moved, engine=name)
        edits = sorted(edits + of_engine, key=lambda e: e.start)
    return document, OffsetMap(edits)


def _edits(job: Job, translations: Translations, text: str) -> Iterator[Edit]:
    """One edit per sentence that was translated."""
    for unit in job.units:
        translated = translations[unit.text]
        if not translated.is_kept:
            new = unit.dressed(translated.text) + ("" if unit.spaced else " ")
            yield Edit(unit.start, text[unit.start : unit.end], new, job.route.rule)


def _split(
    passages: Sequence[Passage],
    jobs: Sequence[Job],
    done: Mapping[tuple[str, str], Translations],
    glosses: Mapping[tuple[int, int], str],
    options: TranslateOptions,
) -> Iterator[Passage]:
    """The passages before the edits: what will be translated says so, what is kept does not."""
    by_place = {(job.passage.start, job.passage.end): job for job in jobs}
    for passage in passages:
        span = passage.start, passage.end
        if span in glosses:
            yield replace(passage, gloss=glosses[span])
        elif job := by_place.get(span):
            yield from _parts(job, done[job.key], options)
        else:
            yield passage


def _parts(job: Job, translations: Translations, options: TranslateOptions) -> Iterator[Passage]:
    """A passage, cut where a sentence that was translated meets one that was not."""
    kept = [translations[unit.text].is_kept for unit in job.units]
    cuts = [i for i in range(1, len(kept)) if kept[i] != kept[i - 1]]
    starts = [job.passage.start, *(job.units[i].start for i in cuts)]
    ends = [*starts[1:], job.passage.end]
    for i, start, end in zip([0, *cuts], starts, ends, strict=True):
        part = replace(job.passage, start=start, end=end, gloss=None)
        yield (
            part
            if kept[i]
            else replace(
                part,
                lang=options.to,
                confidence=1.0,
                reason="translation",
                origin=job.passage.lang,
                engine=job.route.engine.name,
                alternatives=(),
            )
        )


def _with_scripts(document: Document) -> Iterator[Passage]:
    """Passages with the script of the text that now stands there."""
    for passage in document.passages:
        if passage.reason != "translation":
            yield passage
            continue
        letters = letters_by_script(document.text[passage.start : passage.end])
        yield replace(passage, script=next(iter(letters), "Zyyy"))


def _checks(job: Job, translations: Translations, offsets: OffsetMap) -> Iterator[Check]:
    """What a translation lacked and what became of it, what it added, what was kept."""
    start, end = offsets.to_new(job.passage.start, job.passage.end)
    for unit in job.units:
        translated = translations[unit.text]
        if translated.is_kept:
            yield _kept_check(unit, translated, offsets)
        for missing, outcome in translated.findings:
            kind = KINDS.get(missing.kind, missing.kind)
            yield Check(start, end, kind, missing.source, missing.wanted, outcome)
        for number in translated.added:
            yield Check(start, end, NUMBER, "", "", "added", number)


def _kept_check(unit: Unit, translated: Translated, offsets: OffsetMap) -> Check:
    start, end = offsets.to_new(unit.start, unit.end)
    return Check(
        start, end, "sentence", unit.text, "", KEPT, (translated.rejected or "")[:MAX_REJECTED]
    )


def _kept_warning(count: int) -> str:
    sentences = "1 sentence" if count == 1 else f"{count} sentences"
    return f"{sentences} kept as written: the engine's answer was no translation"


def _main(document: Document, jobs: Sequence[Job], options: TranslateOptions) -> str | None:
    """The main language: the target, where nothing is left of what was the main one."""
    if not jobs:
        return document.lang
    left = {base(p.lang) for p in document.passages if p.kind != "inline"} - {"und", "zxx"}
    return options.to if left == {base(options.to)} else document.lang
