"""Defaults from `textkit.toml`, or `[tool.textkit]` of `pyproject.toml`; flags win over both.

A table a command, a key an option: `[tool.textkit.summarize]`, `sentences = 5`. What no command
knows is an error, so that a misspelt key does not pass unseen.
"""

from __future__ import annotations

import os
from typing import Any

import click

from textkit.errors import ConfigError

FILES = ("textkit.toml", "pyproject.toml")


def load_defaults(app: click.Group, ctx: click.Context) -> dict[str, Any]:
    """Return click's default map. Raises ConfigError."""
    if ctx.params.get("no_config"):
        return {}
    path = ctx.params.get("config") or _nearest(os.getcwd())
    if path is None:
        return {}
    return {
        name: _command_defaults(app, ctx, name, table, path) for name, table in _table(path).items()
    }


def _nearest(folder: str) -> str | None:
    """Return the nearest configuration file at or above `folder`."""
    while True:
        for name in FILES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name == FILES[0] or _mentions_textkit(path)):
                return path
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _mentions_textkit(path: str) -> bool:
    """Most projects have no table of ours: a look at the bytes spares parsing."""
    try:
        with open(path, "rb") as stream:
            return b"[tool.textkit" in stream.read()
    except OSError:
        return False


def _table(path: str) -> dict[str, Any]:
    import tomllib

    try:
        with open(path, "rb") as stream:
            data = tomllib.load(stream)
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    if os.path.basename(path) == "pyproject.toml":
        data = data.get("tool", {}).get("textkit", {})
    return data


def _command_defaults(
    app: click.Group, ctx: click.Context, name: str, table: Any, path: str
) -> dict[str, Any]:
    command = app.get_command(ctx, name)
    if command is None or not isinstance(table, dict):
        raise ConfigError(f"{path}: `{name}` is no table of a command")
    known = {option_name(p): p.name for p in command.params if isinstance(p, click.Option)}
    defaults = {}
    for key, value in table.items():
        if known.get(key) is None:
            raise ConfigError(
                f"{path}: [{name}] has an unknown key: {key}",
                f"it knows {', '.join(sorted(known))}",
            )
        defaults[str(known[key])] = value
    return defaults


def option_name(option: click.Parameter) -> str:
    """Return an option's long name without dashes, as the configuration spells it."""
    return max(option.opts, key=len).lstrip("-")
