"""The check: what is wrong with text files, as findings with a place, a code and a sentence.

It needs no model and changes nothing. The rules are cleaning's own under their own codes, and
what only a check can see: files that are no plain text, passages that nothing translates, copies
of other files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from textkit.check.compare import Comparison
from textkit.check.findings import Finding
from textkit.check.inputs import file_bytes, inspect
from textkit.check.languages import languages
from textkit.check.residue import residue
from textkit.check.rules import rules, wanted
from textkit.clean import clean_document
from textkit.document import Document

__all__ = ["CheckOptions", "Finding", "check", "rules", "wanted"]


@dataclass(frozen=True)
class CheckOptions:
    """What is checked. Raises ConfigError, when used, where a code is unknown."""

    select: tuple[str, ...] = ()  # codes or prefixes; without any, all that need no asking
    ignore: tuple[str, ...] = ()
    main: tuple[str, ...] = ("en",)  # the languages that the texts are to be in
    against: str | None = None  # a folder to look for copies in; null: git's files beside each
    cache: bool = True  # keep sketches of files in `.textkit-cache`
    models_dir: tuple[str, ...] = ()  # folders of translation packages

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the rules to check."""
        return wanted(self.select, self.ignore)

    def any(self, *prefixes: str) -> bool:
        """Is a rule of one of these families wanted?"""
        return any(code.startswith(prefixes) for code in self.codes)


Reader = Callable[[str], bytes]  # returns the content of a path, or raises OSError


def check(
    paths: Sequence[str], options: CheckOptions, read: Reader = file_bytes
) -> Iterator[Finding]:
    """Yield the findings of these files, file by file, in the order of their paths.

    `read` says what is in a file: what lies on the disk, or what is staged in git; `-` is asked
    of it too. Of two copies among the files the later one is reported.
    """
    unique: dict[str, str] = {}  # one spelling of each file
    for path in sorted(paths):
        unique.setdefault(path if path == "-" else os.path.realpath(path), path)
    paths = list(unique.values())
    with Comparison(paths, options.against, options.cache, read) as comparison:
        for path in paths:
            findings = _check_file(path, attempt(read, path), options, comparison)
            yield from sorted(findings, key=lambda finding: finding.order)


def attempt(read: Reader, path: str) -> bytes | OSError:
    """Return a file's bytes, or why there are none."""
    try:
        return read(path)
    except OSError as error:
        return error


def _check_file(
    path: str, data: bytes | OSError, options: CheckOptions, comparison: Comparison
) -> list[Finding]:
    document, findings = inspect(path, data)
    findings = [finding for finding in findings if finding.code in options.codes]
    if document is None or not options.any("TK1", "TK2", "TK3", "TK4", "TK5"):
        return findings
    cleaned = clean_document(document)
    edits = cleaned.revisions[-1].edits if cleaned.revisions else ()
    findings += residue(document.source, document.text, edits, options.codes)
    if options.any("TK4"):
        findings += languages(cleaned, options.main, options.codes, options.models_dir)
    if options.any("TK5"):
        findings += _copies(path, cleaned, options, comparison)
    return findings


def _copies(
    path: str, cleaned: Document, options: CheckOptions, comparison: Comparison
) -> list[Finding]:
    match = comparison.match(path, cleaned.text)
    if match is None:
        return []
    code = "TK501" if match.exact else "TK502"
    if code not in options.codes:
        return []
    return [Finding(cleaned.source, 1, 1, code, match.describe())]
