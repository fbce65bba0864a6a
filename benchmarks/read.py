"""Main text of pages: textkit and its peers on the same pages, in the same run.

DIR holds `html/NAME.html.gz` and `ground-truth/NAME.json` (`ground_truth.main_content`). Word F1,
precision and recall are means over pages of bags of words; `exact` is the share of pages whose
words are all the same; speed is pages per CPU second, and its ratio to the first line's.

    python benchmarks/read.py DIR [--part 1/2] [--worst N]
"""

from __future__ import annotations

import argparse
import glob
import gzip
import json
import os
import re
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from textkit.read import ReadOptions, read_bytes

WORD = re.compile(r"\w+")


class PageScore(NamedTuple):
    """How close a text is to the main text of its page."""

    f1: float
    precision: float
    recall: float
    exact: float
    empty: bool


def pages(folder: str, part: str) -> dict[str, tuple[bytes, str]]:
    """The pages of the K-th of N equal parts, in order of their names, with their main text."""
    paths = sorted(glob.glob(os.path.join(folder, "ground-truth", "*.json")))
    k, n = map(int, part.split("/"))
    found = {}
    for path in paths[len(paths) * (k - 1) // n : len(paths) * k // n]:
        name = os.path.basename(path)[:-5]
        with open(path, encoding="utf-8") as stream:
            gold = json.load(stream)["ground_truth"]["main_content"] or ""
        with gzip.open(os.path.join(folder, "html", name + ".html.gz")) as stream:
            found[name] = stream.read(), gold
    return found


def textkit(**options: bool) -> Callable[[bytes], str]:
    chosen = ReadOptions(**options)  # type: ignore[arg-type]
    return lambda data: read_bytes(data, "page", "page.html", "html", chosen).text


def trafilatura(**options: bool) -> Callable[[bytes], str]:
    from trafilatura import extract

    return lambda data: extract(data, include_comments=False, **options) or ""


def readability() -> Callable[[bytes], str]:
    from html_text import extract_text
    from readability import Document

    return lambda data: extract_text(Document(data.decode("utf-8", "replace")).summary())


SYSTEMS: dict[str, Callable[[], Callable[[bytes], str]]] = {
    "textkit": textkit,
    "textkit --fast": lambda: textkit(fast=True),
    "trafilatura": trafilatura,
    "trafilatura precision": lambda: trafilatura(favor_precision=True),
    "readability-lxml": readability,
}


def score(gold: str, text: str) -> PageScore:
    a, b = WORD.findall(gold.lower()), WORD.findall(text.lower())
    both = (Counter(a) & Counter(b)).total()
    precision = both / len(b) if b else float(not a)
    recall = both / len(a) if a else float(not b)
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    return PageScore(f1, precision, recall, float(a == b), not b)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--worst", type=int, default=0)
    options = parser.parse_args()
    data = pages(options.folder, options.part)
    print(f"{len(data)} pages{'':14}F1      prec.   recall  exact   empty  pages/CPU-s  ratio")
    first, mine = 0.0, {}
    for name, make in SYSTEMS.items():
        try:
            extract = make()
        except ImportError as error:
            print(f"{name:24}{error}")
            continue
        extract(next(iter(data.values()))[0])  # imports and tables are not timed
        started = time.process_time()
        texts = {key: extract(page) for key, (page, _) in data.items()}
        speed = len(data) / (time.process_time() - started)
        scores = {key: score(gold, texts[key]) for key, (_, gold) in data.items()}
        means = [statistics.mean(column) for column in zip(*scores.values(), strict=True)]
        empty = sum(s.empty for s in scores.values())
        first, mine = first or speed, mine or scores
        figures = "".join(f"{mean:<8.4f}" for mean in means[:4])
        print(f"{name:24}{figures}{empty:<7}{speed:<13.1f}{speed / first:.2f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the whole run {memory:.0f} MB")
    for key in sorted(mine, key=lambda key: mine[key].f1)[: options.worst]:
        print(f"{key}  F1 {mine[key].f1:.2f}  precision {mine[key].precision:.2f}", end="")
        print(f"  recall {mine[key].recall:.2f}")


if __name__ == "__main__":
    main()
