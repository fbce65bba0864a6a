"""A document's languages in one line."""

from __future__ import annotations

from collections import Counter
from typing import Any

from textkit.detect.families import families
from textkit.document import Document

NO_LANGUAGE = ("und", "zxx")
MAIN_SHARE = 0.5  # of the letters: with less of every language the document is `mul`


def letters_by_language(document: Document) -> Counter[str]:
    """Count the letters of each language's passages."""
    found: Counter[str] = Counter()
    letters = families(document.text, digits=True)
    for passage in document.passages:
        if passage.lang not in NO_LANGUAGE:
            length = passage.end - passage.start
            found[passage.lang] += length - letters.count(0, passage.start, passage.end)
    return found


def main_language(document: Document) -> str:
    """Return the language of most letters; `mul` where none has half of them, `und` without any."""
    found = letters_by_language(document)
    if not found:
        return "und"
    tag, most = min(found.items(), key=lambda item: (-item[1], item[0]))
    return tag if most >= MAIN_SHARE * found.total() else "mul"


def summary(document: Document) -> dict[str, Any]:
    """Return the main language, each language's share of the letters, and whether it is mixed."""
    found = letters_by_language(document)
    total = max(1, found.total())
    passages = Counter(passage.lang for passage in document.passages)
    languages = [
        {"lang": tag, "share": round(letters / total, 4), "passages": passages[tag]}
        for tag, letters in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    main = main_language(document)
    return {"id": document.id, "main": main, "languages": languages, "mixed": len(found) > 1}
