"""`textkit read`: files to records."""

from __future__ import annotations

from typing import Any

import click

from textkit.cli.options import comma_list, fast_option, filter_options
from textkit.cli.session import Session
from textkit.read.options import CANDIDATES


@click.command("read")
@filter_options("text", "jsonl")
@fast_option
@click.option(
    "--candidates",
    metavar="NAME,...",
    help="Pages: the extractors that vote, of scorer, trafilatura, precision.  [default: all]",
)
def command(fast: bool, candidates: str | None, **options: Any) -> None:
    """Read texts, pages and JSON Lines, and write them as text or records.

    A text is handed on as it is. Of a page the article is taken, with its title, author and date:
    several extractors look for it, and what most of them agree on is written.
    """
    from textkit.cli.writers import View

    session = Session(**options)
    session.page_options = {"fast": fast, "candidates": _names(candidates, fast)}
    session.filter(iter, View(lambda document: [(document.text, "")]))


def _names(value: str | None, fast: bool) -> tuple[str, ...]:
    """Return the names in a list with commas. Raises UsageError."""
    names = comma_list(value)
    if fast and names:
        raise click.UsageError("--fast and --candidates exclude each other")
    for name in names:
        if name not in CANDIDATES:
            raise click.UsageError(f"no such candidate: {name} (there are {', '.join(CANDIDATES)})")
    return names
