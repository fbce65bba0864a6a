"""How much residue do summaries of scraped text hold that nothing cleaned before?

    python -m benchmarks.clean_summaries LINES_DIR [--pages N] [--show]

LINES_DIR holds the labelled pages of clean_fit. N pages of the modes `window` and `extract`, spread
evenly over the sets, are summarised in three sentences; a sentence counts as residue if the line
that it starts in is labelled so. Beside it: the same with every page cleaned first.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from textkit.clean import clean_document
from textkit.document import Document
from textkit.summarize import SummarizeOptions, summarize_document

MODES = ("window", "extract")
SENTENCES = 3
NAMES = {1: "residue", 0: "good", -1: "unknown"}


class Chosen(NamedTuple):
    """A sentence of a summary and the label of its line."""

    label: int
    text: str


def pages(folder: Path, count: int) -> list[dict[str, Any]]:
    """Return pages spread evenly over the sets, in the order of the files."""
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    fitting = [row for row in rows if row["mode"] in MODES]
    return fitting[:: max(1, len(fitting) // count)][:count]


def chosen(page: dict[str, Any], clean: bool) -> Iterator[Chosen]:
    """Yield the sentences of a page's summary, each with the label of its line."""
    lines = [(text.strip(), label) for text, label in page["lines"] if text.strip()]
    document = Document(page["id"], "-", "\n\n".join(text for text, _ in lines) + "\n")
    if clean:
        document = clean_document(document)
    options = SummarizeOptions(sentences=SENTENCES)
    for sentence in summarize_document(document, options).summary or ():
        labels = [label for text, label in lines if sentence.text in text]
        yield Chosen(max(labels, default=-1), sentence.text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--show", action="store_true", help="print the sentences of residue")
    arguments = parser.parse_args()
    rows = pages(arguments.folder, arguments.pages)
    for name, clean in (("as it came", False), ("cleaned", True)):
        sentences = [sentence for row in rows for sentence in chosen(row, clean)]
        counts = Counter(NAMES[sentence.label] for sentence in sentences)
        print(f"{name:<12} {len(rows)} pages, {len(sentences)} sentences: {dict(counts)}")
        for sentence in sentences if arguments.show else ():
            if sentence.label == 1:
                print("   ", sentence.text)


if __name__ == "__main__":
    main()
