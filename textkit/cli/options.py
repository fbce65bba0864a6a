"""Options that several commands share, each defined once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from textkit.read.options import FORMATS

F = TypeVar("F", bound=Callable[..., Any])

paths_argument = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())


def _stack(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def _known_encoding(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    if name:
        try:
            "".encode(name)
        except (LookupError, UnicodeError, ValueError):
            raise click.BadParameter(f"unknown encoding: {name!r}") from None
    return name


def input_options(function: F) -> F:
    """-i and --encoding."""
    return _stack(
        click.option(
            "-i",
            "--input-format",
            type=click.Choice(FORMATS),
            default="auto",
            show_default=True,
            help="What the input is; auto goes by the file's ending, on stdin by its first bytes.",
        ),
        click.option(
            "--encoding",
            metavar="NAME",
            callback=_known_encoding,
            help="Encoding of text input.  [default: by its bytes]",
        ),
    )(function)


def output_options(*formats: str) -> Callable[[F], F]:
    """-f and -o; `formats` are the choices beside auto."""
    return _stack(
        click.option(
            "-f",
            "--format",
            type=click.Choice(("auto", *formats)),
            default="auto",
            show_default=True,
            help="What to write; auto gives text for one text, else JSON Lines.",
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(),
            default="-",
            metavar="FILE",
            help="Write to FILE.  [default: standard output]",
        ),
    )


def message_options(function: F) -> F:
    """-q, -v and --color."""
    return _stack(
        click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
        click.option("-v", "--verbose", count=True, help="Say more; -vv says still more."),
        click.option(
            "--color",
            type=click.Choice(("auto", "always", "never")),
            default="auto",
            show_default=True,
            help="Colour messages and terminal output.",
        ),
    )(function)


def filter_options(*formats: str) -> Callable[[F], F]:
    """All that a filter takes: paths, input, output and message options."""
    return _stack(paths_argument, input_options, output_options(*formats), message_options)
