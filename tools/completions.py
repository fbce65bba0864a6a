"""The completion scripts that the wheel installs, as `textkit completion` prints them."""

from __future__ import annotations

from textkit.cli.completion_command import SHELLS, script

FILES = {"bash": "textkit.bash", "zsh": "_textkit", "fish": "textkit.fish"}


def scripts() -> dict[str, str]:
    """Return the script of each shell by the name of its file."""
    return {FILES[shell]: script(shell) for shell in SHELLS}
