"""Sentences: textkit beside other splitters on fixtures/text/sentences.jsonl, rows split exactly.

python benchmarks/sentences.py (peers: sentencex, pysbd, blingfire, where installed)
The table is the project's own, so that textkit has the advantage of having been written to it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from textkit.text.sentences import sentences

TABLE = Path(__file__).parents[1] / "fixtures" / "text" / "sentences.jsonl"
Splitter = Callable[[str, str], list[str]]


def splitters() -> Iterator[tuple[str, Splitter]]:
    """Yield the name and the function of each splitter that is installed."""
    yield "textkit", lambda text, lang: [text[s.start : s.end] for s in sentences(text, lang)]
    try:
        import sentencex
    except ImportError:
        pass
    else:
        yield "sentencex", lambda text, lang: list(sentencex.segment(lang, text))
    try:
        import blingfire
    except ImportError:
        pass
    else:
        yield "blingfire", lambda text, _: blingfire.text_to_sentences(text).split("\n")
    try:
        import pysbd
    except ImportError:
        pass
    else:
        known = set(pysbd.languages.LANGUAGE_CODES)
        yield (
            "pysbd",
            lambda text, lang: pysbd.Segmenter(lang if lang in known else "en").segment(text),
        )


def main() -> None:
    """Print the rows split exactly and the CPU seconds of each splitter."""
    rows = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
    for name, split in splitters():
        start = time.process_time()
        hits = 0
        for row in rows:
            pieces = [piece.strip() for piece in split(row["input"], row["lang"] or "en")]
            hits += [piece for piece in pieces if piece] == row["expected"]
        seconds = time.process_time() - start
        sys.stdout.write(f"{name:10} {hits:4} of {len(rows)}  {seconds:6.2f} CPU s\n")


if __name__ == "__main__":
    main()
