"""`textkit config`: what the options are set to, and by what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import click
from click.core import ParameterSource


class Setting(NamedTuple):
    """An option, its value and what set it."""

    command: str
    option: str
    value: Any
    origin: str


@click.group("config")
def command() -> None:
    """Show the options that configuration files and the environment set."""


@command.command(
    "show",
    short_help="Every option that is not at its default.",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.option("--all", "all_options", is_flag=True, help="Defaults too.")
@click.argument("words", nargs=-1, metavar="[COMMAND [ARG]...]", type=click.UNPROCESSED)
@click.pass_context
def show(ctx: click.Context, all_options: bool, words: tuple[str, ...]) -> None:
    """Print each option that a file, the environment or ARGs set: its value, and by what.

    Flags win over the environment, and that over the file; the nearest textkit.toml or
    [tool.textkit] of pyproject.toml is read. With a COMMAND and its ARGs it is what that call
    would take.
    """
    from textkit.cli import COMMANDS

    root = ctx.find_root()
    names = words[:1] or tuple(name for name in COMMANDS if name != "config")
    for name in names:
        for setting in _settings(root, name, list(words[1:])):
            if all_options or setting.origin != "default":
                click.echo(_line(setting))


def _settings(root: click.Context, name: str, args: list[str]) -> Iterator[Setting]:
    """Yield the settings of a command and its subcommands. Raises UsageError for an unknown one."""
    from textkit.cli.config import option_name

    group = root.command
    assert isinstance(group, click.Group)
    _, found, _ = group.resolve_command(root, [name])
    assert found is not None
    context = found.make_context(name, args, parent=root, resilient_parsing=True)
    for parameter in found.params:
        if isinstance(parameter, click.Option) and not parameter.is_eager:
            value = context.params.get(str(parameter.name))
            yield Setting(name, option_name(parameter), value, _origin(context, parameter))


def _origin(context: click.Context, option: click.Option) -> str:
    """What set an option: the name of the variable, the file, or the flag."""
    source = context.get_parameter_source(str(option.name))
    if source == ParameterSource.COMMANDLINE:
        return "flag"
    if source == ParameterSource.ENVIRONMENT:
        return f"${variable(context, option)}"
    if source == ParameterSource.DEFAULT_MAP:
        return str(context.find_root().meta["textkit.config"])
    return "default"


def variable(context: click.Context, option: click.Option) -> str:
    """Return the environment variable that sets an option."""
    return f"{context.auto_envvar_prefix}_{option.name}".upper()


def _line(setting: Setting) -> str:
    import json

    from textkit.pieces import one_line

    value = json.dumps(setting.value, ensure_ascii=False, default=str)
    return one_line(f"{setting.command}.{setting.option} = {value}  ({setting.origin})")
