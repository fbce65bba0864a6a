"""What shells complete: rule codes and languages, in lists with commas too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def codes(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete codes of rules, with their names."""
    from textkit.check import rules

    return _items(incomplete.upper(), ((rule.code, rule.name) for rule in rules().values()))


def rule_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete names of cleaning's rules, with what they take out."""
    from textkit.clean.registry import registry

    return _items(incomplete, ((rule.name, rule.reason) for rule in registry().values()))


def languages(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete tags of languages, with their English names."""
    from textkit.detect.languages import by_tag

    return _items(incomplete, ((tag, language.name) for tag, language in by_tag().items()))


def _items(incomplete: str, words: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    """Return the words that the part after the last comma begins."""
    from click.shell_completion import CompletionItem

    before, comma, start = incomplete.rpartition(",")
    return [
        CompletionItem(before + comma + word, help=meaning)
        for word, meaning in words
        if word.startswith(start)
    ]
