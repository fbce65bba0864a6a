"""`textkit help`: what `--help` prints, for those who ask the other way round."""

from __future__ import annotations

import click


@click.command("help")
@click.argument("command", nargs=-1, metavar="[COMMAND]...")
@click.pass_context
def command(ctx: click.Context, command: tuple[str, ...]) -> None:
    """Show the help of a command, as `textkit COMMAND --help` does; without one, that of all."""
    context = ctx.parent
    assert context is not None
    for name in command:
        group = context.command
        if not isinstance(group, click.Group):
            raise click.UsageError(f"{context.command_path} has no subcommands", context)
        _, found, _ = group.resolve_command(context, [name])
        assert found is not None
        context = click.Context(found, info_name=name, parent=context)
    click.echo(context.get_help())
