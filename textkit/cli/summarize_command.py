"""`textkit summarize`: extractive summaries, a document or a corpus."""

from __future__ import annotations

from typing import Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import Session, session
from textkit.summarize.options import METHODS, ORDERS


class _Ratio(click.ParamType):  # type: ignore[type-arg]
    """`0.2` or `20%`."""

    name = "ratio"

    def convert(self, value: Any, param: Any, ctx: Any) -> float:
        if isinstance(value, float):
            return value
        text = str(value).strip()
        try:
            number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            self.fail(f"{text!r} is neither like 0.2 nor like 20%", param, ctx)
        if not 0 < number <= 1:
            self.fail(f"{text} is not above 0 and at most 1 (100%)", param, ctx)
        return number


@click.command("summarize")
@filter_options("text", "md", "jsonl")
@click.option("--corpus", is_flag=True, help="One summary of all documents.")
@click.option("--sentences", type=click.IntRange(1), metavar="N",
              help="At most N sentences.  [default: 3; 8 for a corpus]")  # fmt: skip
@click.option("--words", type=click.IntRange(1), metavar="N",
              help="At most N words (characters of Chinese and Japanese).")  # fmt: skip
@click.option("--ratio", type=_Ratio(), metavar="R",
              help="At most this share of the words: 0.2 or 20%.")  # fmt: skip
@click.option("--method", type=click.Choice(METHODS), default="auto", show_default=True,
              help="How sentences are ranked.  [default: coverage; corpus: centroid]")  # fmt: skip
@click.option("--order", type=click.Choice(ORDERS),
              help="Order of the sentences.  [default: text; date for a corpus]")  # fmt: skip
@click.option("--lang", metavar="CODE", help="Language of texts that name none.")
@click.option("--allow-gloss", is_flag=True, help="Let word-by-word glosses be chosen.")
def command(corpus: bool, sentences: int | None, words: int | None, ratio: float | None,
            method: str, order: str | None, lang: str | None, allow_gloss: bool,
            **options: Any) -> None:  # fmt: skip
    """Choose the sentences that say most, and say where each comes from.

    One text gives its summary as text, a sentence a line; records give records with `summary`.
    With --corpus all documents share one summary, every sentence with the id of its document.
    """
    from textkit.summarize import SummarizeOptions

    if sum(given is not None for given in (sentences, words, ratio)) > 1:
        raise click.UsageError("give one of --sentences, --words and --ratio")
    here = session(**options)
    wanted = SummarizeOptions(
        sentences=sentences, words=words, ratio=ratio, method=method, order=order, lang=lang,
        allow_gloss=allow_gloss,
    )  # fmt: skip
    if corpus:
        _corpus(here, wanted)
    else:
        _each(here, wanted)


def _each(here: Session, wanted: Any) -> None:
    from textkit.summarize import summarize_document
    from textkit.summarize.render import as_markdown, as_text

    def stage(documents: Any) -> Any:
        for document in here.each(lambda d: summarize_document(d, wanted), documents):
            _say_if_empty(here, document)
            yield document

    here.filter(stage, as_markdown if here.format == "md" else as_text)


def _corpus(here: Session, wanted: Any) -> None:
    from textkit.document import encode
    from textkit.summarize import summarize_corpus
    from textkit.summarize.render import as_markdown, as_text

    record = summarize_corpus(here.documents(here.plan()), wanted)
    _say_if_empty(here, record)
    with here.writer() as write:
        if here.format == "text":
            write(as_text(record).encode("utf-8", "replace"))
        elif here.format == "md":
            write(as_markdown(record).encode("utf-8", "replace"))
        else:
            write(encode(record))
    here.finish()


def _say_if_empty(here: Session, document: Any) -> None:
    if not document.summary:
        here.say(f"{document.id}: {document.warnings[-1]}")
