"""`textkit schema`: what a record holds, for other programs."""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of a record, as one line of JSON Lines holds it.

    Every field is described in docs/records.md.
    """
    import msgspec

    from textkit.schema import record_schema

    click.echo(msgspec.json.format(msgspec.json.encode(record_schema()), indent=2).decode())
