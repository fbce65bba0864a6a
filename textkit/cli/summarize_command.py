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
        text = str(value).strip()
        try:
            number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            self.fail(f"{text!r} is neither like 0.2 nor like 20%", param, ctx)
        if not 0 < number <= 1:
            self.fail(f"{text} is not above 0 and at most 1 (100%)", param, ctx)
        return number


_METHOD_HELP = "Ranking; auto is centroid, and coverage for a text under --words or --ratio."


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
              help=_METHOD_HELP)  # fmt: skip
@click.option("--query", metavar="TEXT", help="Prefer what is about TEXT.")
@click.option("--keywords", type=click.IntRange(1), metavar="N", help="Add N keywords.")
@click.option("--order", type=click.Choice(ORDERS),
              help="Order of the sentences.  [default: text; date for a corpus]")  # fmt: skip
@click.option("--lang", metavar="CODE", help="Language of texts that name none.")
@click.option("--allow-gloss", is_flag=True, help="Let word-by-word glosses be chosen.")
@click.option("--explain", is_flag=True,
              help="Write every sentence and why it was taken or not, and no summary.")  # fmt: skip
def command(corpus: bool, sentences: int | None, words: int | None, ratio: float | None,
            keywords: int | None, explain: bool, **options: Any) -> None:  # fmt: skip
    """Choose the sentences that say most, and say where each comes from.

    One text gives its summary as text, a sentence a line; records give records with `summary`.
    With --corpus all documents share one summary, every sentence with the id of its document.
    """
    from textkit.summarize import SummarizeOptions

    if sum(given is not None for given in (sentences, words, ratio)) > 1:
        raise click.UsageError("give one of --sentences, --words and --ratio")
    own = {name: options.pop(name) for name in ("method", "query", "order", "lang", "allow_gloss")}
    here = session(**options)
    if explain and here.format not in ("auto", "text"):
        raise click.UsageError(f"--explain writes text, not {here.format}")
    wanted = SummarizeOptions(
        sentences=sentences, words=words, ratio=ratio, keywords=keywords or 0, **own
    )
    if explain:
        _explain(here, wanted, corpus)
    elif corpus:
        _corpus(here, wanted)
    else:
        _each(here, wanted)


def _each(here: Session, wanted: Any) -> None:
    from textkit.summarize import summarize_document

    def stage(documents: Any) -> Any:
        for document in here.each(lambda d: summarize_document(d, wanted), documents):
            _say_if_empty(here, document)
            yield document

    here.filter(stage, _renderer(here, wanted))


def _corpus(here: Session, wanted: Any) -> None:
    from textkit.document import encode
    from textkit.summarize import summarize_corpus

    record = summarize_corpus(here.documents(here.plan()), wanted)
    if not here.ok:
        here.finish()
    _say_if_empty(here, record)
    with here.writer() as write:
        if here.format in ("text", "md"):
            write(_renderer(here, wanted)(record).encode("utf-8", "replace"))
        else:
            write(encode(record))
    here.finish()


def _renderer(here: Session, wanted: Any) -> Any:
    from textkit.summarize.render import as_markdown, as_text

    render = as_markdown if here.format == "md" else as_text
    return lambda document: render(document, wanted.keywords > 0)


def _explain(here: Session, wanted: Any, corpus: bool) -> None:
    from textkit.summarize.explain import as_line, explain

    documents = here.documents(here.plan())
    groups = [documents] if corpus else ([document] for document in documents)
    with here.writer() as write:
        for group in groups:
            for fate in explain(group, wanted, corpus):
                write(as_line(fate).encode("utf-8", "replace"))
    here.finish()


def _say_if_empty(here: Session, document: Any) -> None:
    if not document.summary:
        here.say(f"{document.id}: {document.warnings[-1]}")
