"""Options that several commands share, each defined once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from textkit.cli.formats import TABLES
from textkit.read.options import FORMATS

if TYPE_CHECKING:
    from textkit.clean.registry import Rule

F = TypeVar("F", bound=Callable[..., Any])
MAX_JOBS = 512  # worker processes: more is a slip of the finger

paths_argument = click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
models_dir_option = click.option(
    "--models-dir", type=click.Path(), metavar="DIR",
    help="Folder of models.  [default: $TEXTKIT_MODELS, else the user's]",
)  # fmt: skip


def _stack(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def comma_list(value: str | None) -> tuple[str, ...]:
    """Return the words of a list with commas.

    >>> comma_list("TK1, TK5,"), comma_list(None)
    (('TK1', 'TK5'), ())
    """
    return tuple(word for part in (value or "").split(",") if (word := part.strip()))


def print_rules(rules: Iterable[Rule]) -> None:
    """Print a line per rule, for --list-rules."""
    for rule in rules:
        click.echo(f"{rule.code}  {rule.name:<15} {rule.reason}: {rule.example}")


def _known_encoding(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    if name:
        try:
            "".encode(name)
        except (LookupError, UnicodeError, ValueError):
            raise click.BadParameter(f"unknown encoding: {name!r}") from None
    return name


def _point_in_time(_: click.Context, __: click.Parameter, when: str | None) -> float | None:
    from datetime import datetime

    from textkit.cli.selection import time_of

    if when is None:
        return None
    try:
        return time_of(when, datetime.now())  # noqa: DTZ005 - the user's own clock is meant
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{when!r} is no date, as 2024-03-01, monday, 36h or 3d") from None


def selection_options(function: F) -> F:
    """Which files below the paths are read: lists, patterns, age."""
    return _stack(
        click.option(
            "--files-from",
            type=click.Path(),
            metavar="FILE",
            help="Read the paths in FILE too, a line each; - is standard input.",
        ),
        click.option("-0", "--null", is_flag=True, help="--files-from ends its paths in NUL."),
        click.option(
            "--include",
            multiple=True,
            metavar="GLOB",
            help="Of a folder, read only files that match, as 'news/*.txt'.",
        ),
        click.option(
            "--exclude", multiple=True, metavar="GLOB", help="Of a folder, pass these files over."
        ),
        click.option(
            "--modified-since",
            metavar="WHEN",
            callback=_point_in_time,
            help="Read only files changed since a date, a day or an age: monday, 36h, 3d.",
        ),
    )(function)


def input_options(function: F) -> F:
    """-i, --encoding and --text-field."""
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
        click.option(
            "--text-field",
            metavar="NAME",
            help="Tables and JSON lists: the field with the text.  [default: text, content, ...]",
        ),
    )(function)


def output_options(*formats: str) -> Callable[[F], F]:
    """-f, --fields, -o and --dry-run; `formats` are the choices beside auto and tables."""
    choices = dict.fromkeys(("auto", *formats, *TABLES))
    return _stack(
        click.option(
            "-f",
            "--format",
            type=click.Choice(tuple(choices)),
            default="auto",
            show_default=True,
            help="What to write; auto goes by FILE's ending, else text for one text and JSON Lines"
            " for several.",
        ),
        click.option("--fields", metavar="NAME,...", help="Columns of csv, tsv, md and parquet."),
        click.option(
            "-o",
            "--output",
            type=click.Path(),
            default="-",
            metavar="FILE",
            help="Write to FILE; to a file for each document below a folder, which ends in /."
            "  [default: standard output]",
        ),
        click.option("--dry-run", is_flag=True, help="Name the files that -o would write."),
    )


def work_options(function: F) -> F:
    """-j and --fail-fast."""
    return _stack(
        click.option(
            "-j",
            "--jobs",
            type=click.IntRange(0, MAX_JOBS),
            default=1,
            show_default=True,
            metavar="N",
            help="Worker processes; 0 takes all cores. The order stays.",
        ),
        click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails."),
    )(function)


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
    """All that a filter takes: paths, which of them, input, output, work and messages."""
    return _stack(
        paths_argument,
        selection_options,
        input_options,
        output_options(*formats),
        work_options,
        message_options,
    )


fast_option = click.option(
    "--fast",
    is_flag=True,
    help="Pages: textkit's own extractor alone, three times as fast as with the others' votes.",
)
