"""Defaults from `textkit.toml`, or `[tool.textkit]` of `pyproject.toml`; flags win over both.

A table is a command and a key an option: `[tool.textkit.summarize]`, `sentences = 5`. Unknown keys
are errors, so that a misspelt one does not pass unseen.

A file that was found, not named, may lie in a folder of somebody else's: a scraped one, say. It
may set only what can do no harm; paths, addresses, keys, files and what writes or opens a socket
take --config, the command line or the environment.
"""

from __future__ import annotations

import os
import stat
from typing import Any

import click

from textkit.cli.guard import complain
from textkit.errors import ConfigError
from textkit.files import read_toml

FILES = ("textkit.toml", "pyproject.toml")
HARMLESS_TEXT = frozenset({  # options that take any text, and name no file, address or key
    "candidates", "encoding", "exclude", "fields", "ignore", "include", "keep", "lang",
    "languages", "main", "modified-since", "not", "only", "query", "ratio", "select", "stem",
    "title", "to",
})  # fmt: skip
HARMFUL = frozenset({  # flags that write where nobody asked for it
    "fix", "in-place", "watch", "write-baseline",
})  # fmt: skip
HARMFUL_CHOICES = frozenset({"libretranslate", "ray"})  # open a socket


def load_defaults(app: click.Group, ctx: click.Context) -> dict[str, Any]:
    """Return click's default map. Raises ConfigError."""
    if ctx.params.get("no_config"):
        return {}
    named = ctx.params.get("config")
    path = named or _nearest(os.getcwd())
    if path is None:
        return {}
    ctx.meta["textkit.config"] = path
    return {
        name: _command_defaults(app, ctx, name, table, path, named is not None)
        for name, table in _table(path).items()
    }


def _nearest(folder: str) -> str | None:
    """Return the nearest configuration file at or above `folder`."""
    while True:
        for name in FILES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name == FILES[0] or _mentions_textkit(path)):
                if not _is_planted(path):
                    return path
                complain(
                    f"{path}: passed over, as another user owns it", f"--config {path} reads it"
                )
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _is_planted(path: str) -> bool:
    """Is this the file of another user in a place where anybody may write, as /tmp?"""
    if not hasattr(os, "getuid") or os.stat(path).st_uid in (os.getuid(), 0):
        return False
    folder = os.path.dirname(path)
    while not os.stat(folder).st_mode & stat.S_IWOTH:
        if folder == os.path.dirname(folder):
            return False
        folder = os.path.dirname(folder)
    return True


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
    app: click.Group, ctx: click.Context, name: str, table: Any, path: str, named: bool
) -> dict[str, Any]:
    """Return the values that a table sets, checked."""
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
        if not named and not is_harmless(known[key], value):
            raise ConfigError(
                f"{path}: [{name}] {key} is not taken from a file that was merely found",
                f"--config {path} takes it, if you trust the file; --no-config reads none",
            )
        defaults[str(known[key].name)] = value
    return defaults


def is_harmless(option: click.Option, value: Any) -> bool:
    """May a file that was found set this: is it no path, address or key, and writes nothing?"""
    name = option_name(option)
    if name in HARMFUL or (isinstance(value, str) and value in HARMFUL_CHOICES):
        return False
    if option.is_flag or option.count or name in HARMLESS_TEXT:
        return True
    kinds = (click.Choice, click.types.IntParamType, click.types.FloatParamType)
    return isinstance(option.type, kinds)


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
