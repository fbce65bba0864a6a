"""Main text of pages: textkit and its peers on the same pages, in the same run.

DIR is the folder of the development sets. F1, precision and recall are means over pages of bags of
words, `exact` is the share of pages whose words are all the same and in order; on snippets they
count wanted and unwanted pieces. Speed is in pages per CPU second, and relative to trafilatura's.
The trees of textkit were fitted on these sets: "left out" is what trees that were fitted on all
other sets give, from the head of the table. Peers get the page's bytes as UTF-8, decoded once.

    python -m benchmarks.read DIR [--sets wcxb,fundus] [--every N]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

from benchmarks.read_score import PageGold, PageScore, mean_score, score_page
from textkit.read import ReadOptions, read_bytes
from textkit.read.html.charset import decode_page

SETS = {
    "wcxb": "clean/dev",
    "fundus": "pages/fundus/dev",
    "wcxb-more": "pages/wcxb-more/dev",
    "snippets": "pages/snippets-first-half/dev",
    "readability-js": "pages/readability-js/dev",
    "defuddle": "pages/defuddle/dev",
}
BASE = "trafilatura"
Extract = Callable[[str], str]


def pages(folder: Path, every: int = 1) -> Iterator[tuple[str, bytes, PageGold]]:
    """Yield the name, the bytes and the text of each page of a set that has one."""
    for path in sorted((folder / "ground-truth").glob("*.json"))[::every]:
        gold = PageGold.of(json.loads(path.read_text("utf-8"))["ground_truth"])
        if gold is not None:
            packed = folder / "html" / f"{path.stem}.html.gz"
            yield path.stem, gzip.decompress(packed.read_bytes()), gold


def textkit(fast: bool) -> Extract:
    options = ReadOptions(fast=fast, encoding="utf-8")
    return lambda page: read_bytes(page.encode(), "page", "page.html", "html", options).text


def trafilatura(precision: bool = False) -> Extract:
    from trafilatura import extract

    return lambda page: extract(page, include_comments=False, favor_precision=precision) or ""


def readability() -> Extract:
    from html_text import extract_text
    from readability import Document

    return lambda page: extract_text(Document(page).summary())


def html_text() -> Extract:
    from html_text import extract_text

    return extract_text


def resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return lambda page: extract_plain_text(
        HTMLTree.parse(page), main_content=True, alt_texts=False, links=False, form_fields=False,
        noscript=False, comments=False,
    )  # fmt: skip


SYSTEMS: dict[str, Callable[[], Extract]] = {
    BASE: trafilatura,
    "textkit": lambda: textkit(fast=False),
    "textkit --fast": lambda: textkit(fast=True),
    "trafilatura precision": lambda: trafilatura(precision=True),
    "readability-lxml": readability,
    "html-text": html_text,
    "resiliparse": resiliparse,
}


def left_out(name: str, table: str) -> str:
    """Return a set's left-out score from the head of a table of trees, or a blank."""
    data = files("textkit.read.html").joinpath("data", f"trees-{table}.tsv").read_text("utf-8")
    head = " ".join(line[2:] for line in data.split("\n") if line.startswith("# "))
    match = re.search(rf"left out: .*?\b{re.escape(name)} ([\d.]+)[,;]", head)
    return match[1] if match else ""


def measure(extract: Extract, texts: list[str]) -> tuple[list[str], float]:
    """Return what comes out of each page, and the pages per CPU second; an error is no text."""
    results = []
    extract(texts[0])  # imports and tables are not timed
    started = time.process_time()
    for text in texts:
        try:
            results.append(extract(text))
        except Exception:
            results.append("")
    return results, len(texts) / (time.process_time() - started)


def line(pairs: list[tuple[PageGold, PageScore]]) -> str:
    scores = [score for _, score in pairs]
    precision = statistics.mean(s.right / max(1, s.right + s.extra) for s in scores)
    recall = statistics.mean(s.right / max(1, s.right + s.missing) for s in scores)
    exact = statistics.mean(s.exact for s in scores)
    return f"{mean_score(pairs):<9.4f}{precision:<9.4f}{recall:<9.4f}{exact:<9.4f}"


def report(name: str, folder: Path, every: int) -> None:
    """Print the table of one set."""
    data = list(pages(folder, every))
    texts = [decode_page(markup)[0] for _, markup, _ in data]
    print(f"\n{name + f', {len(data)} pages':24}", end="")
    print("F1       prec.    recall   exact    pages/CPU-s  ratio  left out")
    base = 0.0
    for system, make in SYSTEMS.items():
        try:
            extract = make()
        except ImportError as error:
            print(f"{system:24}{error}")
            continue
        results, speed = measure(extract, texts)
        base = base or speed
        pairs = [
            (gold, score_page(gold, text)) for (_, _, gold), text in zip(data, results, strict=True)
        ]
        table = {"textkit": "vote", "textkit --fast": "fast"}.get(system)
        other = left_out(name, table) if table else ""
        print(f"{system:24}{line(pairs)}{speed:<13.1f}{speed / base:<7.2f}{other}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--every", type=int, default=1, help="take one page in so many")
    options = parser.parse_args()
    for name in options.sets.split(","):
        report(name, options.folder / SETS[name], options.every)


if __name__ == "__main__":
    main()
