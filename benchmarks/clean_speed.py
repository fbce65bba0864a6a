"""How fast is cleaning on text that is clean already, beside ftfy and the C4 line rule?

    python -m benchmarks.clean_speed [--megabytes N] [--pages FILE]

Megabytes of UTF-8 per CPU-second on one core, and how many lines each peer takes from the text.
The English set is the five articles without their residue; the other one is the paragraphs of the
case tables, twenty languages in turn, twelve to a document. FILE holds rows of JSON with a text:
pages of short lines.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import ftfy

from textkit.clean import clean_text
from tools.clean_cases import cases


def articles() -> list[str]:
    return [row["expected"] for row in cases("in-the-wild")]


def languages() -> list[str]:
    bases = [r["expected"].split("\n\n") for r in cases("synthetic") if r["name"].endswith("-top")]
    return [
        title + "\n\n" + "\n\n".join([p.strip() for p in rest] * 6) + "\n" for title, *rest in bases
    ]


def c4(text: str) -> str:
    """The line rule of C4 (Raffel et al., 2020): an end mark, five words, no `javascript`."""
    kept = [
        line
        for line in text.split("\n")
        if not line
        or (
            line.rstrip().endswith((".", "!", "?", '"'))
            and len(line.split()) >= 5
            and "javascript" not in line.lower()
        )
    ]
    return "\n".join(kept)


PEERS: dict[str, Callable[[str], str]] = {
    "textkit": lambda text: clean_text(text).text,
    "C4 line rule": c4,
    "ftfy defaults": ftfy.fix_text,
}


def lines_lost(before: str, after: str) -> int:
    left = set(re.split(r"\n+", after))
    return sum(1 for line in re.split(r"\n+", before) if line.strip() and line not in left)


def line_caches() -> Iterator[_lru_cache_wrapper[Any]]:
    """Yield the bounded caches of textkit: they hold lines, the others tables."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("textkit.") else ():
            if isinstance(value, _lru_cache_wrapper) and value.cache_parameters()["maxsize"]:
                yield value


def measure(clean: Callable[[str], str], texts: list[str], size: int) -> tuple[float, int]:
    """Return megabytes per CPU-second over `size` bytes, and the lines lost or changed."""
    lost = sum(lines_lost(text, clean(text)) for text in texts)
    remembered = list(line_caches())
    done, start = 0, time.process_time()
    while done < size:
        for cache in remembered:  # or each pass but the first would find its lines known
            cache.cache_clear()
        for text in texts:
            clean(text)
            done += len(text.encode())
    return done / (time.process_time() - start) / 1e6, lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=5, help="how much each peer is given")
    parser.add_argument("--pages", type=Path, help="rows of JSON, each with a `text`")
    options = parser.parse_args()
    size = int(options.megabytes * 1e6)
    sets = {"5 articles": articles(), "20 languages": languages()}
    if options.pages:
        rows = options.pages.read_text(encoding="utf-8").splitlines()
        sets["pages"] = [json.loads(row)["text"] for row in rows]
    print(f"{'text':<18} {'peer':<14} {'MB/CPU-s':>9} {'ratio':>7} {'lines lost':>11}")
    for name, texts in sets.items():
        base = 0.0
        for peer, clean in PEERS.items():
            speed, lost = measure(clean, texts, size)
            base = base or speed
            print(f"{name:<18} {peer:<14} {speed:9.1f} {base / speed:7.2f} {lost:11}")


if __name__ == "__main__":
    main()
