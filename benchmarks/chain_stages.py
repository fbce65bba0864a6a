"""The stages that `benchmarks.chain` compares, and the chains of other tools made of them.

    python -m benchmarks.chain_stages CHAIN|STAGE:SYSTEM FOLDER

A chain is run over the files of a folder; of a stage the milliseconds a text are printed.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.board.groupers import minhash, rensa

System = Callable[[list[str]], object]
WARM = 20  # texts before those that are timed
SENTENCE = re.compile(r"(?<=[.!?。।؟])\s+")
WORD = re.compile(r"\w+")
LINE = re.compile(r"[^\n]+")
RESIDUE = re.compile(r"(?im)^[ \t]*(?:share on .*|read more.*|advertisement|subscribe.*)$\n?")


def ftfy(texts: list[str]) -> list[str]:
    import ftfy

    return [ftfy.fix_text(text) for text in texts]


def plain_expression(texts: list[str]) -> list[str]:
    return [RESIDUE.sub("", text) for text in texts]


def _langdetect(pieces: Iterable[str]) -> None:
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0
    for piece in pieces:
        try:
            detect(piece)
        except LangDetectException:
            continue


def langdetect_paragraphs(texts: list[str]) -> None:
    _langdetect(line for text in texts for line in LINE.findall(text))


def langdetect_whole(texts: list[str]) -> None:
    _langdetect(texts)


def pycld2(texts: list[str]) -> None:
    import pycld2

    for text in texts:
        pycld2.detect("".join(char for char in text if char.isprintable() or char == "\n"))


def datasketch(texts: list[str]) -> object:
    return minhash([(f"{number:06}", text) for number, text in enumerate(texts)])


def rensa_lsh(texts: list[str]) -> object:
    return rensa([(f"{number:06}", text) for number, text in enumerate(texts)])


class _Tokenizer:
    """sumy's own needs a download."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return tuple(SENTENCE.split(text.strip()))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(WORD.findall(sentence))


def _sumy(texts: list[str], module: str, name: str) -> None:
    from importlib import import_module

    from sumy.parsers.plaintext import PlaintextParser

    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)()
    for text in texts:
        summarizer(PlaintextParser(text, _Tokenizer()).document, 3)


def sumy_lexrank(texts: list[str]) -> None:
    _sumy(texts, "lex_rank", "LexRankSummarizer")


def sumy_luhn(texts: list[str]) -> None:
    _sumy(texts, "luhn", "LuhnSummarizer")


def numpy_textrank(texts: list[str]) -> list[list[str]]:
    return [_textrank(text) for text in texts]


def _textrank(text: str) -> list[str]:
    """Return three sentences by PageRank over the cosine of their words (Mihalcea, 2004)."""
    import numpy as np

    sentences = SENTENCE.split(text)
    index: dict[str, int] = {}
    matrix = np.zeros((len(sentences), len(text) // 2 + 1), np.float32)
    for row, sentence in enumerate(sentences):
        for word in WORD.findall(sentence.lower()):
            matrix[row, index.setdefault(word, len(index))] += 1
    matrix = matrix[:, : max(len(index), 1)]
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    links = matrix @ matrix.T
    links /= np.maximum(links.sum(axis=1, keepdims=True), 1e-9)
    scores = np.full(len(sentences), 1 / len(sentences))
    for _ in range(20):
        scores = 0.15 / len(sentences) + 0.85 * scores @ links
    return [sentences[row] for row in sorted(np.argsort(-scores)[:3])]


def _textkit(stage: str, **options: Any) -> System:
    def run(texts: list[str]) -> object:
        import textkit

        chosen = getattr(textkit, f"{stage.capitalize()}Options")(**options)
        documents = [textkit.Document(f"{n:06}", "-", text) for n, text in enumerate(texts)]
        return list(getattr(textkit, stage)(documents, chosen))

    return run


STAGES: dict[str, dict[str, System]] = {
    "clean": {"textkit": _textkit("clean"), "ftfy": ftfy},
    "detect": {
        "textkit": _textkit("detect"),
        "langdetect, paragraphs": langdetect_paragraphs,
        "langdetect, whole texts": langdetect_whole,
        "pycld2": pycld2,
    },
    "dedup": {
        "textkit": _textkit("dedup"),
        "textkit, no passages": _textkit("dedup", passages=False),
        "datasketch": datasketch,
        "rensa": rensa_lsh,
    },
    "summarize": {
        "textkit": _textkit("summarize"),
        "sumy lexrank": sumy_lexrank,
        "sumy luhn": sumy_luhn,
        "numpy textrank": numpy_textrank,
    },
}

CHAINS: dict[str, tuple[System, ...]] = {
    "usual": (ftfy, langdetect_paragraphs, datasketch, sumy_lexrank),
    "whole": (ftfy, langdetect_whole, datasketch, sumy_lexrank),
    "expert": (plain_expression, pycld2, rensa_lsh, numpy_textrank),
}


def main() -> None:
    name, folder = sys.argv[1:]
    texts = [path.read_text("utf-8") for path in sorted(Path(folder).glob("*.txt"))]
    if name in CHAINS:
        for system in CHAINS[name]:
            system(texts)
        return
    stage, _, chosen = name.partition(":")
    system = STAGES[stage][chosen]
    system(texts[:WARM])
    start = time.process_time()
    system(texts[WARM:])
    print(1000 * (time.process_time() - start) / max(len(texts) - WARM, 1))


if __name__ == "__main__":
    main()
