"""`textkit translate`: foreign passages into the target language."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.complete import languages
from textkit.cli.options import filter_options, models_dir_option
from textkit.cli.session import Session
from textkit.translate.options import COMPUTE_TYPES, ENGINES, GLOSSES, REPAIRS

if TYPE_CHECKING:
    from textkit.document import Document
    from textkit.translate import TranslateOptions
    from textkit.translate.routes import Routes


_COMPUTE_HELP = (
    f"How Argos models calculate: {', '.join(COMPUTE_TYPES)}; default is as the model is stored."
)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@click.command("translate")
@filter_options("text", "jsonl")
@click.option(
    "--to", default="en", show_default=True, metavar="LANG", shell_complete=languages,
    help="The target language.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(ENGINES), default="auto", show_default=True,
    help="auto takes for each pair what is installed: firefox, argos, else the gloss.",
)  # fmt: skip
@models_dir_option
@click.option(
    "--glossary", type=click.Path(), metavar="FILE",
    help="Terms that must come out as given: a line each, source, tab, target.",
)  # fmt: skip
@click.option(
    "--repair", type=click.Choice(REPAIRS), default="names", show_default=True,
    help="Mend what a translation lost: nothing, names and terms, or numbers too.",
)  # fmt: skip
@click.option(
    "--gloss", type=click.Choice(GLOSSES),
    help="Where text shows a gloss.  [default: in the passage's place; beside it, where a text is"
    " mainly in that language]",
)  # fmt: skip
@click.option("--inline", is_flag=True, help="Translate foreign words inside sentences too.")
@click.option(
    "--memory", type=click.Path(), metavar="FILE",
    help="The translation memory.  [default: in the user's cache]",
)  # fmt: skip
@click.option("--no-memory", is_flag=True, help="Remember no translations, and use none.")
@click.option("--threads", type=click.IntRange(0), default=0, help="0 lets the engine choose.")
@click.option(
    "--compute-type", type=click.Choice(COMPUTE_TYPES), metavar="TYPE", default="default",
    show_default=True, help=_COMPUTE_HELP,
)  # fmt: skip
@click.option(
    "--device", type=click.Choice(("cpu", "cuda", "auto")), default="cpu", show_default=True,
    help="Where Argos models run.",
)  # fmt: skip
@click.option("--url", metavar="URL", help="The LibreTranslate server to use.")
@click.option("--api-key-file", type=click.Path(), metavar="FILE", help="Its key.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, metavar="SECONDS",
    help="How long the server may take.",
)  # fmt: skip
def command(paths: tuple[str, ...], **options: Any) -> None:
    """Replace passages in other languages by their translation; `textkit undo` brings them back.

    Without a model, Chinese is glossed word by word: records keep the words and have the gloss
    beside them, text shows it, marked as such. Names and numbers of the original that a
    translation lacks, numbers that it adds, and sentences that the engine could not translate and
    that therefore stay are listed in the record.
    """
    from textkit.cli.writers import View

    stage, shared = _split(options)
    session = Session(paths=paths, **shared)
    settings = translate_options(**stage)
    session.filter(
        lambda documents: translated(session, documents, settings),
        View(lambda document: [(_shown(document, settings.gloss), "")]),
    )


def _shown(document: Document, gloss: str | None) -> str:
    """The text with its glosses where the option wants them."""
    from textkit.translate.gloss.beside import reader_text

    return reader_text(document, gloss, gloss) if gloss else reader_text(document)


def _split(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part the stage's options from those that all filters have."""
    from inspect import signature

    known = signature(Session).parameters
    stage = {name: value for name, value in options.items() if name not in known}
    return stage, {name: value for name, value in options.items() if name in known}


def translate_options(
    models_dir: str | None = None,
    glossary: str | None = None,
    memory: str | None = None,
    to: str = "en",
    no_memory: bool = False,
    api_key_file: str | None = None,
    **others: Any,
) -> TranslateOptions:
    """Return the stage's options from the command's: files read, folders of the environment."""
    import os

    from textkit.cli.folders import cache_folder, model_folders
    from textkit.translate import TranslateOptions
    from textkit.translate.glossary import read_glossary

    folders = model_folders(models_dir)
    return TranslateOptions(
        to=_language(to, folders),
        models_dir=folders,
        glossary=read_glossary(glossary) if glossary else (),
        cache_dir=cache_folder(),
        memory=None if no_memory else memory or os.path.join(cache_folder(), "memory.sqlite"),
        api_key=_key(api_key_file) if api_key_file else None,
        **others,
    )


def _language(tag: str, folders: tuple[str, ...]) -> str:
    """The tag of a target, if it is one: of the table, or of an installed package."""
    from textkit.detect.languages import canonical
    from textkit.errors import ConfigError
    from textkit.translate.models.packages import installed

    known = canonical(tag) if _TAG.fullmatch(tag) else None
    if known and known.lower() == tag.lower():
        return known
    if known or any(tag.lower() == p.target.lower() for p in installed(folders)[0]):
        return tag
    raise ConfigError(
        f"--to {tag or repr(tag)}: no language that is known", "say a code: en, pt, zh-Hant"
    )


def _key(path: str) -> str:
    from textkit.errors import ConfigError

    try:
        with open(path, encoding="utf-8") as stream:
            key = stream.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: the key can't be read: {error}") from None
    if not key or not key.isprintable():
        raise ConfigError(f"{path}: holds no key")
    return key


def _spread(
    session: Session, documents: Iterable[Document], options: TranslateOptions
) -> Iterator[Document]:
    """Translate in this process, sentences of several documents together, or over workers."""
    from textkit.translate import translate

    if session.jobs == 1:
        yield from translate(documents, options, on_failure=session.reject)
        return
    one_thread = replace(options, threads=options.threads or 1)  # the workers share the cores
    yield from session.each(
        partial(_translate_one, one_thread), documents, lambda document: document
    )


def _translate_one(options: TranslateOptions, document: Document) -> Document:
    from textkit.translate import translate

    return next(translate([document], options, _routes(options)))


@cache
def _routes(options: TranslateOptions) -> Routes:
    """The engines of a worker: they are loaded once."""
    from textkit.translate.routes import Routes

    return Routes(options)


def translated(
    session: Session, documents: Iterable[Document], options: TranslateOptions
) -> Iterator[Document]:
    """Translate; at the end say once what was new among warnings, and what was lost and mended."""
    earlier: deque[tuple[frozenset[str], int]] = deque()
    said: Counter[str] = Counter()
    lost: Counter[str] = Counter()

    def noted() -> Iterator[Document]:
        for document in documents:
            earlier.append((frozenset(document.warnings), len(document.checks)))
            yield document

    for document in _spread(session, noted(), options):
        warnings, checks = earlier.popleft()
        said.update(w for w in document.warnings if w not in warnings)
        lost.update(check.outcome for check in document.checks[checks:])
        yield document
    for warning, count in said.items():
        session.say(warning if count == 1 else f"{count} documents: {warning}")
    if lost:
        parts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(lost.items()))
        session.say(
            f"what translations lost or added, and what was kept: {parts}",
            "see `checks` in records",
        )
