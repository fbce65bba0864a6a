"""What the stages could not do, gathered by cause, each with the command that mends it.

Stages leave one warning per record. A reader wants one line per cause: how many articles of which
languages, and what to type.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from textkit.report.show import count, language

_WARNING = re.compile(r"(?:(?P<lang>[\w-]+): )?(?P<what>.*?)(?: \((?P<command>textkit [^()]*)\))?")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NOT_TRANSLATED = re.compile(r"left as it is, no engine|glossed word by word")
MAX_LISTED = 8  # languages in one line


class Cause(NamedTuple):
    """One reason why something was not done."""

    text: str  # `9 German, 6 French articles not translated`
    commands: tuple[str, ...]  # that mend it, one for each language
    articles: tuple[int, ...]  # places of the articles, in order
    kind: str  # `translation`, or `other`


class _Group:
    def __init__(self) -> None:
        self.by_lang: dict[str, dict[int, None]] = defaultdict(dict)
        self.commands: dict[str, None] = {}
        self.example = ""


def causes(warnings: Iterable[tuple[int, str]]) -> list[Cause]:
    """Return the causes behind `(article, warning)` pairs, what concerns most articles first.

    >>> causes([(0, "de: left as it is, no engine for de to en is installed"
    ...             " (textkit models install de en)")])[0][:2]
    ('1 German article not translated', ('textkit models install de en',))
    """
    groups: dict[str, _Group] = defaultdict(_Group)
    for index, warning in warnings:
        match = _WARNING.fullmatch(warning)
        lang, what, command = match.group("lang", "what", "command") if match else (None, "", None)
        translation = bool(lang and _NOT_TRANSLATED.search(what))
        group = groups["translation" if translation else _FIGURE.sub("#", what or warning)]
        group.by_lang[(lang or "") if translation else ""][index] = None
        group.example = group.example or warning
        if command:
            group.commands[command] = None
    found = [_cause(name, group) for name, group in groups.items()]
    return sorted(found, key=lambda c: (c.kind != "translation", -len(c.articles), c.text))


def _cause(name: str, group: _Group) -> Cause:
    articles = sorted({index for members in group.by_lang.values() for index in members})
    if name != "translation":
        several = len(articles) > 1
        text = f"{group.example} ({count(len(articles), 'article')})" if several else group.example
        return Cause(text, tuple(group.commands), tuple(articles), "other")
    ordered = sorted(group.by_lang.items(), key=lambda item: (-len(item[1]), item[0]))
    parts = [f"{len(members):,} {language(lang)}" for lang, members in ordered[:MAX_LISTED]]
    if len(ordered) > MAX_LISTED:
        parts.append(f"others in {count(len(ordered) - MAX_LISTED, 'language')}")
    noun = "article" if len(ordered) == 1 and len(articles) == 1 else "articles"
    text = f"{', '.join(parts)} {noun} not translated"
    return Cause(text, tuple(group.commands), tuple(articles), "translation")
