"""Clean, detect, translate, de-duplicate and summarise scraped, mixed-language news.

Each stage takes records and yields records, lazily, so that stages compose:

    >>> import textkit
    >>> page = "0 views\\n\\nThe council met on Tuesday. It voted to close the bridge in May."
    >>> documents = textkit.clean([textkit.Document("a", "a.txt", page)])
    >>> [document.text for document in documents]
    ['The council met on Tuesday. It voted to close the bridge in May.\\n']

`import textkit` loads nothing heavy: a name is looked up the first time it is used (PEP 562). The
name of a stage is its package, and calling it calls the stage.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textkit.clean import CleanOptions, clean_text
    from textkit.dedup import DedupOptions
    from textkit.detect import DetectOptions
    from textkit.document import Document
    from textkit.errors import TextkitError
    from textkit.library import clean, dedup, detect, read, run, summarize, translate, undo
    from textkit.read import ReadOptions
    from textkit.run import RunOptions
    from textkit.summarize import SummarizeOptions, summarize_corpus
    from textkit.translate import TranslateOptions

STAGES = ("read", "clean", "detect", "translate", "dedup", "summarize", "run", "undo")
_HOMES = {
    "Document": "document",
    "TextkitError": "errors",
    "clean_text": "clean",
    "summarize_corpus": "summarize",
    "ReadOptions": "read",
    "CleanOptions": "clean",
    "DetectOptions": "detect",
    "TranslateOptions": "translate",
    "DedupOptions": "dedup",
    "SummarizeOptions": "summarize",
    "RunOptions": "run",
}

__all__ = [
    "CleanOptions",
    "DedupOptions",
    "DetectOptions",
    "Document",
    "ReadOptions",
    "RunOptions",
    "SummarizeOptions",
    "TextkitError",
    "TranslateOptions",
    "clean",
    "clean_text",
    "dedup",
    "detect",
    "read",
    "run",
    "summarize",
    "summarize_corpus",
    "translate",
    "undo",
]


def __getattr__(name: str) -> Any:
    if name in STAGES:
        return import_module(f"textkit.{name}")
    if name in _HOMES:
        return getattr(import_module(f"textkit.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'textkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
