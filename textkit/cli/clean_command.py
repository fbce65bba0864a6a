"""`textkit clean`: residue out of texts and records."""

from __future__ import annotations

from typing import Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import session


def _print_rules(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from textkit.clean.registry import registry

    for rule in registry().values():
        click.echo(f"{rule.code}  {rule.name:<15} {rule.reason}: {rule.example}")
    ctx.exit()


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


@click.command("clean")
@filter_options("text", "jsonl")
@click.option("--select", default="", metavar="CODES", help="Apply only these rules or families.")
@click.option("--ignore", default="", metavar="CODES", help="Leave these rules or families out.")
@click.option(
    "--keep", default="", metavar="NAMES", help="Leave residue of these names: byline,date."
)
@click.option(
    "--list-rules",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_rules,
    help="Print the rules and exit.",
)
def command(select: str, ignore: str, keep: str, **options: Any) -> None:
    """Take navigation, share bars, captions, cookie notices and broken characters out of text.

    No good line goes: position and structure decide, and every removal is an edit with its rule.
    """
    from textkit.clean import CleanOptions, clean_document

    chosen = CleanOptions(_names(select), _names(ignore), _names(keep))
    _ = chosen.codes  # an unknown name is an error before anything is read
    here = session(**options)
    here.filter(
        lambda documents: here.each(lambda d: clean_document(d, chosen), documents),
        lambda document: document.text,
    )
