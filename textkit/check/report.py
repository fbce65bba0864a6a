"""Findings written down: a line each, a log of all, or a count per rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from textkit.check.findings import Finding, as_github, as_json, as_pieces
from textkit.check.rules import rules
from textkit.check.sarif import sarif
from textkit.pieces import Output, Piece, one_line


def written(findings: Iterable[Finding], format: str) -> Iterator[Output]:
    """Yield each finding in a format: text, jsonl or github; sarif is one log of all."""
    if format == "sarif":
        yield sarif(findings)
        return
    for finding in findings:
        if format == "text":
            yield [*_on_one_line(as_pieces(finding)), ("\n", "")]
        else:
            render = as_json if format == "jsonl" else as_github
            yield (render(finding) + "\n").encode("utf-8", "replace")


def counted(findings: Iterable[Finding], format: str) -> Iterator[Output]:
    """Yield how many findings each rule has, the most frequent first."""
    counts = Counter((finding.code, finding.fixable) for finding in findings)
    for (code, fixable), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        name = rules()[code].name
        if format == "jsonl":
            row = {"code": code, "name": name, "count": count, "fixable": fixable}
            yield msgspec.json.encode(row) + b"\n"
        else:
            mend = "--fix mends it" if fixable else ""
            yield [(f"{count:>6}  ", ""), (code, "red bold"), (f"  {name:<16} {mend}".rstrip(), "")]
            yield b"\n"


def _on_one_line(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Escape line breaks and control characters: a name or a text may have any."""
    return ((one_line(text), style) for text, style in pieces)
