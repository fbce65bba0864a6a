"""The registry: each rule's code, name, reason and example, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from textkit.errors import ConfigError
from textkit.text.tables import rows

FAMILIES = {"TK1": "lines", "TK2": "inside lines", "TK3": "characters"}


class Rule(NamedTuple):
    """What a rule is called and why it removes what it removes."""

    code: str
    name: str
    reason: str
    example: str

    @property
    def family(self) -> str:
        """What the rule looks at: lines, what is inside lines, characters."""
        return FAMILIES[self.code[:3]]


@cache
def registry() -> dict[str, Rule]:
    """Return every rule by its code, in order of codes."""
    found = (Rule(*row) for row in rows("textkit.clean", "rules.tsv"))
    return {rule.code: rule for rule in sorted(found)}


def wanted(select: Iterable[str], ignore: Iterable[str], keep: Iterable[str]) -> frozenset[str]:
    """Return the codes of the rules to apply.

    `select` (all where empty) and `ignore` are codes or their prefixes; `keep` are rule names.
    Raises ConfigError where one of them names no rule.

    >>> sorted(wanted(["TK20"], ["TK207", "TK208"], ["html"]))
    ['TK201', 'TK202', 'TK203', 'TK204', 'TK205', 'TK209']
    """
    chosen = _by_prefix(select) or set(registry())
    return frozenset(chosen - _by_prefix(ignore) - _by_name(keep))


def _by_prefix(prefixes: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for prefix in prefixes:
        codes = {code for code in registry() if prefix and code.startswith(prefix.upper())}
        if not codes:
            raise ConfigError(f"no rule {prefix!r}", "see textkit clean --list-rules")
        found |= codes
    return found


def _by_name(names: Iterable[str]) -> set[str]:
    by_name = {rule.name: rule.code for rule in registry().values()}
    for name in names:
        if name not in by_name:
            raise ConfigError(f"no rule is named {name!r}", f"names are {', '.join(by_name)}")
    return {by_name[name] for name in names}
