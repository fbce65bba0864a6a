"""The command line: thin modules that parse, open, call the library and write.

Nothing heavy is imported before a command needs it: `textkit --help` must stay quick.
"""

from __future__ import annotations

import os
from typing import Any

import click

from textkit.cli.examples import epilog
from textkit.cli.guard import guarded

COMMANDS = {
    "run": "Run the whole pipeline over a directory; resumes.",
    "read": "Read texts, pages and records; write text or records.",
    "clean": "Take scraped residue out; show what went.",
    "detect": "Find which passage is in which language.",
    "translate": "Translate foreign passages; keep their originals.",
    "dedup": "Find copies, near copies and stories told again.",
    "summarize": "Summarise each document, or a corpus.",
    "undo": "Give the source text back from records.",
    "check": "Report residue, foreign passages and copies in files; the hook.",
    "report": "Make one self-contained HTML page from records.",
    "models": "List, install and remove translation models.",
    "evaluate": "Score summaries against references.",
    "config": "Show what options are set to, and by what.",
    "schema": "Print the JSON Schema of a record.",
    "doctor": "Say what is installed, what is missing, and how to mend it.",
    "completion": "Print the completion script of a shell.",
    "help": "Show the help of a command.",
}


class App(click.Group):
    """The group of commands; each is the attribute `command` of the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from importlib import import_module

        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"textkit.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)
        command.short_help = COMMANDS[cmd_name]
        command.epilog = epilog(cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command for one that there is not. Raises UsageError."""
        if args[0] in COMMANDS or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        raise click.UsageError(_no_command(args[0]), ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        with guarded():  # click would answer Ctrl-C with an empty line
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        with guarded():
            from textkit.cli.config import load_defaults

            ctx.default_map = load_defaults(self, ctx)
            return super().invoke(ctx)


def _no_command(name: str) -> str:
    """Return what to do about a first word that is no command."""
    from difflib import get_close_matches

    if os.path.exists(name):
        kind = "folder" if os.path.isdir(name) else "file"
        return f"{name} is a {kind}, not a command: try 'textkit run {name} -o out'"
    near = get_close_matches(name.lower(), COMMANDS, 1, 0.6)
    return f"no such command: {name}" + (f"; did you mean {near[0]}?" if near else "")


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"textkit {version('textkit')}")
        ctx.exit()


@click.group(
    cls=App,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "TEXTKIT",
    },
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and exit.",
)
@click.option(
    "--config",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Read defaults from FILE, not from the nearest textkit.toml or pyproject.toml.",
)
@click.option("--no-config", is_flag=True, help="Read no configuration file.")
def app(config: str | None, no_config: bool) -> None:
    """Clean, detect, translate, de-duplicate and summarise scraped, mixed-language text.

    Every command is a filter: text in, text out; JSON Lines records in, records out.
    A PATH is a file, a directory (all its text files, sorted) or - for standard input.
    """
