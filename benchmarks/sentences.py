"""Speed of the sentence splitter, in MB of UTF-8 per CPU-second, beside its peers.

    python benchmarks/sentences.py [FILE]...

Without files the articles in seeds/ are repeated. Peers: nltk's Punkt with no trained model (its
models are a download), and a bare regular expression, which is no splitter but a yardstick.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]]
    paths = paths or sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in paths)
    text = "\n\n".join([text] * max(1, 4_000_000 // len(text)))
    size = len(text.encode()) / 1e6
    print(f"{size:.1f} MB\n{'splitter':24} {'MB/CPU-s':>9} {'ratio':>6} {'sentences':>10}")
    base = 0.0
    for name, split in splitters():
        start = time.process_time()
        count = split(text)
        speed = size / (time.process_time() - start)
        base = base or speed
        print(f"{name:24} {speed:9.1f} {speed / base:6.2f} {count:10}")


def splitters() -> list[tuple[str, Callable[[str], int]]]:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    from textkit.text.sentences import sentences

    punkt = PunktSentenceTokenizer()
    bare = re.compile(r"(?<=[.!?])\s+")
    return [
        ("textkit, language given", lambda text: len(sentences(text, "en"))),
        ("textkit, not given", lambda text: len(sentences(text))),
        ("nltk punkt, untrained", lambda text: sum(1 for _ in punkt.span_tokenize(text))),
        ("bare regular expression", lambda text: len(bare.split(text))),
    ]


if __name__ == "__main__":
    main()
