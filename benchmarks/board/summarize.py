"""Summaries of single articles and of topics, beside the first sentences, LexRank and TextRank."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.board import peers
from benchmarks.board.figures import Figure, bootstrap_noise
from benchmarks.board.shared import digest, scorer

SINGLE = ("indosum-id", "norsumm-nb", "norsumm-nn", "bnlpc-bn", "usc-ur")
TOPICS = ("ml11-ar", "ml11-cs", "ml11-el", "ml11-en", "ml11-fr", "ml11-he", "ml11-hi")
RANKERS = {"LexRank": "lex_rank.LexRankSummarizer", "TextRank": "text_rank.TextRankSummarizer"}
Documents = dict[str, str]


def figures(shared: Path) -> Iterator[Figure]:
    bench = scorer(shared / "dev" / "sum" / "sum_bench.py")
    for name in (*SINGLE, *TOPICS):
        yield figure(shared / "dev" / "sum", name, bench)


def figure(data: Path, name: str, bench: ModuleType) -> Figure:
    """ROUGE-2 of one set: F1 for single articles, recall for topics (Lin, 2004)."""
    meta, items = bench.load(str(data), name)
    single = meta["kind"] == "single"
    rouge = bench.Scorer(meta["lang"])

    def scores(summarise: Callable[[Documents], str]) -> list[float]:
        rows = []
        for _, documents, references, _ in items:
            text = bench.cut(summarise(documents), meta["words"])
            recall, f1 = rouge(references, text)["rouge2"]
            rows.append(100 * (f1 if single else recall))
        return rows

    own = scores(lambda documents: textkit(documents, meta, single))
    baselines = {"lead": lambda documents: lead(bench, documents, meta)}
    for ranker, path in RANKERS.items():
        baselines[ranker] = lambda documents, path=path: ranked(bench, documents, meta, path)
    others = {
        peer: peers.cached(
            f"summarize {peer}",
            str(peers.installed("sumy", "rouge-score")),
            digest(data / name),
            lambda run=run: statistics.fmean(scores(run)),
        )
        for peer, run in baselines.items()
    }
    return Figure(
        "summarize",
        name,
        "ROUGE-2 F1" if single else "ROUGE-2 recall",
        statistics.fmean(own),
        len(own),
        bootstrap_noise(own),
        digest(data / name),
        others,
    )


def textkit(documents: Documents, meta: dict[str, Any], single: bool) -> str:
    """Summarise as the commands do: language detected, nothing known but the texts."""
    from textkit.document import Document
    from textkit.summarize import SummarizeOptions, summarize_corpus, summarize_document

    options = SummarizeOptions(words=meta["words"])
    records = [Document(id, f"{id}.txt", text) for id, text in documents.items()]
    if not single:
        return summarize_corpus(records, options).text
    summary = summarize_document(records[0], options).summary or ()
    return "\n".join(sentence.text for sentence in summary)


def lead(bench: ModuleType, documents: Documents, meta: dict[str, Any]) -> str:
    split = [bench.split_sentences(text, meta["lang"]) for text in documents.values()]
    return "\n".join(bench.lead(split, meta["lang"], meta["words"]))


def ranked(bench: ModuleType, documents: Documents, meta: dict[str, Any], path: str) -> str:
    """sumy's ranking over the scorer's sentences, as many as fill the budget."""
    from importlib import import_module

    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    module, _, name = path.partition(".")
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)()
    tokenizer = _Tokenizer(bench)
    texts = [s for text in documents.values() for s in bench.split_sentences(text, meta["lang"])]
    sentences = [Sentence(text, tokenizer) for text in texts if bench.words(text)]
    model = ObjectDocumentModel([Paragraph(sentences)])
    for count in range(1, len(sentences) + 1):
        chosen = [str(s) for s in summarizer(model, count)]
        if sum(len(bench.words(s)) for s in chosen) >= meta["words"] or count == len(sentences):
            return "\n".join(chosen)
    return ""


class _Tokenizer:
    """What sumy asks of a tokenizer, with the scorer's words."""

    def __init__(self, bench: ModuleType) -> None:
        self.words = bench.words

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(self.words(sentence.lower()))
