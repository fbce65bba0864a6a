"""`textkit summarize`: extractive summaries, a document or a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.complete import languages
from textkit.cli.options import filter_options
from textkit.cli.session import Session
from textkit.pieces import Output
from textkit.summarize.options import METHODS, ORDERS

if TYPE_CHECKING:
    from textkit.cli.writers import View
    from textkit.document import Document
    from textkit.summarize import SummarizeOptions


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


_METHOD_HELP = (
    f"Ranking: {', '.join(METHODS)}; auto is coverage under --words, --ratio and --since and for"
    " briefs, else centroid."
)


@click.command("summarize")
@filter_options("text", "md", "jsonl")
@click.option("--corpus", is_flag=True, help="One summary of all documents.")
@click.option("--sentences", type=click.IntRange(1), metavar="N",
              help="At most N sentences.  [default: 3; 8 for a corpus]")  # fmt: skip
@click.option("--words", type=click.IntRange(1), metavar="N",
              help="At most N words (characters of Chinese and Japanese).")  # fmt: skip
@click.option("--ratio", type=_Ratio(), metavar="R",
              help="At most this share of the words: 0.2 or 20%.")  # fmt: skip
@click.option("--method", type=click.Choice(METHODS), metavar="METHOD", default="auto",
              show_default=True, help=_METHOD_HELP)  # fmt: skip
@click.option("--query", metavar="TEXT", help="Prefer what is about TEXT.")
@click.option("--keywords", type=click.IntRange(1), metavar="N", help="Add N keywords.")
@click.option("--order", type=click.Choice(ORDERS),
              help="Order of the sentences.  [default: text; date for a corpus]")  # fmt: skip
@click.option("--lang", metavar="CODE", shell_complete=languages,
              help="Language of texts that name none.")  # fmt: skip
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="With --corpus: what is new in documents of DATE and later.")  # fmt: skip
@click.option("--timeline", is_flag=True, help="With --corpus: one sentence per day.")
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
    since, timeline = options.pop("since"), options.pop("timeline")
    if (since or timeline) and not corpus:
        raise click.UsageError("--since and --timeline go with --corpus")
    if since and timeline:
        raise click.UsageError("give one of --since and --timeline")
    settings = {name: options.pop(name) for name in ("method", "query", "order", "lang")}
    session = Session(**options)
    if explain and session.format not in ("auto", "text"):
        raise click.UsageError(f"--explain writes text, not {session.format}")
    wanted = SummarizeOptions(
        sentences=sentences,
        words=words,
        ratio=ratio,
        keywords=keywords or 0,
        since=since and since.date(),
        timeline=timeline,
        **settings,
    )
    if explain:
        _explain(session, wanted, corpus)
    elif corpus:
        _corpus(session, wanted)
    else:
        session.filter(partial(_each, session, wanted), _view(session, wanted))


def _each(
    session: Session, wanted: SummarizeOptions, documents: Iterable[Document]
) -> Iterator[Document]:
    for document in session.each(partial(_summarized, wanted), documents, lambda d: d):
        _say_if_empty(session, document)
        yield document


def _summarized(wanted: SummarizeOptions, document: Document) -> Document:
    from textkit.summarize import summarize_document

    return summarize_document(document, wanted)


def _corpus(session: Session, wanted: SummarizeOptions) -> None:
    from textkit.guards import all_together
    from textkit.summarize import summarize_corpus

    record, _ = all_together(
        "summarize",
        lambda documents: summarize_corpus(documents, wanted),
        partial(_summarized, wanted),
        list(session.documents(session.plan())),
        session.reject,
    )
    if not session.ok:
        session.finish()
    _say_if_empty(session, record)
    session.write([record], _view(session, wanted), session.format_for(None), several=False)
    session.finish()


def _view(session: Session, wanted: SummarizeOptions) -> View:
    """A summary as text or Markdown, as a record, or as a row of a table."""
    from textkit.cli.writers import View
    from textkit.summarize.render import as_markdown, as_text

    render = as_markdown if session.format == "md" else as_text

    def text(document: Document) -> Output:
        return [(render(document, wanted.keywords > 0), "")]

    fields = ("id", "source", "title", "author", "date", "lang", "summary")
    return View(text, fields=fields)


def _explain(session: Session, wanted: SummarizeOptions, corpus: bool) -> None:
    from textkit.summarize.explain import as_line, explain

    documents = session.documents(session.plan())
    groups = [documents] if corpus else ([document] for document in documents)
    with session.writer() as write:
        for group in groups:
            for fate in explain(group, wanted, corpus):
                write([(as_line(fate), "")])
    session.finish()


def _say_if_empty(session: Session, document: Document) -> None:
    if not document.summary:
        session.say(f"{document.id}: {document.warnings[-1]}")
