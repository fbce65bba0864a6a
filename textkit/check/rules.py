"""The rules of checking: cleaning's, under their own codes, and those that only a check has."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from textkit.clean.registry import Rule, registry
from textkit.errors import ConfigError
from textkit.text.tables import rows

OPT_IN = frozenset({"TK402"})  # what is no fault where a model is installed


@cache
def rules() -> dict[str, Rule]:
    """Return every rule that a check knows, by its code, in order of codes."""
    check_rules = (Rule(*row) for row in rows("textkit.check", "rules.tsv"))
    return {rule.code: rule for rule in sorted((*check_rules, *registry().values()))}


def wanted(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> frozenset[str]:
    """Return the codes of the rules to check.

    Both are codes or their prefixes. Without `select` it is all but the few that have to be asked
    for. Raises ConfigError where a prefix fits no rule.

    >>> sorted(wanted(["TK0", "TK5"], ["TK00"]))
    ['TK501', 'TK502']
    """
    chosen = _starting_with(select) or frozenset(rules()) - OPT_IN
    return chosen - _starting_with(ignore)


def _starting_with(prefixes: Iterable[str]) -> frozenset[str]:
    codes_found: set[str] = set()
    for prefix in prefixes:
        codes = {code for code in rules() if prefix and code.startswith(prefix.upper())}
        if not codes:
            raise ConfigError(f"no rule {prefix!r}", "see textkit check --list-rules")
        codes_found |= codes
    return frozenset(codes_found)
