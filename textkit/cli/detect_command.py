"""`textkit detect`: which passage is in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.complete import languages as complete_languages
from textkit.cli.options import comma_list, filter_options
from textkit.cli.session import Session
from textkit.cli.terminal import shortened
from textkit.pieces import Piece

if TYPE_CHECKING:
    from textkit.cli.writers import Row, View
    from textkit.detect import DetectOptions
    from textkit.detect.passages import Finding
    from textkit.document import Document, Passage

Detected = tuple["Document", "list[Finding]"]  # a document, and the passages that are wanted
COLORS = ("green", "yellow", "magenta", "cyan", "blue", "red")
_TAGS = "LANG[,LANG]..."
NO_LANGUAGE = ("und", "zxx")


@click.command("detect")
@filter_options("text", "jsonl")
@click.option(
    "--only",
    metavar=_TAGS,
    shell_complete=complete_languages,
    help="Give passages of these languages; zh covers both.",
)
@click.option(
    "--not",
    "without",
    metavar=_TAGS,
    shell_complete=complete_languages,
    help="Leave out passages of these languages.",
)
@click.option(
    "--languages",
    metavar=_TAGS,
    shell_complete=complete_languages,
    help="Consider these languages and no others.",
)
@click.option(
    "--min-letters",
    type=click.IntRange(0),
    default=4,
    show_default=True,
    help="Shorter passages in a script of several languages are und.",
)
@click.option(
    "--level",
    type=click.Choice(("paragraph", "sentence", "inline")),
    default="inline",
    show_default=True,
    help="The smallest passage.",
)
@click.option("--tag", is_flag=True, help="Write the text, passages wrapped: [[zh-Hans: ...]].")
@click.option("--explain", is_flag=True, help="Say why: the best three languages of each passage.")
@click.option("--summary", is_flag=True, help="Write one line a document: its languages' shares.")
def command(
    only: str | None,
    without: str | None,
    languages: str | None,
    min_letters: int,
    level: str,
    tag: bool,
    explain: bool,
    summary: bool,
    **options: Any,
) -> None:
    """Find the passages of each document and the language of each.

    Text gives one line a passage: start-end, line:column, language, confidence and the text.
    Languages are BCP 47 tags; und is a language not determined, zxx no language at all
    (addresses, numbers, code).
    """
    from textkit.detect import DetectOptions

    session = Session(**options)
    keep = _keeper(comma_list(only), comma_list(without))
    settings = DetectOptions(
        languages=_known(comma_list(languages)), min_letters=min_letters, level=level
    )
    plan = session.plan()

    def stage(documents: Iterable[Document]) -> Iterator[Detected]:
        for document, findings in session.each(
            partial(_findings, settings), documents, lambda document: (document, [])
        ):
            yield document, [f for f in findings if keep(f.passage.lang)]

    session.filter(stage, _view(tag, explain, summary), plan)


def _findings(settings: DetectOptions, document: Document) -> Detected:
    from textkit.detect import detect_findings

    detected, findings = detect_findings(document, settings)
    return detected, list(findings)


def _view(tag: bool, explain: bool, summary: bool) -> View:
    """How passages are shown: a line or a row each, the text with tags, or a line of shares."""
    from textkit.cli.writers import View

    if summary:
        columns = ("id", "main", "mixed", "languages")
        return View(_summary_line, _summary_rows, columns, _summary_record, _document, False)
    render = _tagged if tag else _explained if explain else _lines
    fields = ("id", "start", "end", "line", "column", "lang", "confidence", "kind", "text")
    return View(render, _rows, fields, _record, _document)


def _document(item: Detected) -> Document:
    return item[0]


def _record(item: Detected) -> bytes:
    from msgspec.structs import replace

    from textkit.document import encode

    document, findings = item
    return encode(replace(document, passages=tuple(f.passage for f in findings)))


def _rows(item: Detected) -> Iterator[Row]:
    """Yield a row per passage."""
    import msgspec

    from textkit.text.lines import LineIndex

    document, findings = item
    index = LineIndex(document.text)
    for passage in (finding.passage for finding in findings):
        line, column = index.position(passage.start)
        yield {
            **msgspec.to_builtins(passage), "id": document.id, "source": document.source,
            "line": line, "column": column, "text": document.text[passage.start : passage.end],
        }  # fmt: skip


def _keeper(only: Sequence[str], exclude: Sequence[str]) -> Callable[[str], bool]:
    """Which passages are wanted. Raises UsageError for a language that is not known."""
    chosen, others = _known(only, NO_LANGUAGE), _known(exclude, NO_LANGUAGE)
    return lambda tag: tag not in others and (not chosen or tag in chosen)


def _known(tags: Sequence[str], more: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The table's tags for those asked for; `zh` stands for both ways of writing Chinese."""
    from textkit.detect.languages import by_tag, canonical, matches

    names = (*by_tag(), *more)
    found: list[str] = []
    for tag in tags:
        known = [name for name in names if matches(name, tag)]
        known = known or [name for name in [canonical(tag)] if name]
        if not known:
            raise click.UsageError(f"no such language: {tag}; it knows {', '.join(names)}")
        found += known
    return tuple(dict.fromkeys(found))


