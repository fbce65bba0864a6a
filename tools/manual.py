"""The manual as data: each command as click knows it, and the hand-written sections beside it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from textkit.cli import COMMANDS, app
from textkit.cli.examples import EXAMPLES

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "docs" / "manual"
SECTIONS = ("Examples", "Exit status", "Files", "Environment", "See also")

PARAGRAPH, LITERAL, TERM = "paragraph", "literal", "term"


class Block(NamedTuple):
    """A piece of prose: a paragraph, a literal block, or a term and what it means."""

    kind: str
    text: str
    term: str = ""


class Option(NamedTuple):
    """An option as `--help` shows it."""

    names: str
    help: str


class Command(NamedTuple):
    """A command or subcommand: how it is called, what it does, what it takes."""

    path: str  # textkit clean
    summary: str  # one line
    usage: str
    description: list[Block]
    options: list[Option]


class Page(NamedTuple):
    """One page of the manual."""

    name: str  # textkit-clean
    command: Command
    subcommands: list[Command]
    sections: dict[str, list[Block]]


def pages() -> Iterator[Page]:
    """Yield the program's page and one a command, in their order."""
    context = click.Context(app, info_name="textkit", **app.context_settings)
    children = [_child(app, name, context) for name in app.list_commands(context)]
    top = Command(
        "textkit", "clean, detect, translate and summarise scraped text",
        "textkit [OPTION]... COMMAND [ARGUMENT]...", prose(app.help or ""),
        _options(app, context),
    )  # fmt: skip
    briefs = [_command(command, inner)._replace(options=[]) for command, inner in children]
    yield Page("textkit", top, briefs, _sections("textkit"))
    for command, inner in children:
        subcommands = []
        if isinstance(command, click.Group):
            names = command.list_commands(inner)
            subcommands = [_command(*_child(command, name, inner)) for name in names]
        name = str(command.name)
        yield Page(f"textkit-{name}", _command(command, inner), subcommands, _with_examples(name))


def _sections(name: str) -> dict[str, list[Block]]:
    """The hand-written sections of a page, and the common ones where it has none of its own."""
    sections = read_sections(SOURCES / "common.md") | read_sections(SOURCES / f"{name}.md")
    there = {"textkit(1)", *(f"textkit-{command}(1)" for command in COMMANDS)}
    names = sections["See also"][0].text.split(", ")
    names = [name for name in names if name in there or not name.startswith("textkit")]
    return {**sections, "See also": [Block(PARAGRAPH, ", ".join(names))]}


def _with_examples(name: str) -> dict[str, list[Block]]:
    """The sections of a command's page, whose examples begin with those that its --help has."""
    sections = _sections(name)
    short = Block(LITERAL, "\n".join(EXAMPLES[name]))
    return {**sections, "Examples": [short, *sections.get("Examples", [])]}


def _child(
    group: click.Group, name: str, context: click.Context
) -> tuple[click.Command, click.Context]:
    command = group.get_command(context, name)
    assert command is not None
    return command, click.Context(command, info_name=name, parent=context)


def _command(command: click.Command, context: click.Context) -> Command:
    pieces = command.collect_usage_pieces(context)
    usage = " ".join([context.command_path, *pieces]).replace("[OPTIONS]", "[OPTION]...")
    summary = command.get_short_help_str(limit=200).rstrip(".")
    return Command(
        context.command_path, summary[:1].lower() + summary[1:], usage,
        prose(command.help or ""), _options(command, context),
    )  # fmt: skip


def _options(command: click.Command, context: click.Context) -> list[Option]:
    options = (p for p in command.get_params(context) if isinstance(p, click.Option))
    records = (option.get_help_record(context) for option in options)
    return [Option(names, " ".join(help.split())) for names, help in filter(None, records)]


def prose(text: str) -> list[Block]:
    """Return the paragraphs of a docstring; one that starts with \\b keeps its lines."""
    blocks = []
    for part in re.split(r"\n\s*\n", text.strip()):
        if part.lstrip().startswith("\b"):
            lines = part.lstrip().removeprefix("\b").strip("\n")
            blocks.append(Block(LITERAL, textwrap.dedent(lines)))
        else:
            blocks.append(Block(PARAGRAPH, " ".join(part.split())))
    return blocks


def read_sections(path: Path) -> dict[str, list[Block]]:
    """Return the hand-written sections of a page by heading; none where there is no such file."""
    if not path.exists():
        return {}
    sections: dict[str, list[Block]] = {}
    for part in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        if heading not in SECTIONS:
            raise ValueError(f"{path}: no section is called {heading!r}")
        sections[heading] = [_block(piece) for piece in re.split(r"\n\s*\n", body.strip("\n"))]
    return sections


def _block(piece: str) -> Block:
    """A block of the little Markdown that the sources use."""
    lines = piece.split("\n")
    if all(line.startswith("    ") for line in lines):
        return Block(LITERAL, "\n".join(line[4:] for line in lines))
    if len(lines) > 1 and lines[1].startswith(": "):
        return Block(
            TERM, " ".join([lines[1][2:], *(line.strip() for line in lines[2:])]), lines[0]
        )
    return Block(PARAGRAPH, " ".join(lines))


def examples(page: Page) -> list[str]:
    """Return the commands that a page's examples show, one a string."""
    blocks = page.sections.get("Examples", [])
    return [line for b in blocks if b.kind == LITERAL for line in b.text.split("\n")]
