"""Defaults from `textkit.toml`, or `[tool.textkit]` of `pyproject.toml`; flags win over both.

A table a command, a key an option: `[tool.textkit.summarize]`, `sentences = 5`. What no command
knows is an error, so that a misspelt key does not pass unseen.
"""

from __future__ import annotations

import os
from typing import Any

import click

from textkit.errors import ConfigError
from textkit.files import read_toml

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
    data: Any = read_toml(path)
    if os.path.basename(path) == "pyproject.toml":
        tool = data.get("tool")
        data = tool.get("textkit", {}) if isinstance(tool, dict) else {}
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: `textkit` is no table")
    return data


def _command_defaults(
    app: click.Group, ctx: click.Context, name: str, table: Any, path: str
) -> dict[str, Any]:
    command = app.get_command(ctx, name)
    if command is None or not isinstance(table, dict):
        raise ConfigError(f"{path}: `{name}` is no table of a command")
    known = {
        option_name(p): p for p in command.params if isinstance(p, click.Option) and not p.is_eager
    }
    defaults = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(
                f"{path}: [{name}] has an unknown key: {key}",
                f"it knows {', '.join(sorted(known))}",
            )
        if not _fits(known[key], value):
            raise ConfigError(f"{path}: [{name}] {key} has a value of a wrong type: {value!r}")
        defaults[str(known[key].name)] = value
    return defaults


def _fits(option: click.Option, value: Any) -> bool:
    """Is a value of the kind that the option takes?"""
    if option.is_flag:
        return isinstance(value, bool)
    if option.multiple:
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    if option.nargs != 1:
        return isinstance(value, list) and len(value) == option.nargs
    if option.count or isinstance(option.type, click.types.IntParamType):
        return isinstance(value, int) and not isinstance(value, bool)
    if isinstance(option.type, click.types.FloatParamType):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)


def option_name(option: click.Parameter) -> str:
    """Return an option's long name without dashes, as the configuration spells it."""
    return max(option.opts, key=len).lstrip("-")