def _explained(item: Detected) -> Iterator[Piece]:
    return _lines(item, explain=True)


def _lines(item: Detected, explain: bool = False) -> Iterator[Piece]:
    """Yield a line per passage, its language in a colour."""
    from textkit.text.lines import LineIndex

    document, findings = item
    index = LineIndex(document.text)
    style_of = _palette(document)
    for finding in findings:
        passage = finding.passage
        line, column = index.position(passage.start)
        span, place = f"{passage.start}-{passage.end}", f"{line}:{column}"
        text = shortened(document.text[passage.start : min(passage.end, passage.start + 400)])
        yield f"{span:<13} {place:<8} ", ""
        yield f"{passage.lang:<7}", style_of(passage)
        yield f" {passage.confidence:.2f}  {text}\n", ""
        if explain:
            best = ", ".join(f"{tag} {chance:.3f}" for tag, chance in finding.scores[:3])
            yield f"{'':<22} {passage.reason}, {passage.kind}: {best}\n", ""


def _palette(document: Document) -> Callable[[Passage], str]:
    """Return the style of a passage: a colour per language; the main one keeps the terminal's."""
    others = [p.lang for p in document.passages if p.lang not in (document.lang, *NO_LANGUAGE)]
    names = {tag: COLORS[at % len(COLORS)] for at, tag in enumerate(dict.fromkeys(others))}
    return lambda passage: names.get(passage.lang, "dim" if passage.lang in NO_LANGUAGE else "")


def _tagged(item: Detected) -> Iterator[Piece]:
    """Yield the text with each passage wrapped in its language."""
    document, findings = item
    style_of = _palette(document)
    done = 0
    for passage in (finding.passage for finding in findings):
        yield document.text[done : passage.start], ""
        inside = document.text[passage.start : passage.end]
        yield f"[[{passage.lang}: {inside}]]", style_of(passage)
        done = passage.end
    yield document.text[done:], ""


def _summary_line(item: Detected) -> Iterator[Piece]:
    from textkit.detect import summary

    document = item[0]
    facts = summary(document)
    shares = ", ".join(f"{x['lang']} {100 * x['share']:.1f} %" for x in facts["languages"])
    mixed = "mixed" if facts["mixed"] else "one language" if shares else "no language"
    end = f"{': ' + shares if shares else ''}\n"
    yield f"{shortened(document.id)}: {facts['main']}; {mixed}{end}", ""


def _summary_rows(item: Detected) -> Iterator[Row]:
    from textkit.detect import summary

    yield summary(item[0])


def _summary_record(item: Detected) -> bytes:
    import msgspec

    from textkit.detect import summary

    return msgspec.json.encode(summary(item[0])) + b"\n"
