"""`textkit clean`: residue out of texts and records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.complete import codes, rule_names
from textkit.cli.options import comma_list, filter_options, print_rules
from textkit.cli.session import Session
from textkit.errors import Failure, OutputError
from textkit.pieces import Output

if TYPE_CHECKING:
    from textkit.clean import CleanOptions
    from textkit.cli.writers import Row, View
    from textkit.document import Document
    from textkit.read import Source

Pair = tuple["Document", "Document"]  # a record before and after cleaning


def _print_rules(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from textkit.clean.registry import registry

        print_rules(registry().values())
        ctx.exit()


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for value in values for name in comma_list(value))


@click.command("clean")
@filter_options("text", "jsonl")
@click.option("--select", multiple=True, metavar="CODE,...", shell_complete=codes,
              help="Apply only these rules: codes or their beginnings.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="CODE,...", shell_complete=codes,
              help="Do not apply these rules.")  # fmt: skip
@click.option("--keep", multiple=True, metavar="NAME,...", shell_complete=rule_names,
              help="Leave residue of these names, as byline,date.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Keep lines that the line model is less sure of.")
@click.option("--explain", is_flag=True, help="Print a line for each edit, not the text.")
@click.option("--diff", is_flag=True, help="Print a unified diff, not the text.")
@click.option("--rejects", type=click.Path(), metavar="FILE",
              help="Write what was taken out to FILE, as JSON Lines.")  # fmt: skip
@click.option("--in-place", is_flag=True, help="Rewrite the files that change, as UTF-8.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if anything changed.")
@click.option("--list-rules", is_flag=True, is_eager=True, expose_value=False,
              callback=_print_rules, help="Print the rules and exit.")  # fmt: skip
def command(
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    keep: tuple[str, ...],
    strict: bool,
    explain: bool,
    diff: bool,
    rejects: str | None,
    in_place: bool,
    exit_non_zero_on_fix: bool,
    **options: Any,
) -> None:
    """Take navigation, share bars, captions, cookie notices and broken characters out of text.

    No good line goes: position and structure decide, and every change is an edit with its rule,
    which --explain, --diff and --rejects show and `textkit undo` takes back from records.
    """
    from textkit.clean import CleanOptions

    if in_place and (explain or diff or options["output"] != "-" or options["format"] != "auto"):
        raise click.UsageError("--in-place goes with none of --explain, --diff, -o and -f")
    if explain and diff:
        raise click.UsageError("--explain and --diff exclude each other")
    chosen = CleanOptions(_names(select), _names(ignore), _names(keep), strict)
    _ = chosen.codes  # an unknown name is an error before anything is read
    session = Session(**options)
    changed = 0
    with _rejects(rejects) as write_rejects:

        def pairs(documents: Iterable[Document]) -> Iterator[Pair]:
            nonlocal changed
            for before, after in session.each(
                partial(_cleaned, chosen), documents, lambda document: (document, document)
            ):
                changed += before.text != after.text
                write_rejects(before, after)
                yield before, after

        code = _in_place(session, pairs) if in_place else _filter(session, pairs, explain, diff)
    if code or (exit_non_zero_on_fix and changed):
        raise click.exceptions.Exit(code or 1)


def _cleaned(chosen: CleanOptions, document: Document) -> Pair:
    from textkit.clean import clean_document

    return document, clean_document(document, chosen)


@contextmanager
def _rejects(path: str | None) -> Iterator[Callable[[Document, Document], None]]:
    """Open the file of rejected pieces; yields what writes to it."""
    if path is None:
        yield lambda *_: None
        return
    from textkit.clean.views import rejects
    from textkit.files import atomic_write

    with atomic_write(path) as stream:
        yield lambda *records: stream.writelines(rejects(*records))


def _filter(
    session: Session,
    pairs: Callable[[Iterable[Document]], Iterator[Pair]],
    explain: bool,
    diff: bool,
) -> int:
    """Write texts, explanations or a diff; return the exit code, as the rejects are still open."""
    plan = session.plan()
    view = _view(explain, diff, several=not plan.one_text)
    if explain or diff:
        session.format = "text" if session.format == "auto" else session.format
        if diff and session.format != "text":
            raise click.UsageError(f"--diff writes text, not {session.format}")
    try:
        session.filter(pairs, view, plan)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return 0


def _view(explain: bool, diff: bool, several: bool) -> View:
    from textkit.clean.views import edit_rows, explanations, unified
    from textkit.cli.writers import View, document_record, document_rows

    def text(pair: Pair) -> Output:
        return [(pair[1].text, "")]

    def explained(pair: Pair) -> Output:
        before = pair[0]
        name = f"{before.source if before.source != '-' else before.id}:" if several else ""
        return [(f"{name}{line}\n", "") for line in explanations(*pair)]

    def rows(pair: Pair) -> Iterable[Row]:
        return document_rows(pair[1])

    def record(pair: Pair) -> bytes:
        return document_record(pair[1])

    def document(pair: Pair) -> Document:
        return pair[1]

    if explain:
        fields = ("id", "source", "line", "column", "rule", "reason", "old", "new")
        return View(explained, lambda pair: edit_rows(*pair), fields, record, document, False)
    if diff:
        return View(lambda pair: unified(*pair), rows, (), record, document, False)
    return View(text, rows, record=record, document=document)


def _in_place(session: Session, pairs: Callable[[Iterable[Document]], Iterator[Pair]]) -> int:
    """Rewrite each text that changes, whole or not at all; return the exit code.

    Source code and data stay, and what links below a named folder lead to.
    """
    from dataclasses import replace

    from textkit.read.sources import display

    plan = session.plan()
    forced = session.input_format not in ("auto", "text")
    if forced or any(source.path == "-" for source in plan.sources):
        raise click.UsageError("--in-place takes text files, not standard input, pages or records")
    sources = [source for source in plan.sources if _is_ours(session, source)]
    paths = _paths(session, sources)
    sources = [source for source in sources if display(source.path) in paths]
    for before, after in pairs(session.documents(replace(plan, sources=sources))):
        if after.text != before.text:
            _rewrite(session, paths[after.source], after)
    try:
        session.finish()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return 0


def _is_ours(session: Session, source: Source) -> bool:
    """Is this a text that may be rewritten? Says why not."""
    from textkit.check.files import is_text
    from textkit.cli.links import is_linked

    if source.format != "text":
        session.say(f"{source.path}: passed over", "textkit read makes text of pages and records")
        return False
    if session.input_format != "text" and not is_text(source.path):
        session.say(f"{source.path}: passed over", "its ending is no text's: -i text cleans it")
        return False
    if is_linked(source.path, session.paths):
        session.say(f"{source.path}: passed over", "a link; name the file that it leads to")
        return False
    return True


def _paths(session: Session, sources: Iterable[Source]) -> dict[str, str]:
    """Return the real path by the one that records show, where no two real ones look the same."""
    from textkit.read.sources import display

    paths: dict[str, str] = {}
    for source in sources:
        if paths.setdefault(display(source.path), source.path) != source.path:
            del paths[display(source.path)]
            session.say(f"{source.path}: passed over", "two names that are not UTF-8 look the same")
    return paths


def _rewrite(session: Session, path: str, after: Document) -> None:
    from textkit.files import atomic_write

    if session.dry_run:
        session.say(f"{after.source}: would be cleaned, {len(after.revisions[-1].edits)} edits")
        return
    try:
        with atomic_write(path) as stream:
            stream.write(after.text.encode("utf-8", "replace"))
    except OSError as error:
        session.ok -= 1
        reason = (error.strerror or str(error)).lower()
        session.fail(Failure(after.source, OutputError(f"not written: {reason}")))
    else:
        session.say(f"{after.source}: cleaned, {len(after.revisions[-1].edits)} edits")
