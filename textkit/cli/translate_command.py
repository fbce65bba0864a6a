"""`textkit translate`: foreign passages into the target language."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import Session, session
from textkit.translate.options import ENGINES

if TYPE_CHECKING:
    from textkit.document import Document
    from textkit.translate import TranslateOptions


@click.command("translate")
@filter_options("text", "jsonl")
@click.option("--to", default="en", show_default=True, metavar="LANG", help="The target language.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="auto", show_default=True,
    help="auto takes for each pair what is installed: firefox, argos, else the gloss.",
)  # fmt: skip
@click.option(
    "--models-dir", type=click.Path(), metavar="DIR",
    help="Folder of models.  [default: $TEXTKIT_MODELS, else the user's]",
)  # fmt: skip
def command(to: str, engine: str, models_dir: str | None, **options: Any) -> None:
    """Replace passages in other languages by their translation; `textkit undo` brings them back.

    Without a model, Chinese is glossed word by word, and marked as such.
    """
    here = session(**options)
    settings = translate_options(to=to, engine=engine, models_dir=models_dir)
    here.filter(lambda documents: _stage(here, documents, settings), lambda d: d.text)


def translate_options(
    to: str = "en", engine: str = "auto", models_dir: str | None = None, **others: Any
) -> TranslateOptions:
    """Return the stage's options, with the folders that the environment names."""
    from textkit.cli.folders import cache_folder, model_folders
    from textkit.translate import TranslateOptions

    return TranslateOptions(
        to=to, engine=engine, models_dir=model_folders(models_dir), cache_dir=cache_folder(),
        **others,
    )  # fmt: skip


def _stage(
    here: Session, documents: Iterable[Document], options: TranslateOptions
) -> Iterator[Document]:
    """Translate; at the end say once what was new among the warnings."""
    from textkit.translate import translate

    earlier: deque[frozenset[str]] = deque()
    said: Counter[str] = Counter()

    def noted() -> Iterator[Document]:
        for document in documents:
            earlier.append(frozenset(document.warnings))
            yield document

    for document in translate(noted(), options):
        before = earlier.popleft()
        said.update(w for w in document.warnings if w not in before)
        yield document
    for warning, count in said.items():
        here.say(warning if count == 1 else f"{count} documents: {warning}")
