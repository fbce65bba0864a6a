"""Findings as SARIF 2.1.0, which code hosts show beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

import msgspec

from textkit.check.findings import Finding
from textkit.check.rules import rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(findings: Iterable[Finding]) -> bytes:
    """Return one SARIF log with a result for each finding; paths count from the current folder."""
    numbers = {code: number for number, code in enumerate(rules())}
    run = {
        "tool": {"driver": {"name": "textkit", "version": version("textkit"), "rules": _rules()}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, numbers[finding.code]) for finding in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _rules() -> list[dict[str, Any]]:
    return [
        {"id": rule.code, "name": rule.name, "shortDescription": {"text": rule.reason}}
        for rule in rules().values()
    ]


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": finding.line, "startColumn": finding.col},
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": "warning",
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: str) -> str:
    """Return a path as a URI reference.

    >>> _uri("./news/a b.txt")
    'news/a%20b.txt'
    """
    return quote(path.replace("\\", "/").removeprefix("./"))
