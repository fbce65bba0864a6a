"""Findings: what a check says about a place in a file, and the ways to write them down."""

from __future__ import annotations

import msgspec

from textkit.pieces import Piece, text_of


class Finding(msgspec.Struct, frozen=True):
    """One place in one file that a rule objects to; line and column count from 1."""

    path: str
    line: int
    col: int
    code: str
    message: str
    fixable: bool = False  # would cleaning mend it?

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The sorting key: by file, then by place."""
        return self.path, self.line, self.col, self.code, self.message


def as_text(finding: Finding) -> str:
    """Return the finding as compilers write it.

    >>> as_text(Finding("a.txt", 3, 1, "TK104", "a counter"))
    'a.txt:3:1: TK104 a counter'
    """
    return text_of(as_pieces(finding))


def as_pieces(finding: Finding) -> list[Piece]:
    """Return the same, with styles."""
    return [
        (finding.path, "bold"),
        (f":{finding.line}:{finding.col}: ", ""),
        (finding.code, "red bold"),
        (f" {finding.message}", ""),
    ]


def as_json(finding: Finding) -> str:
    """Return the finding as one JSON object."""
    return msgspec.json.encode(finding).decode()


def as_github(finding: Finding) -> str:
    """Return the finding as a workflow command, which shows it beside the line it is about.

    >>> as_github(Finding("a,b.txt", 3, 1, "TK104", "100%"))
    '::error file=a%2Cb.txt,line=3,col=1,title=TK104::TK104 100%25'
    """
    path = _escaped(finding.path).replace(":", "%3A").replace(",", "%2C")
    return (
        f"::error file={path},line={finding.line},col={finding.col},title={finding.code}"
        f"::{finding.code} {_escaped(finding.message)}"
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
