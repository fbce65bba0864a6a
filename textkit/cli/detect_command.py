"""`textkit detect`: which passage is in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import Session, session
from textkit.cli.terminal import shortened, visible

if TYPE_CHECKING:
    from textkit.detect import DetectOptions
    from textkit.detect.passages import Finding
    from textkit.document import Document, Passage

COLORS = ("green", "yellow", "magenta", "cyan", "blue", "red")
_TAGS = "LANG[,LANG]..."
NO_LANGUAGE = ("und", "zxx")


@click.command("detect")
@filter_options("text", "jsonl")
@click.option("--only", metavar=_TAGS, help="Give passages of these languages; zh covers both.")
@click.option("--not", "exclude", metavar=_TAGS, help="Leave out passages of these languages.")
@click.option("--languages", metavar=_TAGS, help="Consider these languages and no others.")
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
    exclude: str | None,
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

    here = session(**options)
    wanted = _keeper(_split(only), _split(exclude))
    settings = DetectOptions(
        languages=_known(_split(languages)), min_letters=min_letters, level=level
    )
    if summary:
        _run(here, settings, wanted, _summary_line, _summary_record)
    elif tag:
        _run(here, settings, wanted, _tagged, None)
    else:
        _run(here, settings, wanted, _explained if explain else _lines, None)


Render = Callable[["Document", "list[Finding]", bool], str]


def _run(
    here: Session,
    settings: DetectOptions,
    wanted: Callable[[str], bool],
    render: Render,
    record: Callable[[Document], bytes] | None,
) -> None:
    from msgspec.structs import replace

    from textkit.detect import detect_findings
    from textkit.document import encode

    found = here.plan()
    as_text = here.text_wanted(found)
    several = not found.one_text
    colored = here.colored()
    with here.writer(safe=as_text) as write:
        for document in here.documents(found):
            detected, passages = detect_findings(document, settings)
            if record and not as_text:
                write(record(detected))
                continue
            kept = [finding for finding in passages if wanted(finding.passage.lang)]
            if as_text:
                header = f"==> {shortened(document.id)} <==\n" if several else ""
                write((header + render(detected, kept, colored)).encode("utf-8", "replace"))
            else:
                write(encode(replace(detected, passages=tuple(f.passage for f in kept))))
    here.finish()


def _split(tags: str | None) -> list[str]:
    return [tag for tag in (tags or "").replace(" ", ",").split(",") if tag]


def _keeper(only: list[str], exclude: list[str]) -> Callable[[str], bool]:
    """Which passages are wanted. Raises UsageError for a language that is not known."""
    chosen, others = _known(only, NO_LANGUAGE), _known(exclude, NO_LANGUAGE)
    return lambda tag: tag not in others and (not chosen or tag in chosen)


def _known(tags: list[str], more: tuple[str, ...] = ()) -> tuple[str, ...]:
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


def _explained(document: Document, found: Iterable[Finding], colored: bool) -> str:
    return _lines(document, found, colored, explain=True)


def _lines(
    document: Document, found: Iterable[Finding], colored: bool, explain: bool = False
) -> str:
    """One line a passage."""
    from textkit.text.lines import LineIndex

    index = LineIndex(document.text)
    palette = _palette(document)
    lines = []
    for finding in found:
        passage = finding.passage
        line, column = index.position(passage.start)
        tag = f"{passage.lang:<7}"
        if colored:
            tag = click.style(tag, **palette(passage))
        span, place = f"{passage.start}-{passage.end}", f"{line}:{column}"
        text = shortened(document.text[passage.start : min(passage.end, passage.start + 400)])
        lines.append(f"{span:<13} {place:<8} {tag} {passage.confidence:.2f}  {text}\n")
        if explain:
            best = ", ".join(f"{tag} {chance:.3f}" for tag, chance in finding.scores[:3])
            lines.append(f"{'':<22} {passage.reason}, {passage.kind}: {best}\n")
    return "".join(lines)


def _palette(document: Document) -> Callable[[Passage], dict[str, Any]]:
    """A colour a language in order of appearance; the main one keeps the terminal's own."""
    others = [p.lang for p in document.passages if p.lang not in (document.lang, *NO_LANGUAGE)]
    names = {tag: COLORS[at % len(COLORS)] for at, tag in enumerate(dict.fromkeys(others))}

    def style(passage: Passage) -> dict[str, Any]:
        if passage.lang in names:
            return {"fg": names[passage.lang]}
        return {"dim": True} if passage.lang in NO_LANGUAGE else {}

    return style


def _tagged(document: Document, found: Iterable[Finding], colored: bool) -> str:
    """The text with each passage wrapped in its language."""
    palette = _palette(document)

    def pieces() -> Iterator[str]:
        at = 0
        for passage in (finding.passage for finding in found):
            yield visible(document.text[at : passage.start])
            inside = visible(document.text[passage.start : passage.end])
            wrapped = f"[[{passage.lang}: {inside}]]"
            yield click.style(wrapped, **palette(passage)) if colored else wrapped
            at = passage.end
        yield visible(document.text[at:])

    return "".join(pieces())


def _summary_line(document: Document, *_: object) -> str:
    from textkit.detect import summary

    facts = summary(document)
    shares = ", ".join(f"{x['lang']} {100 * x['share']:.1f} %" for x in facts["languages"])
    mixed = "mixed" if facts["mixed"] else "one language" if shares else "no language"
    return f"{shortened(document.id)}: {facts['main']}; {mixed}{': ' + shares if shares else ''}\n"


def _summary_record(document: Document) -> bytes:
    import msgspec

    from textkit.detect import summary

    return msgspec.json.encode(summary(document)) + b"\n"
