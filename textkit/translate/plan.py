"""What is to be translated in a document, by which engine, and what can't be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from textkit.document import Document, Passage
from textkit.text.languages import base
from textkit.text.scripts import letters_by_script
from textkit.translate.options import TranslateOptions
from textkit.translate.routes import Route, Routes
from textkit.translate.units import Unit, units


@dataclass(frozen=True)
class Job:
    """A passage that an engine translates, in sentences."""

    passage: Passage
    route: Route
    units: tuple[Unit, ...]

    @property
    def key(self) -> tuple[str, str]:
        """The rule of the engine and pair, and the source language: what goes into one batch."""
        return self.route.rule, self.passage.lang

    @property
    def is_gloss(self) -> bool:
        """Whether the words are only glossed, so that the text stays as it is."""
        return self.route.engine.name == "gloss"


@dataclass
class Work:
    """A document, its jobs, and the warnings that go with it."""

    document: Document
    jobs: list[Job] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def plan(document: Document, routes: Routes) -> Work:
    """Return the passages of a document that are to be translated, each with its engine."""
    document = _detected(document)
    work = Work(_with_passages(document, routes.options))
    for passage in _foreign(work.document, routes.options):
        route = routes.find(passage.lang)
        work.warnings += routes.warnings
        if route is None:
            work.warnings.append(_no_engine(passage.lang, routes.options))
            continue
        sentences = tuple(units(document.text, passage.start, passage.end, passage.lang))
        if sentences:
            work.jobs.append(Job(passage, route, sentences))
        if route.engine.name == "gloss":
            work.warnings.append(_glossed(passage.lang, routes.options))
    return work


def _detected(document: Document) -> Document:
    if document.lang is not None:
        return document
    from textkit.detect import DetectOptions, detect_document

    return detect_document(document, DetectOptions())


def _with_passages(document: Document, options: TranslateOptions) -> Document:
    """Make one passage of a document in one foreign language that has none."""
    lang = document.lang or "und"
    text = document.text
    if document.passages or not text.strip() or not _is_foreign(lang, options):
        return document
    start = len(text) - len(text.lstrip())
    script = next(iter(letters_by_script(text)), "Zyyy")
    whole = Passage(start, len(text.rstrip()), lang, script, 1.0, "user", "paragraph")
    return replace(document, passages=(whole,))


def _foreign(document: Document, options: TranslateOptions) -> Iterator[Passage]:
    """Yield the passages that are in a language other than the target."""
    for passage in document.passages:
        if _is_foreign(passage.lang, options) and (passage.kind != "inline" or options.inline):
            yield passage


def _is_foreign(lang: str, options: TranslateOptions) -> bool:
    return base(lang) not in ("und", "zxx", "mul", base(options.to))


def _no_engine(lang: str, options: TranslateOptions) -> str:
    return (
        f"{lang}: left as it is, no engine for {lang} to {options.to} is installed"
        f" ({_install(lang, options)})"
    )


def _glossed(lang: str, options: TranslateOptions) -> str:
    return f"{lang}: glossed word by word, not translated ({_install(lang, options)})"


def _install(lang: str, options: TranslateOptions) -> str:
    """The command that installs a model; packages spell zh-Hant as `zt`."""
    from textkit.detect.languages import argos_code

    source, target = (argos_code(code) or base(code) for code in (lang, options.to))
    return f"textkit models install {source} {target}"
