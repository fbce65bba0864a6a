"""Quality of corpus summaries beside lead and sumy's methods: ROUGE-2 recall, repeated triples.

    python benchmarks/summarize.py DATA [--words 250] [--methods auto,lead,lexrank,...]

DATA holds a folder a language, in it a folder a topic with `docs/*.txt` and `refs/*.txt`, and a
`meta.json` that names the language (`lang`). The corpus summary of each topic's documents is
scored by `textkit evaluate`'s measure; every method chooses among the same candidates, so that
what differs is the ranking. `lead*` is no summary by textkit: the first sentences of all lines in
turn, titles and all, as the usual baseline has it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from textkit.document import Document
from textkit.evaluate.rouge import rouge
from textkit.evaluate.summary import cut, repeated_triples
from textkit.summarize import SummarizeOptions, summarize_corpus
from textkit.text.sentences import sentences
from textkit.text.words import word_spans

METHODS = "lead*,auto,lead,coverage,lexrank,textrank,luhn,sumbasic,lsa"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--words", type=int, default=250)
    parser.add_argument("--methods", default=METHODS)
    options = parser.parse_args()
    print(f"{'set':10} {'method':10} {'topics':>6} {'R1-R':>6} {'R2-R':>6} {'RL-R':>6} {'rep%':>5}")
    means: dict[str, list[float]] = {}
    for folder in sorted(path for path in options.data.iterdir() if (path / "meta.json").exists()):
        lang = json.loads((folder / "meta.json").read_text("utf-8"))["lang"]
        for method in options.methods.split(","):
            rows = [score(topic, system(method, lang), options.words) for topic in topics(folder)]
            mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
            means.setdefault(method, []).append(mean[1])
            cells = " ".join(f"{value:6.2f}" for value in mean[:3])
            print(f"{folder.name:10} {method:10} {len(rows):6} {cells} {mean[3]:5.1f}", flush=True)
    for method, values in means.items():
        print(f"{'mean':10} {method:10} {'':6} {'':6} {sum(values) / len(values):6.2f}")


def topics(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.iterdir() if (path / "docs").is_dir())


def score(topic: Path, summarise: Callable[[list[Document], int], str], budget: int) -> list[float]:
    documents = [Document(p.stem, p.name, p.read_text("utf-8")) for p in files(topic / "docs")]
    references = [path.read_text("utf-8") for path in files(topic / "refs")]
    text = cut(summarise(documents, budget), budget)
    found = rouge(references, text)
    return [100 * found[m].recall for m in found] + [100 * repeated_triples(text)]


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.txt"))


def system(method: str, lang: str) -> Callable[[list[Document], int], str]:
    if method == "lead*":
        return lead
    return lambda documents, budget: (
        summarize_corpus(documents, SummarizeOptions(words=budget, method=method, lang=lang)).text
    )


def lead(documents: list[Document], budget: int) -> str:
    split = [[d.text[s.start : s.end] for s in sentences(d.text)] for d in documents]
    taken, used = [], 0
    for turn in range(max(map(len, split))):
        for lines in split:
            if turn < len(lines) and used < budget and len(word_spans(lines[turn])) >= 4:
                taken.append(lines[turn])
                used += len(word_spans(lines[turn]))
    return "\n".join(taken)


if __name__ == "__main__":
    main()
