"""`textkit clean`: residue out of texts and records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import Session, session

if TYPE_CHECKING:
    from textkit.clean import CleanOptions
    from textkit.document import Document
    from textkit.read import Plan

Watch = Callable[["Document", "Document"], None]  # is handed each record before and after


def _print_rules(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from textkit.clean.registry import registry

    for rule in registry().values():
        click.echo(f"{rule.code}  {rule.name:<15} {rule.reason}: {rule.example}")
    ctx.exit()


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _rules_option(name: str, metavar: str, text: str) -> Callable[[Any], Any]:
    return click.option(name, multiple=True, metavar=metavar, help=text)


@click.command("clean")
@filter_options("text", "jsonl")
@_rules_option("--select", "CODE,...", "Apply only these rules: codes or their beginnings.")
@_rules_option("--ignore", "CODE,...", "Do not apply these rules.")
@_rules_option("--keep", "NAME,...", "Leave residue of these names, as byline,date.")
@click.option("--explain", is_flag=True, help="Print a line for each edit, not the text.")
@click.option("--diff", is_flag=True, help="Print a unified diff, not the text.")
@click.option("--rejects", metavar="FILE", help="Write what was taken out to FILE, as JSON Lines.")
@click.option("--in-place", is_flag=True, help="Rewrite the files that change, as UTF-8.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if anything changed.")
@click.option(
    "--list-rules",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_rules,
    help="Print the rules and exit.",
)
def command(
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    keep: tuple[str, ...],
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
    chosen = CleanOptions(_names(select), _names(ignore), _names(keep))
    _ = chosen.codes  # an unknown name is an error before anything is read
    here = session(**options)
    changed = 0

    def count(before: Document, after: Document) -> None:
        nonlocal changed
        changed += before.text != after.text

    with _rejects(rejects) as reject:
        run = _in_place if in_place else _explain if explain else _diff if diff else _filter
        code = 0
        try:
            run(here, chosen, (count, reject))
        except click.exceptions.Exit as stop:  # some inputs failed: what was rejected stays
            code = stop.exit_code
    if code or (exit_non_zero_on_fix and changed):
        raise click.exceptions.Exit(code or 1)


@contextmanager
def _rejects(path: str | None) -> Iterator[Watch]:
    """Open the file of rejected pieces; yields what writes to it."""
    if path is None:
        yield lambda *_: None
        return
    from textkit.clean.views import rejects
    from textkit.files import atomic_write

    with atomic_write(path) as stream:
        yield lambda *records: stream.writelines(rejects(*records))


def _cleaner(chosen: CleanOptions, watches: tuple[Watch, ...]) -> Callable[[Document], Document]:
    from textkit.clean import clean_document

    def cleaned(before: Document) -> Document:
        after = clean_document(before, chosen)
        for watch in watches:
            watch(before, after)
        return after

    return cleaned


def _filter(here: Session, chosen: CleanOptions, watches: tuple[Watch, ...]) -> None:
    one = _cleaner(chosen, watches)
    here.filter(lambda documents: here.each(one, documents), lambda document: document.text)


def _explain(here: Session, chosen: CleanOptions, watches: tuple[Watch, ...]) -> None:
    from textkit.clean.views import explanations

    found = here.plan()
    with here.writer() as write:

        def show(before: Document, after: Document) -> None:
            name = (
                "" if found.one_text else f"{before.source if before.source != '-' else before.id}:"
            )
            for line in explanations(before, after):
                write(f"{name}{line}\n".encode("utf-8", "replace"))

        _drain(here, found, _cleaner(chosen, (*watches, show)))


def _diff(here: Session, chosen: CleanOptions, watches: tuple[Watch, ...]) -> None:
    from textkit.clean.views import unified

    found = here.plan()
    color = here.colored()
    with here.writer() as write:

        def show(before: Document, after: Document) -> None:
            for line in unified(before, after, color):
                write(line.encode("utf-8", "replace"))

        _drain(here, found, _cleaner(chosen, (*watches, show)))


def _drain(here: Session, found: Plan, one: Callable[[Document], Document]) -> None:
    for _ in here.each(one, here.documents(found)):
        pass
    here.finish()


def _in_place(here: Session, chosen: CleanOptions, watches: tuple[Watch, ...]) -> None:
    """Rewrite each text that changes, whole or not at all; source code and data stay."""
    from textkit.check.files import is_text
    from textkit.read import Plan

    found = here.plan()
    if any(source.path == "-" or source.format != "text" for source in found.sources):
        raise click.UsageError("--in-place takes text files, not standard input, pages or records")
    one = _cleaner(chosen, watches)
    for source in found.sources:
        if here.input_format != "text" and not is_text(source.path):
            here.say(f"{source.path}: passed over", "its ending is no text's: -i text cleans it")
            continue
        for before in here.documents(Plan([source])):
            after = one(before)
            if after.text != before.text:
                _rewrite(here, source.path, after)
    here.finish()


def _rewrite(here: Session, path: str, after: Document) -> None:
    from textkit.errors import Failure, OutputError
    from textkit.files import atomic_write

    try:
        with atomic_write(path) as stream:
            stream.write(after.text.encode("utf-8", "replace"))
    except OSError as error:
        here.ok -= 1
        reason = (error.strerror or str(error)).lower()
        here.fail(Failure(after.source, OutputError(f"not written: {reason}")))
    else:
        here.say(f"{after.source}: cleaned, {len(after.revisions[-1].edits)} edits")
