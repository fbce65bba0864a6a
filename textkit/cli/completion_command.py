"""`textkit completion`: the shell's part of completing commands, options and their values."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print what makes SHELL (bash, zsh or fish) complete commands, options and their values.

    The wheel installs the same scripts below share/, where shells look for them. From elsewhere:
    eval "$(textkit completion bash)" in ~/.bashrc, the same with zsh in ~/.zshrc, or
    textkit completion fish > ~/.config/fish/completions/textkit.fish.
    """
    click.echo(script(shell), nl=False)


def script(shell: str) -> str:
    """Return the script of a shell. It asks `textkit` itself at each completion."""
    from click.shell_completion import ShellComplete, get_completion_class

    from textkit.cli import app

    shell_class = get_completion_class(shell)
    assert shell_class is not None
    # not `found.source`: bash's starts a shell to see how old it is
    text = ShellComplete.source(shell_class(app, {}, "textkit", "_TEXTKIT_COMPLETE")).strip() + "\n"
    # click's script for fish ends a description at its first comma
    return text.replace('string split ","', 'string split -m 1 ","')
