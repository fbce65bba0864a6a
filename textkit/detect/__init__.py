"""Which stretch of a document is in which language, and how sure that is.

Script first; then the languages of the script are scored on langdetect's profiles and fastText's
small model; then the most likely sequence over the document's sentences. Nothing is drawn at
random, so the same text gives the same answer in every process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from textkit.detect.labels import label
from textkit.detect.options import DetectOptions
from textkit.detect.passages import Finding, around, findings
from textkit.detect.summary import main_language, summary
from textkit.detect.units import cut
from textkit.document import Document
from textkit.library import make_callable

__all__ = [
    "DetectOptions",
    "analyse",
    "detect",
    "detect_document",
    "detect_findings",
    "main_language",
    "summary",
]


DEFAULTS = DetectOptions()


def analyse(text: str, options: DetectOptions = DEFAULTS) -> list[Finding]:
    """Return the passages of `text` in order, each with the scores that it was chosen by."""
    masked, units = cut(text, options.level)
    return list(findings(units, label(masked, units, options), options))


def detect_findings(
    document: Document, options: DetectOptions = DEFAULTS
) -> tuple[Document, list[Finding]]:
    """Return the document with its passages and main language, and the scores behind them.

    What `translate` has marked keeps its passage: no letters tell what a text was before.
    """
    found = analyse(document.text, options)
    made = [passage for passage in document.passages if passage.engine or passage.gloss]
    if made:
        found = around(made, found)
    detected = replace(document, passages=tuple(finding.passage for finding in found))
    return replace(detected, lang=main_language(detected)), found


def detect_document(document: Document, options: DetectOptions = DEFAULTS) -> Document:
    """Return the document with its passages and its main language."""
    return detect_findings(document, options)[0]


def detect(documents: Iterable[Document], options: DetectOptions = DEFAULTS) -> Iterator[Document]:
    """Yield the documents with their passages, lazily."""
    for document in documents:
        yield detect_document(document, options)


make_callable(__name__)
