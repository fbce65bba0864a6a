"""`textkit read`: files to records."""

from __future__ import annotations

from typing import Any

import click

from textkit.cli.options import filter_options
from textkit.cli.session import session


@click.command("read", short_help="Read texts, pages and records; write text or records.")
@filter_options("text", "jsonl")
def command(**options: Any) -> None:
    """Read texts, pages and JSON Lines, and write them as text or records.

    The text is handed on as it is: nothing is cleaned.
    """
    session(**options).filter(iter, lambda document: document.text)
