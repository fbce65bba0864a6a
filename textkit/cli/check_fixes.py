"""What `check --fix` changes, and `check --diff` shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from textkit.cli.guard import FINDINGS
from textkit.cli.session import Session

if TYPE_CHECKING:
    from textkit.check import CheckOptions
    from textkit.check.allow import Baseline
    from textkit.check.fix import Fix


def fixes(
    session: Session,
    paths: Iterable[str],
    read: Callable[[str], bytes],
    settings: CheckOptions,
    known: Baseline,
) -> Iterator[tuple[str, Fix]]:
    """Yield what cleaning would change, but for what is known and wanted.

    Source code and data stay, and what a link below a named folder leads to.
    """
    from textkit.check import attempt
    from textkit.check.files import is_text
    from textkit.check.fix import fixed
    from textkit.cli.links import is_linked

    for path in paths:
        if path == "-":
            continue
        if not is_text(path):
            session.say(f"{path}: not cleaned", "its ending is no text's")
        elif is_linked(path, session.paths):
            session.say(f"{path}: not cleaned", "a link; name the file that it leads to")
        else:
            codes = [code for code in settings.codes if not known.covers(path, code)]
            data = attempt(read, path)
            if isinstance(data, bytes) and (fix := fixed(path, data, codes)):
                yield path, fix


def show_diff(session: Session, fixes: Iterable[tuple[str, Fix]]) -> None:
    """Write what --fix would change as one patch; exit with 1 if it is anything."""
    from textkit.clean.views import unified

    changed = 0
    with session.writer() as write:
        for _, fix in fixes:
            changed += 1
            write(unified(fix.before, fix.after))
    session.say(f"{changed} file{'s' * (changed != 1)} would be cleaned")
    raise click.exceptions.Exit(FINDINGS if changed else 0)


def apply_fixes(session: Session, fixes: Iterable[tuple[str, Fix]]) -> None:
    """Write each file's cleaned text in its place."""
    from textkit.check.fix import write_fix

    for path, fix in fixes:
        write_fix(path, fix)
        session.say(f"{path}: cleaned")
